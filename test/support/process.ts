import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from './server.js';

/** No honest start or end takes so long, even on a small machine that is busy with other things. */
export const PATIENCE_MS = 90_000;

const SCRIPTS = { server: 'dist/main.js', import: 'dist/import.command.js', reindex: 'dist/reindex.command.js' };

/** The built application as users run it, in a process of its own: to be refused, stopped and killed. */
export class Process {
  private static readonly running = new Set<Process>();
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(script: keyof typeof SCRIPTS, environment: Record<string, string>, ...args: string[]) {
    const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', PORT: '0', ADMIN_EMAIL: '', MEILI_HOST: '', MEILI_API_KEY: '', ...environment };
    this.child = spawn(process.execPath, [SCRIPTS[script], ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    Process.running.add(this);
    this.closed = once(this.child, 'close').finally(() => Process.running.delete(this));
  }

  /** Starts a server and waits until it is ready. */
  static async ready(environment: Record<string, string>): Promise<Process> {
    const server = new Process('server', environment);
    await server.url();
    return server;
  }

  /** Kills what a test left running. */
  static async killAll(): Promise<void> {
    await Promise.all([...Process.running].map((each) => each.end('SIGKILL')));
  }

  /** Where a server listens, once it does. */
  async url(): Promise<string> {
    const [, url = ''] = await this.said(/ready: (http:\/\/\S+)\/graphql/);
    return url;
  }

  async client(headers: Record<string, string> = {}): Promise<Client> {
    return new Client(await this.url(), headers);
  }

  /** Waits until the process has printed this. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      const more = once(this.child.stdout as NonNullable<ChildProcess['stdout']>, 'data').then(() => true);
      if (!(await this.within(Promise.race([more, this.closed.then(() => false)]), `to say ${pattern.source}`)))
        throw new Error(`ended before it said ${pattern.source}:\n${this.stdout}${this.stderr}`);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for the end, after a signal if one is given. */
  async end(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }> {
    if (signal) this.signal(signal);
    await this.within(this.closed, 'to end');
    return { code: this.child.exitCode, signal: this.child.signalCode, stdout: this.stdout, stderr: this.stderr };
  }

  private async within<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`waited ${PATIENCE_MS} ms for the process ${what}:\n${this.stdout}${this.stderr}`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Signs in with the code that a server without SMTP prints in its log, and stays signed in by a token, also after a restart. */
export async function bearerOf(server: Process, email: string): Promise<Record<string, string>> {
  const reader = await server.client();
  await reader.ask('mutation ($email: String!) { signInRequest(input: { email: $email }) { sent } }', { email });
  const [, code] = await server.said(new RegExp(`this mail to ${email} [^]*?Your code for Erfara is (\\d{6})`));
  const { headers, text } = await reader.send(
    'mutation ($email: String!, $code: String!) { signInVerify(input: { email: $email, code: $code }) { userErrors { code } } }',
    { email, code },
  );
  const cookie = headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(text);
  const session = await server.client({ cookie });
  const { apiTokenCreate } = await session.ask('mutation { apiTokenCreate(input: { name: "test" }) { token } }');
  return { authorization: `Bearer ${apiTokenCreate.token}` };
}
