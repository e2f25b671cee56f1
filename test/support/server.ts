import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.js';
import { CONFIG, type Config, readConfig } from '../../src/config.js';
import { SearchLog } from '../../src/questions/search-log.js';
import { Indexer } from '../../src/search/meilisearch/indexer.js';
import { MeilisearchEngine } from '../../src/search/meilisearch/meilisearch.engine.js';
import { Mailbox } from './mailbox.js';
import { dropIndexes } from './indexes.js';
import { type Scratch, scratchDatabase } from './scratch.js';

export const ADMIN = 'admin@example.org';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are what the test says they are */
type Data = any;
export interface Answer {
  status: number;
  headers: Headers;
  data: Data;
  errors: { message: string; extensions: Record<string, unknown>; path?: (string | number)[] }[] | undefined;
  text: string;
}
type Variables = object;

/** Somebody who talks to the server: with a session, or as a reader without one. */
export class Client {
  constructor(
    private readonly url: string,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Sends an operation and returns whatever comes back. */
  async send(query: string, variables: Variables = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Pick<Answer, 'data' | 'errors'>;
    return { status: response.status, headers: response.headers, data: body.data, errors: body.errors, text };
  }

  /** Sends an operation that must go well, and returns its data. */
  async ask(query: string, variables: Variables = {}): Promise<Data> {
    const { data, errors, text } = await this.send(query, variables);
    if (errors) throw new Error(text);
    return data;
  }
}

/** The whole application, listening on loopback, on a database of its own. */
export class Server {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly mailbox: Mailbox,
    private readonly scratch: Scratch,
  ) {}

  static async start(from: 'library' | 'nothing' = 'nothing', environment: Record<string, string> = {}): Promise<Server> {
    const [scratch, mailbox] = await Promise.all([scratchDatabase(from), Mailbox.open()]);
    const config = readConfig({
      ...scratch.environment,
      LIBRARY_DIR: 'none',
      SMTP_URL: mailbox.url,
      ADMIN_EMAIL: ADMIN,
      LOG_LEVEL: 'error',
      ...environment,
    });
    const app = await createApp(config);
    await app.listen(0, '127.0.0.1');
    // A busy machine answers late; what is late is the matter of a test of its own.
    app.get(MeilisearchEngine).patienceMs = 30_000;
    // Written when a test asks for it, and not while another looks that nothing is.
    app.get(SearchLog).gatherMs = 2 ** 31 - 1;
    return new Server(app, await app.getUrl(), mailbox, scratch);
  }

  get database(): DataSource {
    return this.app.get(DataSource);
  }

  get reader(): Client {
    return new Client(this.url);
  }

  /** Signs in as people do: asks for a code, reads the mail, sends the code back. */
  async signIn(email: string): Promise<Client> {
    await this.reader.ask('mutation ($email: String!) { signInRequest(input: { email: $email }) { sent } }', { email });
    const answer = await this.reader.send(
      'mutation ($email: String!, $code: String!) { signInVerify(input: { email: $email, code: $code }) { account { id } userErrors { code } } }',
      { email, code: this.mailbox.codeFor(email) },
    );
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(answer.text);
    return new Client(this.url, { cookie });
  }

  /** Somebody with a role, new each time. */
  async signInAs(role: 'READER' | 'CONTRIBUTOR' | 'REVIEWER' | 'EDITOR'): Promise<Client> {
    this.people += 1;
    const email = `${role.toLowerCase()}-${this.people}@example.org`;
    const client = await this.signIn(email);
    if (role !== 'CONTRIBUTOR') {
      this.admin ??= await this.signIn(ADMIN);
      await this.admin.ask('mutation ($email: String!, $role: AccountRole!) { accountRoleSet(input: { email: $email, role: $role }) { userErrors { code } } }', { email, role });
    }
    return client;
  }
  private people = 0;
  admin: Client | null = null;

  /** Has the search server, if there is one, know all that was changed. */
  async quiet(): Promise<void> {
    if (this.app.get<Config>(CONFIG).meiliHost !== undefined) await this.app.get(Indexer).drain();
  }

  async stop(): Promise<void> {
    await dropIndexes(this.app);
    await this.app.close();
    await this.mailbox.close();
    await this.scratch.drop();
  }
}
