import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CREATE_TOKEN, REVOKE_TOKEN, SIGN_OUT, viewerOf, requestCode, verifyCode } from './support/accounts.js';
import { SEARCH } from './support/advice.js';
import { refusalOf } from './support/refusal.js';
import { Client, Server } from './support/server.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

/** The Set-Cookie header of a sign-in, taken apart. */
async function cookieOf(of: Server, email: string): Promise<string[]> {
  await requestCode(of.reader, email);
  const { headers } = await verifyCode(of.reader, email, of.mailbox.codeFor(email));
  expect(headers.getSetCookie()).toHaveLength(1);
  return headers.getSetCookie()[0]?.split('; ') ?? [];
}

describe('the session cookie', () => {
  it('is out of the reach of scripts and other sites, for the whole site, for thirty days', async () => {
    const [pair, ...attributes] = await cookieOf(server, 'cookie@example.org');
    expect(pair).toMatch(/^erfara_session=[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${30 * 24 * 60 * 60}`, 'Path=/', 'SameSite=Lax']);
  });

  it.each([
    ['https://erfara.example.org', true],
    ['http://erfara.example.org', false],
  ])('is secure exactly when readers come by https: %s', async (publicUrl, secure) => {
    const own = await Server.start('nothing', { PUBLIC_URL: publicUrl });
    try {
      expect((await cookieOf(own, 'cookie@example.org')).includes('Secure')).toBe(secure);
    } finally {
      await own.stop();
    }
  });

  it('is not given to readers, nor to whoever cannot sign in', async () => {
    const answers = [
      await server.reader.send(SEARCH, { search: 'avtale' }),
      await server.reader.send('{ viewer { id } }'),
      await requestCode(server.reader, 'waiting@example.org'),
      await verifyCode(server.reader, 'waiting@example.org', 'wrong'),
    ];
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
  });

  it('signs in only from pages of this site', async () => {
    const client = await server.signIn('origin@example.org');
    const from = (origin: string) => viewerOf(client, { origin });
    const own = new URL(server.url);
    expect((await from(own.origin))?.email).toBe('origin@example.org');
    for (const foreign of ['https://evil.example', 'null', `http://${own.hostname}:1`, `http://${own.host}.evil.example`, `http://evil.example/${own.host}`, own.host])
      expect(await from(foreign)).toBeNull();
  });

  it('that is none of ours signs nobody in', async () => {
    for (const cookie of ['erfara_session=', 'erfara_session=x', `erfara_session=${'A'.repeat(43)}`, 'erfara_session=%00', 'erfara_session=%ff'])
      expect(await viewerOf(new Client(server.url, { cookie }))).toBeNull();
  });
});

describe('a session', () => {
  it('ends with signing out, on the server too, and leaves other sessions alone', async () => {
    const [here, there] = [await server.signIn('twice@example.org'), await server.signIn('twice@example.org')];
    const answer = await here.send(SIGN_OUT);
    expect(answer.data).toEqual({ signOut: { signedOut: true, userErrors: [] } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^erfara_session=; Max-Age=0;/);
    expect(await viewerOf(here)).toBeNull();
    expect((await viewerOf(there))?.email).toBe('twice@example.org');
    expect((await here.send(SIGN_OUT)).status).toBe(401);
  });

  it('ends when its time is up', async () => {
    const client = await server.signIn('old@example.org');
    await server.database.query("UPDATE session SET expires_at = now() - interval '1 second' WHERE account_id = (SELECT id FROM account WHERE email = 'old@example.org')");
    expect(await viewerOf(client)).toBeNull();
  });
});

describe('an API token', () => {
  const bearer = (token: string) => new Client(server.url, { authorization: `Bearer ${token}` });
  const create = async (client: Client, days = 90) => (await client.ask(CREATE_TOKEN, { days })).apiTokenCreate as { token: string; apiToken: { id: string; expiresAt: string } };
  const listed = async (client: Client) => (await client.ask('{ viewer { apiTokens { id name } } }')).viewer.apiTokens as { id: string; name: string }[];

  it('signs in until it is revoked', async () => {
    const owner = await server.signIn('token@example.org');
    const { token, apiToken } = await create(owner);
    expect((await viewerOf(bearer(token)))?.email).toBe('token@example.org');
    expect(await listed(owner)).toEqual([{ id: apiToken.id, name: 'Skript' }]);
    expect((await owner.ask(REVOKE_TOKEN, { id: apiToken.id })).apiTokenRevoke).toEqual({ revoked: true, userErrors: [] });
    expect(await viewerOf(bearer(token))).toBeNull();
    expect(await listed(owner)).toEqual([]);
    expect((await viewerOf(owner))?.email).toBe('token@example.org');
  });

  it('stops when its days are over', async () => {
    const owner = await server.signIn('days@example.org');
    const { token, apiToken } = await create(owner, 1);
    const hours = (Date.parse(apiToken.expiresAt) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    await server.database.query("UPDATE session SET expires_at = now() - interval '1 second' WHERE kind = 'API_TOKEN' AND account_id = (SELECT id FROM account WHERE email = 'days@example.org')");
    expect(await viewerOf(bearer(token))).toBeNull();
    expect(await listed(owner)).toEqual([]);
  });

  it.each([0, -1, 366])('is not made for %i days', async (days) => {
    const owner = await server.signInAs('READER');
    expect(refusalOf(await owner.send(CREATE_TOKEN, { days }))).toMatchObject({ code: 'NUMBER_INVALID', field: 'input.days' });
    expect(await listed(owner)).toEqual([]);
  });

  it('is one of at most twenty, also when they are asked for at once', async () => {
    const owner = await server.signIn('many@example.org');
    const answers = await Promise.all(Array.from({ length: 23 }, () => owner.send(CREATE_TOKEN)));
    const refused = answers.filter(({ data }) => data.apiTokenCreate.token === null);
    expect(refused.map((answer) => refusalOf(answer).code)).toEqual(['TOO_MANY_TOKENS', 'TOO_MANY_TOKENS', 'TOO_MANY_TOKENS']);
    const tokens = await listed(owner);
    expect(tokens).toHaveLength(20);
    await owner.ask(REVOKE_TOKEN, { id: tokens[0]?.id });
    expect((await create(owner)).token).toMatch(/^[\w-]{43}$/);
  });

  it('is revoked by its owner only', async () => {
    const [owner, other] = [await server.signIn('mine@example.org'), await server.signIn('theirs@example.org')];
    const { token, apiToken } = await create(owner);
    await other.send(REVOKE_TOKEN, { id: apiToken.id });
    expect((await viewerOf(bearer(token)))?.email).toBe('mine@example.org');
  });

  it('is no session cookie, and a session is no token', async () => {
    const owner = await server.signIn('kinds@example.org');
    const { token } = await create(owner);
    expect(await viewerOf(new Client(server.url, { cookie: `erfara_session=${token}` }))).toBeNull();
    expect(await viewerOf(bearer(owner.headers['cookie']?.split('=')[1] ?? ''))).toBeNull();
  });

  it('counts for more than the cookie that comes with it, and comes from any site', async () => {
    const [owner, other] = [await server.signIn('script@example.org'), await server.signIn('browser@example.org')];
    const { token } = await create(owner);
    expect((await viewerOf(other, { authorization: `Bearer ${token}` }))?.email).toBe('script@example.org');
    expect((await viewerOf(bearer(token), { origin: 'https://tool.example' }))?.email).toBe('script@example.org');
  });
});
