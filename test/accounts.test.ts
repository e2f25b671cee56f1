import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestCode, setRole, verifyCode, viewerOf } from './support/accounts.js';
import { adviceInput, SAVE } from './support/advice.js';
import { everything, fingerprint } from './support/fingerprint.js';
import { Mailbox } from './support/mailbox.js';
import { Process } from './support/process.js';
import { refusalOf } from './support/refusal.js';
import { scratchDatabase } from './support/scratch.js';
import { ADMIN, type Client, Server } from './support/server.js';

let server: Server;
let reader: Client;
let people = 0;

beforeAll(async () => {
  server = await Server.start();
  reader = server.reader;
});
afterAll(() => server.stop());

/** An address that nobody has used; only so many codes go to one. */
const newAddress = () => `somebody-${(people += 1)}@example.org`;
const otherThan = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

async function codeFor(email: string): Promise<string> {
  await requestCode(reader, email);
  return server.mailbox.codeFor(email);
}

/** What the last answer of {@link verifyCode} says: the account, or why there is none. */
async function verified(email: string, code: string): Promise<string> {
  const answer = await verifyCode(reader, email, code);
  return (answer.data.signInVerify.account?.email as string | undefined) ?? refusalOf(answer).code;
}

describe('signing in with a code', () => {
  it('makes a contributor the first time, and finds the account again', async () => {
    const email = newAddress();
    const first = await verifyCode(reader, email, await codeFor(email));
    expect(first.data.signInVerify).toMatchObject({ account: { email, role: 'CONTRIBUTOR' }, userErrors: [] });
    const second = await verifyCode(reader, email, await codeFor(email));
    expect(second.data).toEqual(first.data);
  });

  it('takes an address in any case, and with blanks around it, as the same', async () => {
    const email = newAddress();
    await requestCode(reader, ` ${email.toUpperCase()} `);
    const code = server.mailbox.codeFor(email);
    expect(await verified(email.replace('somebody', 'SomeBody'), code)).toBe(email);
  });

  it('takes a code once, also when it comes twice at the same time', async () => {
    const email = newAddress();
    const code = await codeFor(email);
    const told = await Promise.all([1, 2, 3].map(() => verified(email, code)));
    expect(told.sort()).toEqual(['CODE_INVALID', 'CODE_INVALID', email]);
    expect(await verified(email, code)).toBe('CODE_INVALID');
  });

  it("takes only the latest code, and no other address's", async () => {
    const [email, other] = [newAddress(), newAddress()];
    const older = await codeFor(email);
    const newer = await codeFor(email);
    // One time in a million both are the same.
    if (older !== newer) expect(await verified(email, older)).toBe('CODE_INVALID');
    expect(await verified(other, newer)).toBe('CODE_INVALID');
    expect(await verified(email, newer)).toBe(email);
  });

  it('takes no code that is too old', async () => {
    const email = newAddress();
    const code = await codeFor(email);
    await server.database.query("UPDATE sign_in_code SET expires_at = now() - interval '1 second' WHERE email = $1", [email]);
    expect(await verified(email, code)).toBe('CODE_INVALID');
  });

  it('takes the right code after four wrong ones', async () => {
    const email = newAddress();
    const code = await codeFor(email);
    for (const by of [1, 2, 3, 4]) expect(await verified(email, otherThan(code, by))).toBe('CODE_INVALID');
    expect(await verified(email, code)).toBe(email);
  });

  it('takes no code after five wrong ones, and a new one after that', async () => {
    const email = newAddress();
    const code = await codeFor(email);
    for (const by of [1, 2, 3, 4, 5]) expect(await verified(email, otherThan(code, by))).toBe('CODE_INVALID');
    expect(await verified(email, code)).toBe('CODE_INVALID');
    expect(await verified(email, await codeFor(email))).toBe(email);
  });

  it('counts wrong codes that come at the same time', async () => {
    const email = newAddress();
    const code = await codeFor(email);
    const guesses = Array.from({ length: 20 }, (_, index) => verified(email, otherThan(code, index + 1)));
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['CODE_INVALID']));
    expect(await verified(email, code)).toBe('CODE_INVALID');
    expect(await server.database.query('SELECT attempts FROM sign_in_code WHERE email = $1', [email])).toEqual([{ attempts: 5 }]);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '" OR 1=1 --'])('refuses %j for a code', async (code) => {
    const answer = await verifyCode(reader, newAddress(), code);
    expect(['CODE_INVALID', 'REQUIRED']).toContain(refusalOf(answer).code);
    expect(refusalOf(answer).field).toBe('input.code');
  });

  it.each([
    ['nothing', ''],
    ['a name', 'kari'],
    ['half an address', 'kari@'],
    ['two addresses', 'kari@example.org, ola@example.org'],
    ['a header of its own', 'kari@example.org\nBcc: ola@example.org'],
    ['an address without end', `${'k'.repeat(250)}@example.org`],
  ])('sends nothing to %s', async (_, email) => {
    const before = await fingerprint(server.database);
    expect(refusalOf(await requestCode(reader, email))).toMatchObject({ code: 'EMAIL_INVALID', field: 'input.email' });
    expect(await fingerprint(server.database)).toEqual(before);
  });
});

