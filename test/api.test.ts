import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { adviceInput, SEARCH } from './support/advice.js';
import { idOf, NOBODYS } from './support/ids.js';
import { expectNothingInside } from './support/refusal.js';
import { ADMIN, type Client, Server } from './support/server.js';

let server: Server;
let schema: GraphQLSchema;

beforeAll(async () => {
  server = await Server.start();
  schema = server.app.get(GraphQLSchemaHost).schema;
});
afterAll(() => server.stop());

const ROLES = ['READER', 'CONTRIBUTOR', 'REVIEWER', 'EDITOR', 'ADMIN'] as const;
type Caller = 'ANYONE' | (typeof ROLES)[number];
const NOTHING = `id: "${idOf('Advice', NOBODYS)}", version: 1`;
const ANSWER = `callId: "${idOf('Call', NOBODYS)}", contributionId: "${idOf('Advice', NOBODYS)}"`;
const ADVICE = JSON.stringify(adviceInput()).replace(/"(\w+)":/g, '$1: ').replace(/"([A-Z_]+)"/g, '$1');

/** Who may call each root field, and an operation that calls it. What it answers to those who may is other tests' matter. */
const ROOT_FIELDS: Record<string, [may: Caller, operation: string]> = {
  'Query.advice': ['ANYONE', '{ advice { totalCount } }'],
  'Query.concept': ['ANYONE', `{ concept(id: "${idOf('Concept', NOBODYS)}") { id } }`],
  'Query.concepts': ['ANYONE', '{ concepts { id } }'],
  'Query.calls': ['ANYONE', '{ calls { edges { cursor } } }'],
  'Query.forms': ['ANYONE', '{ forms { value } }'],
  'Query.myContributions': ['READER', '{ myContributions { edges { cursor } } }'],
  'Query.node': ['ANYONE', `{ node(id: "${idOf('Advice', NOBODYS)}") { id } }`],
  'Query.nodes': ['ANYONE', '{ nodes(ids: []) { id } }'],
  'Query.openQuestions': ['EDITOR', '{ openQuestions { edges { cursor } } }'],
  'Query.phase': ['ANYONE', '{ phase(value: IDEA) { value } }'],
  'Query.phases': ['ANYONE', '{ phases { value } }'],
  'Query.reviewQueue': ['REVIEWER', '{ reviewQueue { edges { cursor } } }'],
  'Query.roles': ['ANYONE', '{ roles { value } }'],
  'Query.searchSuggestions': ['ANYONE', '{ searchSuggestions(prefix: "ud") { text } }'],
  'Query.similarAdvice': ['ANYONE', '{ similarAdvice(title: "x", language: DA) { advice { id } } }'],
  'Query.stages': ['ANYONE', '{ stages { value } }'],
  'Query.themes': ['ANYONE', '{ themes { id } }'],
  'Query.viewer': ['ANYONE', '{ viewer { id } }'],
  'Mutation.accountRoleSet': ['ADMIN', 'mutation { accountRoleSet(input: { email: "nobody@example.org", role: READER }) { account { id } } }'],
  'Mutation.adviceContribute': ['CONTRIBUTOR', `mutation { adviceContribute(input: ${ADVICE}) { advice { id } } }`],
  'Mutation.adviceSave': ['CONTRIBUTOR', `mutation { adviceSave(input: ${ADVICE}) { advice { id } } }`],
  'Mutation.adviceSubmit': ['CONTRIBUTOR', `mutation { adviceSubmit(input: { ${NOTHING} }) { advice { id } } }`],
  'Mutation.apiTokenCreate': ['READER', 'mutation { apiTokenCreate(input: { name: "x" }) { token } }'],
  'Mutation.apiTokenRevoke': ['READER', `mutation { apiTokenRevoke(input: { id: "${idOf('ApiToken', NOBODYS)}" }) { userErrors { code } } }`],
  'Mutation.conceptSave': ['EDITOR', 'mutation { conceptSave(input: { slug: "x", labels: [] }) { concept { id } } }'],
  'Mutation.contributionAnnotate': ['EDITOR', `mutation { contributionAnnotate(input: { id: "${idOf('Advice', NOBODYS)}" }) { contribution { id } } }`],
  'Mutation.callAnswer': ['CONTRIBUTOR', `mutation { callAnswer(input: { ${ANSWER} }) { call { id } } }`],
  'Mutation.callAnswerRemove': ['CONTRIBUTOR', `mutation { callAnswerRemove(input: { ${ANSWER} }) { call { id } } }`],
  'Mutation.callClose': ['EDITOR', `mutation { callClose(input: { id: "${idOf('Call', NOBODYS)}", version: 1, reason: "x" }) { call { id } } }`],
  'Mutation.callPublish': ['EDITOR', `mutation { callPublish(input: { questionId: "${idOf('OpenQuestion', NOBODYS)}", question: "x", language: DA }) { call { id } } }`],
  'Mutation.contributionReview': ['REVIEWER', `mutation { contributionReview(input: { ${NOTHING}, decision: APPROVE }) { contribution { id } } }`],
  'Mutation.contributionWithdraw': ['CONTRIBUTOR', `mutation { contributionWithdraw(input: { ${NOTHING}, reason: "x" }) { contribution { id } } }`],
  'Mutation.signInRequest': ['ANYONE', 'mutation { signInRequest(input: { email: "somebody@example.org" }) { sent } }'],
  'Mutation.signInVerify': ['ANYONE', 'mutation { signInVerify(input: { email: "somebody@example.org", code: "0" }) { account { id } } }'],
  'Mutation.signOut': ['READER', 'mutation { signOut { signedOut } }'],
};

