import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contribute } from './support/advice.js';
import { Server } from './support/server.js';
import { statementsOf } from './support/statements.js';

let server: Server;
let words: string[];

beforeAll(async () => {
  server = await Server.start('library');
  const rows = await server.database.query<{ term: string }[]>("SELECT term FROM search_term WHERE term ~ '^[a-zæøå]{5,}$' ORDER BY term");
  words = rows.map(({ term }) => term);
});
afterAll(() => server.stop());

const ALL = `id externalId title body why validWhen roles phases stages forms language sources { title url } basis caseName authorCredit
  status version createdAt updatedAt publishedAt reviewBy revisionStatus withdrawalReason viewerActions revision { title } reviews { decision }`;
const LIST = `query ($search: String, $filter: AdviceFilterInput, $sort: AdviceSort, $first: Int, $after: String) {
  advice(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount facets { roles { value count } phases { count } stages { count } forms { count } languages { count } }
    pageInfo { endCursor hasNextPage } edges { cursor highlight { title excerpt } node { ${ALL} } } } }`;

const asked = (variables: Record<string, unknown>, query = LIST) => statementsOf(() => server.reader.ask(query, variables));

describe('the number of statements', () => {
  it('is counted at all', async () => {
    expect(await statementsOf(() => server.database.query('SELECT 1'))).toBe(1);
    expect(await statementsOf(() => server.reader.ask('{ phases { label } }'))).toBe(0);
  });

  it.each([1, 20, 100])('is at most three for a page of %i advice with all that can be asked of it', async (first) => {
    const after = (await server.reader.ask(LIST, { first: 1 })).advice.pageInfo.endCursor as string;
    for (const variables of [{}, { after }, { sort: 'OLDEST' }, { filter: { roles: ['SUPPLIER'], phases: ['START_UP', 'IDEA'] } }])
      expect(await asked({ ...variables, first })).toBeLessThanOrEqual(3);
  });

  it.each([1, 20, 100])('is at most five for a search with %i hits on a page', async (first) => {
    for (const variables of [{}, { sort: 'NEWEST' }, { filter: { roles: ['SUPPLIER'] } }]) expect(await asked({ ...variables, search: 'aftale avtale kontrakt innkjøp', first })).toBeLessThanOrEqual(5);
  });

  it.each(['hvem eier rettighederne', 'rettighedrene leverandrer kontrakkt', 'innovasjonspartnersakp', '"offentlig privat" -pris', 'xyzzyx qwrtzp', 'og'])(
    'is at most four for the search %j, the first time and later',
    async (search) => {
      for (const first of [100, 100, 1]) expect(await asked({ search, first })).toBeLessThanOrEqual(4);
    },
  );

  it('is at most five for any mistyped search of somebody who is signed in', async () => {
    const mistyped = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('', 'x', 'e', 'ø')).map(([which, place, letter]) => {
      const word = words[which % words.length] ?? '';
      const at = place % word.length;
      return word.slice(0, at) + letter + word.slice(at + 1);
    });
    const contributor = await server.signInAs('CONTRIBUTOR');
    await fc.assert(
      fc.asyncProperty(fc.array(mistyped, { minLength: 1, maxLength: 12 }), async (typed) => {
        expect(await statementsOf(() => contributor.ask(LIST, { search: typed.join(' ').slice(0, 300), first: 100 }))).toBeLessThanOrEqual(5);
      }),
      { numRuns: 50 },
    );
  });

  it('grows by three at the most when similar advice is asked for on twenty rows', async () => {
    const page = (similar: string) => `query ($first: Int, $search: String) { advice(first: $first, search: $search) { edges { node { id ${similar} } } } }`;
    for (const search of [null, 'avtale']) {
      const plain = await asked({ first: 20, search }, page(''));
      expect(await asked({ first: 20, search }, page(`similar(first: 5) { ${ALL} }`))).toBeLessThanOrEqual(plain + 3);
    }
  });

  it('is the same for one node and a hundred, and for one review and many', async () => {
    const { advice } = await server.reader.ask('{ advice(first: 100) { edges { node { id } } } }');
    const ids = (advice.edges as { node: { id: string } }[]).map(({ node }) => node.id);
    expect(await asked({ ids }, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Advice { ${ALL} } } }`)).toBeLessThanOrEqual(3);
  });

  it("does not grow with the reviewer's queue", async () => {
    const [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
    const queue = () => statementsOf(() => reviewer.ask(`{ reviewQueue(first: 100) { edges { node { ... on Advice { ${ALL} } } } } }`));
    await contribute(author);
    const one = await queue();
    for (let more = 0; more < 9; more++) await contribute(author);
    expect(await queue()).toBe(one);
  });
});