describe('asking for codes', () => {
  it('tells nobody whether an address has an account', async () => {
    const [known, unknown] = [newAddress(), newAddress()];
    await server.signIn(known);
    const [first, second] = [await requestCode(reader, known), await requestCode(reader, unknown)];
    expect(first.text).toBe(second.text);
    expect(first.data).toEqual({ signInRequest: { sent: true, userErrors: [] } });
    expect(await verified(known, 'wrong')).toBe(await verified(unknown, 'wrong'));
  });

  it('sends at most five codes an hour to an address, however it is written', async () => {
    const email = newAddress();
    for (const written of [email, email.toUpperCase(), ` ${email}`, email, email]) await requestCode(reader, written);
    const answer = await requestCode(reader, email.toUpperCase());
    expect(refusalOf(answer)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', field: 'input.email' });
    expect(answer.data).toMatchObject({ signInRequest: { sent: false } });
    expect(server.mailbox.countFor(email)).toBe(5);
    await server.database.query("UPDATE sign_in_code SET created_at = created_at - interval '61 minutes' WHERE email = $1", [email]);
    await requestCode(reader, email);
    expect(server.mailbox.countFor(email)).toBe(6);
  });

  it('sends no more than that to whoever asks ten times at once', async () => {
    const email = newAddress();
    await Promise.all(Array.from({ length: 10 }, () => requestCode(reader, email)));
    expect(server.mailbox.countFor(email)).toBe(5);
  });

  it('keeps hashes of codes and sessions only', async () => {
    const email = newAddress();
    const session = await server.signIn(email);
    const { apiTokenCreate } = await session.ask('mutation { apiTokenCreate(input: { name: "x" }) { token } }');
    const code = await codeFor(email);
    const stored = await everything(server.database);
    expect(stored).toContain(email);
    // In a hash or an id the same six digits may turn up by chance.
    expect(stored).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
    // All hashes of six digits are made in a second.
    for (const algorithm of ['md5', 'sha1', 'sha256']) expect(stored).not.toContain(createHash(algorithm).update(code).digest('hex'));
    const cookie = session.headers['cookie']?.split('=')[1] ?? '';
    for (const secret of [cookie, String(apiTokenCreate.token)]) {
      expect(secret.length).toBeGreaterThanOrEqual(32);
      for (const written of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64url').toString('hex')]) expect(stored).not.toContain(written);
    }
  });
});

describe('roles', () => {
  const roleIn = async (client: Client) => (await viewerOf(client))?.role;

  it('change for an open session with its next request', async () => {
    const session = await server.signInAs('EDITOR');
    const email = (await viewerOf(session))?.email ?? '';
    const queue = () => session.send('{ reviewQueue { edges { cursor } } }');
    expect((await queue()).errors).toBeUndefined();
    const admin = server.admin as Client;
    expect((await setRole(admin, email, 'CONTRIBUTOR')).data.accountRoleSet).toEqual({ account: { email, role: 'CONTRIBUTOR' }, userErrors: [] });
    expect(refusalOf(await queue()).code).toBe('FORBIDDEN');
    await setRole(admin, email, 'READER');
    expect(refusalOf(await session.send(SAVE, { input: adviceInput() })).code).toBe('FORBIDDEN');
    await setRole(admin, email.toUpperCase(), 'REVIEWER');
    expect((await queue()).errors).toBeUndefined();
  });

  it.each(['READER', 'CONTRIBUTOR', 'REVIEWER', 'EDITOR'] as const)('are not given by a %s', async (role) => {
    const [session, email] = [await server.signInAs(role), newAddress()];
    const other = await server.signIn(email);
    const answer = await setRole(session, email, 'READER');
    expect([answer.status, refusalOf(answer).code]).toEqual([403, 'FORBIDDEN']);
    expect(await roleIn(other)).toBe('CONTRIBUTOR');
  });

  it('are given to known accounts only, and by nobody to themselves', async () => {
    await server.signInAs('READER');
    const admin = server.admin as Client;
    const before = await fingerprint(server.database);
    expect(refusalOf(await setRole(admin, ADMIN, 'READER'))).toMatchObject({ code: 'OWN_ROLE', field: 'input.email' });
    expect(refusalOf(await setRole(admin, ADMIN.toUpperCase(), 'ADMIN'))).toMatchObject({ code: 'OWN_ROLE', field: 'input.email' });
    expect(refusalOf(await setRole(admin, newAddress(), 'ADMIN'))).toMatchObject({ code: 'NOT_FOUND', field: 'input.email' });
    expect(await fingerprint(server.database)).toEqual(before);
  });

  it('make the address of ADMIN_EMAIL an administrator, as long as there is none', async () => {
    const own = await Server.start('nothing', { ADMIN_EMAIL: 'Chief@Example.org' });
    try {
      const early = await own.signIn('early@example.org');
      const chief = await own.signIn('chief@example.org');
      expect([await roleIn(early), await roleIn(chief)]).toEqual(['CONTRIBUTOR', 'ADMIN']);
      await setRole(chief, 'early@example.org', 'ADMIN');
      await setRole(early, 'chief@example.org', 'READER');
      expect(await roleIn(await own.signIn('chief@example.org'))).toBe('READER');
    } finally {
      await own.stop();
    }
  });
});

describe('the mail with a code', () => {
  afterAll(() => Process.killAll());

  it('is printed in the log when there is no mail server', async () => {
    const scratch = await scratchDatabase('nothing');
    const child = await Process.ready({ ...scratch.environment, LIBRARY_DIR: 'none', SMTP_URL: '', LOG_LEVEL: 'log' });
    const client = await child.client();
    await requestCode(client, 'kari@example.org');
    const [, code = ''] = await child.said(/kari@example\.org[^]*?\b(\d{6})\b/);
    expect((await verifyCode(client, 'kari@example.org', code)).data.signInVerify.account.email).toBe('kari@example.org');
    await child.end('SIGTERM');
    await scratch.drop();
  });

  it('is not printed in the most talkative log when there is one', async () => {
    const [scratch, mailbox] = await Promise.all([scratchDatabase('nothing'), Mailbox.open()]);
    const child = await Process.ready({ ...scratch.environment, LIBRARY_DIR: 'none', SMTP_URL: mailbox.url, LOG_LEVEL: 'verbose' });
    await requestCode(await child.client(), 'kari@example.org');
    const { stdout, stderr } = await child.end('SIGTERM');
    expect(stdout + stderr).not.toContain(mailbox.codeFor('kari@example.org'));
    await mailbox.close();
    await scratch.drop();
  });
});