const callerOf = async (caller: Caller): Promise<Client> => {
  if (caller === 'ANYONE') return server.reader;
  return caller === 'ADMIN' ? server.signIn(ADMIN) : server.signInAs(caller);
};
const codesOf = ({ errors = [] }: { errors?: { extensions: Record<string, unknown> }[] | undefined }) => errors.map(({ extensions }) => extensions['code']);

describe('a root field', () => {
  it('is in the table of who may call it', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}).map((field) => `${String(root)}.${field}`));
    expect(fields.sort()).toEqual(Object.keys(ROOT_FIELDS).sort());
  });

  const table = Object.entries(ROOT_FIELDS).map(([field, [caller, operation]]) => ({ field, caller, operation }));
  const guarded = table.filter(({ caller }) => caller !== 'ANYONE');

  it.each(table)('$field answers $caller', async ({ caller, operation }) => {
    const answer = await (await callerOf(caller)).send(operation);
    expect({ status: answer.status, codes: codesOf(answer) }).toEqual({ status: 200, codes: [] });
  });

  it.each(guarded)('$field answers 401 to whoever is not signed in', async ({ operation }) => {
    const answer = await server.reader.send(operation);
    expect({ status: answer.status, codes: codesOf(answer), data: answer.data ?? null }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'], data: null });
  });

  it.each(guarded.filter(({ caller }) => caller !== 'READER'))('$field answers 403 to the role below $caller', async ({ caller, operation }) => {
    const below = ROLES[ROLES.indexOf(caller as (typeof ROLES)[number]) - 1] ?? 'READER';
    const answer = await (await callerOf(below)).send(operation);
    expect({ status: answer.status, codes: codesOf(answer), data: answer.data ?? null }).toEqual({ status: 403, codes: ['FORBIDDEN'], data: null });
  });
});

it('everything in the schema has a description', () => {
  const silent: string[] = [];
  const look = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description?.trim()) silent.push(name);
  };
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    // Query and Mutation say what they are by their names.
    if (type !== schema.getQueryType() && type !== schema.getMutationType()) look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  expect(silent).toEqual([]);
});

describe('a request', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const accounts = () => server.database.query<[{ count: number }]>('SELECT count(*)::integer AS count FROM sign_in_code');
  const SEND = 'mutation { signInRequest(input: { email: "by-get@example.org" }) { sent } }';

  it('with several operations in a batch is refused', async () => {
    const answer = await post(JSON.stringify([{ query: '{ phases { value } }' }, { query: '{ roles { value } }' }]));
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).not.toContain('IDEA');
    expectNothingInside(text);
  });

  it('by GET reads, and changes nothing', async () => {
    const get = (query: string) =>
      fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json', 'apollo-require-preflight': 'yes' } });
    expect(await (await get('{ phase(value: IDEA) { value } }')).json()).toEqual({ data: { phase: { value: 'IDEA' } } });
    const before = await accounts();
    const refused = await get(SEND);
    expect(refused.status).toBe(405);
    expectNothingInside(await refused.text());
    expect(await accounts()).toEqual(before);
  });

  it("that another site's form could send is refused", async () => {
    const before = await accounts();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const refused = await post(JSON.stringify({ query: SEND }), { 'content-type': type });
      expect(refused.status).toBe(400);
      expectNothingInside(await refused.text());
    }
    expect(await accounts()).toEqual(before);
  });

  it('of 2 MB is too large', async () => {
    const answer = await post(JSON.stringify({ query: '{ phases { value } }', variables: { padding: 'x'.repeat(2_000_000) } }));
    expect(answer.status).toBe(413);
    expectNothingInside(await answer.text());
  });

  it.each(['{', '[]', '""', '{}', '{"query":1}', '{"query":"{"}', '{"query":"{ lighthouse }"}'])('that is no operation (%s) is refused', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expectNothingInside(await answer.text());
  });

  it('of more words than any honest query has is refused before it is understood', async () => {
    const answer = await server.reader.send(`{ ${'phases { value } '.repeat(2_000)} }`);
    expect({ status: answer.status, codes: codesOf(answer) }).toEqual({ status: 400, codes: ['GRAPHQL_PARSE_FAILED'] });
  });
});

