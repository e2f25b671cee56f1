import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Server } from './support/server.js';

let server: Server;

beforeAll(async () => {
  server = await Server.start('library');
});
afterAll(() => server.stop());

interface Page {
  totalCount: number;
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
type Variables = Record<string, unknown>;
const PAGE = `query ($search: String, $filter: AdviceFilterInput, $sort: AdviceSort, $first: Int, $after: String, $last: Int, $before: String) {
  advice(search: $search, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const read = async (variables: Variables) => ((await server.reader.ask(PAGE, variables)) as { advice: Page }).advice;
const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.id);

/** Goes through a list from its beginning, or from its end, and looks at each page. */
async function through(list: Variables, size: number, direction: 'forward' | 'backward'): Promise<string[]> {
  const forward = direction === 'forward';
  let ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page = await read({ ...list, ...(forward ? { first: size, after: cursor } : { last: size, before: cursor }) });
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    const found = ids.length;
    ids = forward ? [...ids, ...idsOf(page)] : [...idsOf(page), ...ids];
    expect([startCursor, endCursor]).toEqual([page.edges[0]?.cursor ?? null, page.edges.at(-1)?.cursor ?? null]);
    expect(page.edges.length).toBe(Math.min(size, page.totalCount - found));
    const [more, before] = forward ? [hasNextPage, hasPreviousPage] : [hasPreviousPage, hasNextPage];
    expect({ more, before }).toEqual({ more: ids.length < page.totalCount, before: found > 0 });
    if (!more) return ids;
    cursor = forward ? endCursor : startCursor;
  }
}

/** Pages of fewer are many; they have a test of their own. */
const sizes = fc.integer({ min: 5, max: 100 });
const LISTS: Variables[] = [
  {},
  { sort: 'OLDEST' },
  { filter: { roles: ['SUPPLIER'], phases: ['START_UP', 'INNOVATION'] } },
  { filter: { languages: ['NN'] } },
];
const SEARCHES: Variables[] = [
  { search: 'kontrakt' },
  { search: 'hvem eier rettighederne', filter: { roles: ['SUPPLIER'] } },
  { search: 'marked', sort: 'NEWEST' },
  { search: 'marked', sort: 'OLDEST' },
  { search: '-marked' },
];

describe('pages of any size', () => {
  it.each([...LISTS, ...SEARCHES])('together are the whole list, each entry once: %j', async (list) => {
    const whole = await through(list, 100, 'forward');
    expect(new Set(whole).size).toBe((await read({ ...list, first: 1 })).totalCount);
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => expect(await through(list, size, 'forward')).toEqual(whole)),
      { numRuns: 4 },
    );
  });

  it.each(LISTS)('from the end are the same list: %j', async (list) => {
    const whole = await through(list, 100, 'forward');
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => expect(await through(list, size, 'backward')).toEqual(whole)),
      { numRuns: 4 },
    );
  });

  it('are the whole list also when each has one entry', async () => {
    const [list, search] = [{ filter: { roles: ['SUPPLIER'], stages: ['PURCHASE'] } }, { search: 'rettighederne' }];
    expect(await through(list, 1, 'forward')).toEqual(await through(list, 100, 'forward'));
    expect(await through(list, 1, 'backward')).toEqual(await through(list, 100, 'forward'));
    expect(await through(search, 1, 'forward')).toEqual(await through(search, 100, 'forward'));
  });

  it('with the oldest first are the reverse of those with the newest first', async () => {
    for (const list of [{}, { filter: { roles: ['PUBLIC_BUYER'] } }, { search: 'marked' }])
      expect(await through({ ...list, sort: 'OLDEST' }, 50, 'forward')).toEqual((await through({ ...list, sort: 'NEWEST' }, 50, 'forward')).reverse());
  });
});

describe('the whole list', () => {
  it('is what is published, the newest first', async () => {
    const rows = await server.database.query<{ id: string }[]>("SELECT id FROM contribution WHERE status = 'PUBLISHED' ORDER BY published_at DESC, id DESC");
    expect(await through({}, 100, 'forward')).toEqual(rows.map(({ id }) => Buffer.from(`Advice:${id}`).toString('base64url')));
  });

  it('of a filter is the list without what the filter leaves out', async () => {
    const rows = await server.database.query<{ id: string }[]>("SELECT id FROM contribution WHERE 'SUPPLIER' = ANY (roles) AND phases && '{START_UP,INNOVATION}' ORDER BY published_at DESC, id DESC");
    expect(rows.length).toBeGreaterThan(10);
    const filter = { roles: ['SUPPLIER'], phases: ['START_UP', 'INNOVATION'] };
    expect(await through({ filter }, 100, 'forward')).toEqual(rows.map(({ id }) => Buffer.from(`Advice:${id}`).toString('base64url')));
  });
});

describe('a page', () => {
  it('has 20 entries when nobody says how many', async () => {
    expect((await read({})).edges).toHaveLength(20);
    expect((await read({ search: 'marked OPI kontrakt' })).edges).toHaveLength(20);
    const { endCursor } = (await read({ first: 30 })).pageInfo;
    expect((await read({ before: endCursor })).edges).toHaveLength(20);
  });

  it('lies between any two cursors as the list does', async () => {
    const whole = await read({ first: 100 });
    await fc.assert(
      fc.asyncProperty(fc.nat(99), sizes, async (at, size) => {
        const cursor = whole.edges[at]?.cursor;
        const after = await read({ after: cursor, first: size });
        expect(idsOf(after).slice(0, 99 - at)).toEqual(idsOf(whole).slice(at + 1, at + 1 + size));
        expect(idsOf(await read({ before: cursor, last: size }))).toEqual(idsOf(whole).slice(Math.max(0, at - size), at));
      }),
      { numRuns: 20 },
    );
  });

  it('goes on where it was when entries come and go meanwhile', async () => {
    const whole = await through({}, 100, 'forward');
    const { edges, pageInfo } = await read({ first: 10 });
    const gone = Buffer.from(edges[9]?.node.id ?? '', 'base64url').toString().split(':')[1];
    const hide = (status: string) => server.database.query('UPDATE contribution SET status = $2 WHERE id = $1', [gone, status]);
    await hide('WITHDRAWN');
    try {
      expect(idsOf(await read({ first: 10, after: pageInfo.endCursor }))).toEqual(whole.slice(10, 20));
    } finally {
      await hide('PUBLISHED');
    }
  });
});
