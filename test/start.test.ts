import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { adviceInput, CONTRIBUTE } from './support/advice.js';
import { adviceFile, folderWith } from './support/folder.js';
import { bearerOf, PATIENCE_MS, Process } from './support/process.js';
import { isServed, type Scratch, scratchDatabase } from './support/scratch.js';

jest.setTimeout(3 * PATIENCE_MS);

/** Every process of a test is over before its database goes. */
let scratches: Scratch[] = [];
beforeEach(() => void (scratches = []));
afterEach(async () => {
  await Process.killAll();
  await Promise.all(scratches.map((scratch) => scratch.drop()));
});

async function database(from: 'library' | 'nothing'): Promise<Record<string, string>> {
  const scratch = await scratchDatabase(from);
  scratches.push(scratch);
  return { ...scratch.environment, SMTP_URL: '' };
}

const IDS = '{ advice(first: 100) { totalCount edges { node { externalId } } pageInfo { endCursor hasNextPage } } }';
/** The external ids of all there is, page by page. */
async function library(server: Process): Promise<string[]> {
  const reader = await server.client();
  const ids: string[] = [];
  for (let query = IDS; ; ) {
    const { advice } = await reader.ask(query);
    ids.push(...advice.edges.map(({ node }: { node: { externalId: string } }) => node.externalId));
    if (!advice.pageInfo.hasNextPage) return ids.sort();
    query = IDS.replace('first: 100', `first: 100, after: "${advice.pageInfo.endCursor}"`);
  }
}
const ALL = Array.from({ length: 209 }, (_, index) => `F${String(index + 1).padStart(3, '0')}`);

/** What a start that cannot be said; it ended by itself, without showing where in the code. */
async function complaint(environment: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await new Process('server', environment).end();
  expect(code).toBe(1);
  expect(stdout).not.toMatch(/ready:/);
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
  return stderr;
}

describe('a server', () => {
  it('loads the starter library at its first start, and only then', async () => {
    const environment = await database('nothing');
    const first = await Process.ready(environment);
    expect(first.stdout).toMatch(/loaded 209 entries/);
    expect(await library(first)).toEqual(ALL);
    await first.end('SIGTERM');
    const second = await Process.ready(environment);
    expect(second.stdout).not.toMatch(/loaded/);
    expect(await library(second)).toEqual(ALL);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by itself on %s, and finds everything at the next start', async (signal) => {
    const environment = await database('library');
    const server = await Process.ready(environment);
    const bearer = await bearerOf(server, 'kari@example.org');
    const { adviceContribute } = await (await server.client(bearer)).ask(CONTRIBUTE, { input: adviceInput() });
    const end = await server.end(signal);
    expect(end.stderr).toBe('');
    expect(end.signal ?? end.code).toBe(end.signal ? signal : 0);
    const author = await (await Process.ready(environment)).client(bearer);
    const { node } = await author.ask('query ($id: ID!) { node(id: $id) { ... on Advice { id status version } } }', { id: adviceContribute.advice.id });
    expect(node).toEqual(adviceContribute.advice);
  });

  it('starts right after a kill -9, again and again', async () => {
    const environment = await database('library');
    for (let time = 0; time < 2; time++) {
      const server = await Process.ready(environment);
      expect(await library(server)).toEqual(ALL);
      await server.end('SIGKILL');
    }
  });

  it('does not start with a library that has a bad file, and loads all of it once it is mended', async () => {
    const environment = await database('nothing');
    const good = { 'advice/a.md': adviceFile({ externalId: 'good' }) };
    expect(await complaint({ ...environment, LIBRARY_DIR: await folderWith({ ...good, 'advice/b.md': adviceFile({ roles: '[BUYER]' }) }) })).toMatch(/advice\/b\.md:5: roles: /);
    expect(await library(await Process.ready({ ...environment, LIBRARY_DIR: await folderWith(good) }))).toEqual(['good']);
  });
});