describe('GraphiQL', () => {
  const open = (path: string) => fetch(`${server.url}${path}`, { headers: { accept: 'text/html,*/*;q=0.8' } });
  const FOREIGN = /["'(=\s](?:https?:)?\/\/[a-z0-9]/i;

  it('is what a browser sees, with nothing from another host', async () => {
    const page = await open('/graphql');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    // Whatever a script might try, the browser asks this host only.
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'(?!.*(?:https?:|\/\/|\*))/);
    const html = await page.text();
    expect(html).not.toMatch(FOREIGN);

    const paths = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const asset = await open(path);
      expect({ path, status: asset.status }).toEqual({ path, status: 200 });
      expect(asset.headers.get('content-type')).toMatch(path.endsWith('.css') ? /^text\/css/ : /javascript/);
      const text = await asset.text();
      expect(text.length).toBeGreaterThan(20);
      // Addresses in a script's own texts and XML namespaces are not opened; these would be.
      expect(text).not.toMatch(/(?:fetch|import|importScripts|Worker|url)\(\s*["'`]?(?:https?:)?\/\/|\.(?:src|href)\s*=\s*["'`](?:https?:)?\/\/|@import/);
    }
  });

  it('does not come between a program and the API', async () => {
    const answer = await fetch(`${server.url}/graphql`, { headers: { accept: 'application/json' } });
    expect(answer.headers.get('content-type')).not.toMatch(/html/);
    expect(answer.status).toBe(400);
  });
});

describe('health', () => {
  it.each(['/health/live', '/health/ready', '/health/search'])('%s answers, and sets no cookie', async (path) => {
    const answer = await fetch(`${server.url}${path}`);
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: { status: 'ok' } });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('tells a database that is away from a process that lives', async () => {
    await server.database.destroy();
    try {
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      const ready = await fetch(`${server.url}/health/ready`);
      expect(ready.status).toBe(503);
      expectNothingInside(await ready.text());
    } finally {
      await server.database.initialize();
    }
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });
});

describe('metrics', () => {
  const TOKEN = 'a token for Prometheus'.replaceAll(' ', '-');
  const ask = (url: string, token?: string) => fetch(`${url}/metrics`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

  it('are nowhere while no token is set, and only for who brings it', async () => {
    expect((await ask(server.url, TOKEN)).status).toBe(404);
    const watched = await Server.start('nothing', { METRICS_TOKEN: TOKEN });
    try {
      for (const token of [undefined, '', `${TOKEN}x`]) expect((await ask(watched.url, token)).status).toBe(404);
      const answer = await ask(watched.url, TOKEN);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      for (const name of ['erfara_search_changes_waiting 0', 'erfara_search_changes_failing 0', 'erfara_search_degraded 0']) expect(text).toContain(name);
    } finally {
      await watched.stop();
    }
  });
});

describe('what nobody expected', () => {
  it('is told to the operator in full, and to the reader by an id only', async () => {
    const broken = await Server.start();
    const log = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await broken.database.query('DROP TABLE search_posting');
      const answer = await broken.reader.send(SEARCH, { search: 'kvikkleire' });
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors).toHaveLength(1);
      const { correlationId, ...rest } = answer.errors?.[0]?.extensions ?? {};
      expect(rest).toEqual({ code: 'INTERNAL' });
      expectNothingInside(answer.text);
      expect(answer.errors?.[0]?.message).toContain(correlationId);
      const logged = log.mock.calls.map(([line]) => String(line)).join('');
      expect(logged).toContain(correlationId);
      expect(logged).toContain('search_posting');
    } finally {
      log.mockRestore();
      await broken.stop();
    }
  });
});
