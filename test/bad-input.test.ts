import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContributionAction, type State, TRANSITIONS } from '../src/content/lifecycle.js';
import { adviceInput, contribute, CONTRIBUTE, type Known, publish, REVIEW, SAVE, SEARCH, SUBMIT, WITHDRAW } from './support/advice.js';
import { fingerprint } from './support/fingerprint.js';
import { idOf, NOBODYS, uuidOf } from './support/ids.js';
import { expectNothingInside, expectRefused, refusalOf } from './support/refusal.js';
import { type Answer, type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let editor: Client;

beforeAll(async () => {
  server = await Server.start();
  author = await server.signInAs('CONTRIBUTOR');
  editor = await server.signInAs('EDITOR');
  await publish(author, editor, { title: 'Første råd om kvikkleire' });
  await publish(author, editor, { title: 'Andre råd om kvikkleire', roles: ['SUPPLIER'] });
});
afterAll(() => server.stop());

const LIST = `query ($search: String, $filter: AdviceFilterInput, $sort: AdviceSort, $first: Int, $after: String, $last: Int, $before: String) {
  advice(search: $search, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) { edges { cursor } } }`;
const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const REVOKE = 'mutation ($id: ID!) { apiTokenRevoke(input: { id: $id }) { revoked userErrors { code field message } } }';
const NUL = 'før\u0000etter';
const HALF = 'før\ud83detter';

type Variables = Record<string, unknown>;

async function cursorOf(variables: Variables): Promise<string> {
  const { advice } = await server.reader.ask(LIST, { ...variables, first: 1 });
  return advice.edges[0].cursor as string;
}

describe('a value that the schema does not know', () => {
  it.each([
    ['role in a variable', CONTRIBUTE, () => ({ input: adviceInput({ roles: ['LIGHTHOUSE'] }) }), 'BAD_USER_INPUT', 'Value "LIGHTHOUSE" does not exist in "Role" enum'],
    ['phase in a variable', CONTRIBUTE, () => ({ input: adviceInput({ phases: ['DUSK'] }) }), 'BAD_USER_INPUT', 'Value "DUSK" does not exist in "Phase" enum'],
    ['role in a filter', LIST, () => ({ filter: { roles: ['LIGHTHOUSE'] } }), 'BAD_USER_INPUT', 'Value "LIGHTHOUSE" does not exist in "Role" enum'],
    ['phase in the query', '{ phase(value: DUSK) { value } }', () => ({}), 'GRAPHQL_VALIDATION_FAILED', 'Value "DUSK" does not exist in "Phase" enum'],
  ])("%s gets GraphQL's own message", async (_, query, variables, code, message) => {
    const before = await fingerprint(server.database);
    const answer = await author.send(query, variables());
    expect(answer.status).toBe(400);
    expect(refusalOf(answer)).toMatchObject({ code, message: expect.stringContaining(message) });
    expectNothingInside(answer.text);
    expect(await fingerprint(server.database)).toEqual(before);
  });
});

describe('a contribution', () => {
  it.each<[string, Variables, string, string]>([
    ['an empty title', { title: '' }, 'REQUIRED', 'input.title'],
    ['a title of blanks only', { title: ' \n\t ' }, 'REQUIRED', 'input.title'],
    ['an empty body', { body: '' }, 'REQUIRED', 'input.body'],
    ['a body of 100 kB', { body: 'x'.repeat(100_000) }, 'TOO_LONG', 'input.body'],
    ['a body of 100 kB in three bytes a letter', { body: 'ᚠ'.repeat(33_400) }, 'TOO_LONG', 'input.body'],
    ['no role', { roles: [] }, 'REQUIRED', 'input.roles'],
    ['no phase', { phases: [] }, 'REQUIRED', 'input.phases'],
    ['a NUL in the title', { title: NUL }, 'CHARACTER_INVALID', 'input.title'],
    ['a NUL in the body', { body: NUL }, 'CHARACTER_INVALID', 'input.body'],
    ['half a surrogate pair in the body', { body: HALF }, 'CHARACTER_INVALID', 'input.body'],
    ['half a surrogate pair in a source', { sources: [{ title: HALF, url: 'https://example.org/' }] }, 'CHARACTER_INVALID', 'input.sources.0.title'],
    ['a NUL in the idempotency key', { idempotencyKey: NUL }, 'CHARACTER_INVALID', 'input.idempotencyKey'],
    ['a source without an address', { sources: [{ title: 'Et notat', url: '' }] }, 'URL_INVALID', 'input.sources.0.url'],
    ['a source with something else than an address', { sources: [{ title: 'Et notat', url: 'arkivet, hylle 3' }] }, 'URL_INVALID', 'input.sources.0.url'],
    ['a source that is a script', { sources: [{ title: 'Et notat', url: 'javascript:alert(1)' }] }, 'URL_INVALID', 'input.sources.0.url'],
    ['a source that is data', { sources: [{ title: 'Et notat', url: 'data:text/html,hei' }] }, 'URL_INVALID', 'input.sources.0.url'],
    ['a source without a title', { sources: [{ title: '', url: 'https://example.org/' }] }, 'REQUIRED', 'input.sources.0.title'],
    ['21 sources', { sources: Array.from({ length: 21 }, (_, n) => ({ title: 'Et notat', url: `https://example.org/${n}` })) }, 'TOO_MANY', 'input.sources'],
  ])('with %s is refused', async (_, overrides, code, field) => {
    const input = adviceInput(overrides);
    await expectRefused(server, (headers) => author.send(CONTRIBUTE, { input }, headers), code, field);
    await expectRefused(server, (headers) => author.send(SAVE, { input }, headers), code, field);
  });

  it('with a NUL written in the query is refused', async () => {
    const query = String.raw`mutation { adviceSave(input: { language: NB, title: "før\u0000etter", body: "x", roles: [SUPPLIER], phases: [IDEA] }) { userErrors { code field message } } }`;
    await expectRefused(server, (headers) => author.send(query, {}, headers), 'CHARACTER_INVALID', 'input.title');
  });

  it.each([
    ['escaped', String.raw`før\uD83Detter`],
    ['as it is', HALF],
  ])('with half a surrogate pair in the query, %s, is no GraphQL', async (_, title) => {
    const before = await fingerprint(server.database);
    const answer = await author.send(`mutation { adviceSave(input: { language: NB, title: "${title}", body: "x", roles: [SUPPLIER], phases: [IDEA] }) { advice { id } } }`);
    expect(answer.status).toBe(400);
    expect(refusalOf(answer).code).toBe('GRAPHQL_PARSE_FAILED');
    expectNothingInside(answer.text);
    expect(await fingerprint(server.database)).toEqual(before);
  });

  it('hears of everything that is wrong with it at once', async () => {
    const { adviceSave } = await author.ask(SAVE, { input: adviceInput({ title: '', body: '', sources: [{ title: '', url: 'ftp://example.org/' }] }) });
    const fields = (adviceSave.userErrors as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['input.body', 'input.sources.0.title', 'input.sources.0.url', 'input.title']);
  });
});

describe('a change', () => {
  const changed = (target: Variables): Variables => ({ input: adviceInput(target) });

  it.each<[string, string, (published: Known) => Variables, string, string]>([
    ['of an unknown id', CONTRIBUTE, () => changed({ id: idOf('Advice', NOBODYS), version: 1 }), 'NOT_FOUND', 'input.id'],
    ['of a malformed id', CONTRIBUTE, () => changed({ id: 'F001', version: 1 }), 'ID_INVALID', 'input.id'],
    ['of an id with a NUL', CONTRIBUTE, () => changed({ id: NUL, version: 1 }), 'CHARACTER_INVALID', 'input.id'],
    ['of an id of another type', CONTRIBUTE, (published) => changed({ id: idOf('Account', uuidOf(published.id)), version: published.version }), 'NOT_FOUND', 'input.id'],
    ['of a stale version', CONTRIBUTE, (published) => changed({ id: published.id, version: published.version - 1 }), 'VERSION_STALE', 'input.version'],
    ['of a version to come', CONTRIBUTE, (published) => changed({ id: published.id, version: published.version + 1 }), 'VERSION_STALE', 'input.version'],
    ['without a version', CONTRIBUTE, (published) => changed({ id: published.id }), 'VERSION_REQUIRED', 'input.version'],
    ['of version 0', CONTRIBUTE, (published) => changed({ id: published.id, version: 0 }), 'NUMBER_INVALID', 'input.version'],
    ['that withdraws without a reason', WITHDRAW, (published) => ({ input: { id: published.id, version: published.version, reason: ' ' } }), 'REQUIRED', 'input.reason'],
    ['that withdraws an id of another type', WITHDRAW, (published) => ({ input: { id: idOf('ApiToken', uuidOf(published.id)), version: published.version, reason: 'Nei.' } }), 'NOT_FOUND', 'input.id'],
    ['that withdraws a stale version', WITHDRAW, (published) => ({ input: { id: published.id, version: 1, reason: 'Nei.' } }), 'VERSION_STALE', 'input.version'],
    ['that submits an unknown id', SUBMIT, () => ({ input: { id: idOf('Advice', NOBODYS), version: 1 } }), 'NOT_FOUND', 'input.id'],
    ['that revokes an unknown token', REVOKE, () => ({ id: idOf('ApiToken', NOBODYS) }), 'NOT_FOUND', 'input.id'],
    ['that revokes a malformed id', REVOKE, () => ({ id: 'token' }), 'ID_INVALID', 'input.id'],
  ])('%s is refused', async (_, query, variablesFor, code, field) => {
    const variables = variablesFor(await publish(author, editor));
    await expectRefused(server, (headers) => author.send(query, variables, headers), code, field);
  });

  it("of one's own by review is refused", async () => {
    const { id, version } = await contribute(editor);
    await expectRefused(server, (headers) => editor.send(REVIEW, { input: { id, version, decision: 'APPROVE' } }, headers), 'OWN_CONTRIBUTION', 'input.id');
  });

  it.each(['REQUEST_CHANGES', 'REJECT'])('that sends back without a reason (%s) is refused', async (decision) => {
    const { id, version } = await contribute(author);
    await expectRefused(server, (headers) => editor.send(REVIEW, { input: { id, version, decision, reason: '' } }, headers), 'REQUIRED', 'input.reason');
  });

  it('of a token by the id of another type is refused', async () => {
    const { apiTokenCreate } = await author.ask('mutation { apiTokenCreate(input: { name: "x" }) { apiToken { id } } }');
    const id = idOf('Advice', uuidOf(apiTokenCreate.apiToken.id as string));
    await expectRefused(server, (headers) => author.send(REVOKE, { id }, headers), 'NOT_FOUND', 'input.id');
  });
});

describe('a list', () => {
  it.each<[string, () => Variables | Promise<Variables>, string, string]>([
    ['of none', () => ({ first: 0 }), 'PAGE_SIZE_INVALID', 'first'],
    ['of less than none', () => ({ first: -1 }), 'PAGE_SIZE_INVALID', 'first'],
    ['of 101', () => ({ first: 101 }), 'PAGE_SIZE_INVALID', 'first'],
    ['of 100000', () => ({ first: 100_000 }), 'PAGE_SIZE_INVALID', 'first'],
    ['of 100000 from the end', () => ({ last: 100_000 }), 'PAGE_SIZE_INVALID', 'last'],
    ['of 100000 hits', () => ({ search: 'kvikkleire', first: 100_000 }), 'PAGE_SIZE_INVALID', 'first'],
    ['from both ends', () => ({ first: 1, last: 1 }), 'PAGE_DIRECTION_INVALID', 'last'],
    ['by relevance to nothing', () => ({ sort: 'RELEVANCE' }), 'SORT_NEEDS_SEARCH', 'sort'],
    ['of the last hits', () => ({ search: 'kvikkleire', last: 1 }), 'SEARCH_PAGES_FORWARD_ONLY', 'last'],
    ['of hits before one', async () => ({ search: 'kvikkleire', before: await cursorOf({ search: 'kvikkleire' }) }), 'SEARCH_PAGES_FORWARD_ONLY', 'before'],
    ['of a search with 301 characters', () => ({ search: 'ø'.repeat(301) }), 'SEARCH_TOO_LONG', 'search'],
    ['of a search with a NUL', () => ({ search: NUL }), 'CHARACTER_INVALID', 'search'],
    ['of a search with half a surrogate pair', () => ({ search: HALF }), 'CHARACTER_INVALID', 'search'],
    ['after a NUL', () => ({ after: NUL }), 'CHARACTER_INVALID', 'after'],
    ['after a foreign cursor', () => ({ after: 'YXJyYXljb25uZWN0aW9uOjA=' }), 'CURSOR_INVALID', 'after'],
    ['before a foreign cursor', () => ({ last: 1, before: 'YXJyYXljb25uZWN0aW9uOjA=' }), 'CURSOR_INVALID', 'before'],
    ['after an empty cursor', () => ({ after: '' }), 'CURSOR_INVALID', 'after'],
    ['after a cursor of a search', async () => ({ after: await cursorOf({ search: 'kvikkleire' }) }), 'CURSOR_INVALID', 'after'],
    ['of hits after a cursor of a list', async () => ({ search: 'kvikkleire', after: await cursorOf({}) }), 'CURSOR_INVALID', 'after'],
    ['of hits after a cursor of another search', async () => ({ search: 'råd', after: await cursorOf({ search: 'kvikkleire' }) }), 'CURSOR_INVALID', 'after'],
    ['after a cursor of another filter', async () => ({ filter: { roles: ['SUPPLIER'] }, after: await cursorOf({}) }), 'CURSOR_INVALID', 'after'],
    ['after a cursor of another sorting', async () => ({ sort: 'OLDEST', after: await cursorOf({ sort: 'NEWEST' }) }), 'CURSOR_INVALID', 'after'],
    ['of hits after a cursor of another sorting', async () => ({ search: 'kvikkleire', sort: 'NEWEST', after: await cursorOf({ search: 'kvikkleire' }) }), 'CURSOR_INVALID', 'after'],
  ])('%s is refused', async (_, asked, code, field) => {
    const variables = await asked();
    await expectRefused(server, (headers) => server.reader.send(LIST, variables, headers), code, field);
  });

  it.each([{}, { sort: 'OLDEST' }, { search: 'kvikkleire' }, { search: 'kvikkleire', sort: 'NEWEST' }])('%j takes or refuses any hand-made cursor, and never fails on it', async (asked) => {
    const [scope, , uuid] = JSON.parse(Buffer.from(await cursorOf(asked), 'base64url').toString()) as unknown[];
    const odd = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(-1, 0.5, 1e300, 2 ** 31, 2 ** 63, 8.64e15 + 1, null, '0', 'now()', [], {}));
    const anyUuid = fc.oneof(fc.constant(uuid), fc.uuid(), fc.string(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(odd, anyUuid, async (order, from) => {
        const after = Buffer.from(JSON.stringify([scope, order, from])).toString('base64url');
        const answer = await server.reader.send(LIST, { ...asked, after });
        if (answer.errors) expect(refusalOf(answer)).toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
        expectNothingInside(answer.text);
      }),
    );
  });

  it('takes a search of 300 characters', async () => {
    expect((await server.reader.ask(SEARCH, { search: 'ø'.repeat(300) })).advice.totalCount).toBe(0);
  });
});

describe('an id', () => {
  it('that is malformed is refused', async () => {
    await expectRefused(server, (headers) => server.reader.send(NODE, { id: 'F001' }, headers), 'ID_INVALID', 'id');
  });

  it('of nothing, or of another type, names nothing', async () => {
    const published = await publish(author, editor);
    for (const id of [idOf('Advice', NOBODYS), idOf('Lighthouse', NOBODYS), idOf('ApiToken', uuidOf(published.id))]) expect(await server.reader.ask(NODE, { id })).toEqual({ node: null });
  });
});

describe('an illegal transition', () => {
  const steps: Record<State, () => Promise<Known>> = {
    DRAFT: async () => (await author.ask(SAVE, { input: adviceInput() })).adviceSave.advice,
    SUBMITTED: () => contribute(author),
    PUBLISHED: () => publish(author, editor),
    'PUBLISHED+DRAFT': async () => {
      const { id, version } = await publish(author, editor);
      return (await author.ask(SAVE, { input: adviceInput({ id, version, title: 'En revisjon' }) })).adviceSave.advice;
    },
    'PUBLISHED+SUBMITTED': async () => {
      const { id, version } = await publish(author, editor);
      return contribute(author, { id, version, title: 'En revisjon' });
    },
    WITHDRAWN: async () => {
      const { id, version } = await contribute(author);
      return (await author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } })).contributionWithdraw.contribution;
    },
  };

  const act = (action: ContributionAction, { id, version }: Known, headers: Record<string, string>): Promise<Answer> => {
    if (action === ContributionAction.SAVE) return author.send(SAVE, { input: adviceInput({ id, version }) }, headers);
    if (action === ContributionAction.SUBMIT) return author.send(SUBMIT, { input: { id, version } }, headers);
    if (action === ContributionAction.WITHDRAW) return author.send(WITHDRAW, { input: { id, version, reason: 'Nei.' } }, headers);
    return editor.send(REVIEW, { input: { id, version, decision: action, reason: 'Nei.' } }, headers);
  };

  const illegal = (Object.keys(TRANSITIONS) as State[]).flatMap((state) =>
    Object.values(ContributionAction).filter((action) => !(action in TRANSITIONS[state])).map((action) => ({ state, action })),
  );

  it.each(illegal)('$action of $state is refused', async ({ state, action }) => {
    const contribution = await steps[state]();
    // Nobody but its author knows of a draft, so nobody hears more of it.
    const code = state === 'DRAFT' ? 'NOT_FOUND' : 'TRANSITION_ILLEGAL';
    await expectRefused(server, (headers) => act(action, contribution, headers), code, 'input.id');
  });
});

describe("an answer's language", () => {
  it.each([
    ['da', 'Dette er ikke et id'],
    ['da-DK,da;q=0.9,en;q=0.8', 'Dette er ikke et id'],
    ['nb', 'Dette er ikke en id'],
    ['nn-NO', 'Dette er ikke en id'],
    ['no', 'Dette er ikke en id'],
    ['de, nb;q=0.5', 'Dette er ikke en id'],
    ['en-GB', 'This is not an id'],
    ['de', 'This is not an id'],
    ['*', 'This is not an id'],
    ['', 'This is not an id'],
  ])('to Accept-Language %j is the one that was asked for, or English', async (accepted, beginning) => {
    const answer = await server.reader.send(NODE, { id: 'F001' }, { 'accept-language': accepted });
    expect(refusalOf(answer).message.slice(0, beginning.length)).toBe(beginning);
  });
});