describe('a start with a wrong setting', () => {
  it('is refused in a line for each, naming the variable, what it got and what it takes', async () => {
    const message = await complaint({ PORT: '99999', LOG_LEVEL: 'loud' });
    expect(message).toMatch(/^Erfara cannot start\. (PORT|LOG_LEVEL) is "(99999|loud)"; it takes .+\n(PORT|LOG_LEVEL) is .+; it takes .+\n$/);
    for (const part of ['PORT is "99999"', 'port number', 'LOG_LEVEL is "loud"', 'debug']) expect(message).toContain(part);
  });

  it.each([
    ['is not PostgreSQL', 'mysql://erfara:hunter2@db/erfara'],
    ['nobody answers for', 'postgres://erfara:hunter2@127.0.0.1:1/erfara'],
  ])('does not show the password of a database that %s', async (_, url) => {
    const message = await complaint({ DATABASE_URL: url });
    expect(message).not.toContain('hunter2');
    expect(message).toContain('DATABASE_URL');
  });

  it('names the folder of a library that is not there', async () => {
    expect(await complaint({ ...(await database('nothing')), LIBRARY_DIR: 'nowhere' })).toMatch(/nowhere\/advice.*there is no such folder/);
  });

  it('names the port that another program listens on', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      expect(await complaint({ ...(await database('library')), PORT: String(port) })).toMatch(new RegExp(`PORT.*${port}`));
    } finally {
      other.close();
    }
  });
});

const ONLY_EMBEDDED = () => {
  it('refuses a second process on its folder, naming the folder and what to do, also while the first is stopped', async () => {
    const environment = await database('library');
    const holder = await Process.ready(environment);
    const refused = async () => {
      const message = await complaint(environment);
      for (const part of [environment['DATA_DIR'] as string, 'in use', 'Stop that process', 'DATA_DIR', 'DATABASE_URL']) expect(message).toContain(part);
    };
    await refused();
    holder.signal('SIGSTOP');
    await refused();
    holder.signal('SIGCONT');
    await refused();
    expect(await library(holder)).toEqual(ALL);
    await holder.end('SIGTERM');
    expect(await library(await Process.ready(environment))).toEqual(ALL);
  });

  it('refuses the import command while it runs', async () => {
    const environment = await database('library');
    const holder = await Process.ready(environment);
    const { code, stderr } = await new Process('import', environment, 'library').end();
    expect(code).toBe(1);
    expect(stderr).toContain(environment['DATA_DIR']);
    expect(await library(holder)).toEqual(ALL);
  });

  it('lets one of two first starts at once load the library, and refuses the other', async () => {
    const environment = await database('nothing');
    const both = [new Process('server', environment), new Process('server', environment)];
    const outcomes = await Promise.allSettled(both.map((each) => each.url()));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [ready, refused] = outcomes[0]?.status === 'fulfilled' ? both : both.toReversed();
    expect(await library(ready as Process)).toEqual(ALL);
    expect((await (refused as Process).end()).stderr).toMatch(/in use by another Erfara process/);
  });

  it('says so when DATA_DIR is not a folder', async () => {
    const folder = await folderWith({ file: '' });
    expect(await complaint({ DATABASE_URL: '', DATA_DIR: join(folder, 'file') })).toContain('DATA_DIR');
  });
};

const ONLY_SERVED = () => {
  it('loads the library once when two first starts come at once', async () => {
    const environment = await database('nothing');
    const both = await Promise.all([Process.ready(environment), Process.ready(environment)]);
    for (const server of both) expect(await library(server)).toEqual(ALL);
  });

  it('refuses a database that is not UTF-8, and leaves it as it is', async () => {
    const { DATABASE_URL: beside = '' } = await database('nothing');
    const name = `${new URL(beside).pathname.slice(1)}_ascii`;
    const ascii = Object.assign(new URL(beside), { pathname: `/${name}` }).href;
    const administrator = new pg.Client({ connectionString: beside });
    await administrator.connect();
    try {
      await administrator.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`);
      const message = await complaint({ DATABASE_URL: ascii });
      for (const part of ['DATABASE_URL', 'SQL_ASCII', 'UTF8']) expect(message).toContain(part);
      const inside = new pg.Client({ connectionString: ascii });
      await inside.connect();
      expect((await inside.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).rows).toEqual([]);
      await inside.end();
    } finally {
      await administrator.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await administrator.end();
    }
  });

  it('says so when the server has no such database', async () => {
    const { DATABASE_URL: url = '' } = await database('nothing');
    expect(await complaint({ DATABASE_URL: `${url}_missing` })).toMatch(/DATABASE_URL.*_missing/s);
  });
};

describe(isServed ? 'a served database' : 'an embedded database', isServed ? ONLY_SERVED : ONLY_EMBEDDED);
