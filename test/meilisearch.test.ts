import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeOf } from '../src/search/meilisearch/documents.js';
import { admissionFilter, oneOf } from '../src/search/meilisearch/filters.js';
import { type SearchAnswer, SEARCH_ENGINE, type SearchEngine, type SearchRequest, type SearchSort } from '../src/search/engine.js';
import { FallbackEngine } from '../src/search/meilisearch/fallback.engine.js';
import { Indexer } from '../src/search/meilisearch/indexer.js';
import { Indexes } from '../src/search/meilisearch/indexes.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Rebuild } from '../src/search/meilisearch/rebuild.js';
import { Verify } from '../src/search/meilisearch/verify.js';
import { PostgresEngine } from '../src/search/postgres.engine.js';
import { parseQuery } from '../src/search/query.js';
import { Resolver } from '../src/search/resolve.js';
import { Via } from '../src/search/variants.js';
import { filterMasks } from '../src/taxonomy/facets.js';
import { Language, Phase, Role } from '../src/taxonomy/taxonomy.js';
import { contribute, type Known, publish, review, WITHDRAW } from './support/advice.js';
import { describeOnMeilisearch, MEILISEARCH } from './support/meilisearch.js';
import { find } from './support/search.js';
import { type Client, Server } from './support/server.js';

describe('the code of a term', () => {
  it('is twelve letters, the same each time, and another for another term', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (term) => {
      expect(codeOf(term)).toMatch(/^[a-z]{12}$/);
      expect(codeOf(term)).toBe(codeOf(term));
    }));
    const terms = Array.from({ length: 100_000 }, (_, index) => `~ord${index}`);
    expect(new Set(terms.map(codeOf)).size).toBe(terms.length);
  });
});

describe('the filter that admits entries', () => {
  const word = fc.record({ admits: fc.integer({ min: 0, max: 50 }), has: fc.boolean(), terms: fc.integer({ min: 1, max: 3 }) });
  /** Reads the filter as the server does: any of a list of values, AND, OR, parentheses. */
  const evaluate = (filter: string, has: ReadonlySet<string>): boolean => {
    const lists: boolean[] = [];
    const logic = filter.replace(/terms IN \[([^\]]*)\]/g, (_, list: string) => `L${lists.push(list.split(', ').some((code) => has.has(code))) - 1}`);
    const tokens = logic.match(/L\d+|AND|OR|[()]/g) ?? [];
    let at = 0;
    const or = (): boolean => { let value = and(); while (tokens[at] === 'OR') { at++; const right = and(); value ||= right; } return value; };
    const and = (): boolean => { let value = atom(); while (tokens[at] === 'AND') { at++; const right = atom(); value &&= right; } return value; };
    const atom = (): boolean => { const token = tokens[at++] ?? ''; if (token !== '(') return lists[Number(token.slice(1))] ?? false; const value = or(); at++; return value; };
    return or();
  };

  it('holds for an entry exactly when its words add up to the threshold', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 150 }), (words, threshold) => {
        const terms = words.flatMap(({ admits, terms: count }, index) => Array.from({ length: count }, (_, which) => ({ term: `w${index}t${which}`, word: index, via: Via.EXACT, weight: 1, admits, entries: 1 })));
        const has = new Set(words.flatMap((each, index) => (each.has ? [codeOf(`w${index}t${each.terms - 1}`)] : [])));
        const sum = words.reduce((total, each) => total + (each.has ? each.admits : 0), 0);
        expect(evaluate(admissionFilter({ terms, threshold }), has)).toBe(sum >= threshold);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never holds a value that could be more than a value', () => {
    for (const value of ['x" OR kind = draft', '\\', "')", 'a b', '', 'a]', '1=1']) expect(() => oneOf('kind', [value])).toThrow(TypeError);
  });
});

describeOnMeilisearch('on a real Meilisearch server', () => {
  let server: Server;
  let author: Client;
  let reviewer: Client;
  let dictionary: string[];

  beforeAll(async () => {
    server = await Server.start('library', MEILISEARCH ?? {});
    [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
    await server.quiet();
    const rows = await server.database.query<{ term: string }[]>('SELECT term FROM search_term WHERE entries > 0 ORDER BY term');
    dictionary = rows.map(({ term }) => term);
  });
  afterAll(() => server.stop());

  const differences = () => server.app.get(Verify).differences();
  const EQUAL = { missing: [], stale: [], surplus: [] };
  const request = async (search: string, filter: Record<string, string[]>, sort: SearchSort): Promise<SearchRequest> => ({
    kind: 'ADVICE', query: await server.app.get(Resolver).resolve(parseQuery(search)), concepts: [], masks: filterMasks(filter), sort, page: { size: 7, backward: false, from: null, scope: '' },
  });
  async function allOf(engine: SearchEngine, asked: SearchRequest): Promise<{ first: SearchAnswer; uuids: string[] }> {
    const first = await engine.search(asked);
    const uuids: string[] = [];
    for (let { hits } = first; ; ) {
      const page = hits.slice(0, asked.page.size);
      uuids.push(...page.map(({ uuid }) => uuid));
      const last = page.at(-1);
      if (hits.length <= asked.page.size || !last) return { first, uuids };
      ({ hits } = await engine.search({ ...asked, page: { ...asked.page, from: [last.order, last.uuid] } }));
    }
  }

  it('finds the same as SQL: total, facets, entries, and the order of time', async () => {
    const words = dictionary.filter((term) => /^[a-z]{3,}$/.test(term));
    const word = fc.nat().map((which) => words[which % words.length] ?? '');
    const search = fc.tuple(fc.array(word, { minLength: 1, maxLength: 6 }), fc.option(word), fc.boolean()).map(([some, not, open]) => `${some.join(' ')}${not === null ? '' : ` -${not}`}${open ? '' : ' '}`);
    const filter = fc.record({ roles: fc.subarray(Object.values(Role), { maxLength: 2 }), phases: fc.subarray(Object.values(Phase), { maxLength: 2 }), languages: fc.subarray(Object.values(Language), { maxLength: 2 }) });
    await fc.assert(
      fc.asyncProperty(search, filter, fc.constantFrom<SearchSort>('RELEVANCE', 'NEWEST', 'OLDEST'), async (text, wanted, sort) => {
        const asked = await request(text, wanted, sort);
        const [sql, meili] = [await allOf(server.app.get(PostgresEngine), asked), await allOf(server.app.get(MeilisearchEngine), asked)];
        expect({ total: meili.first.total, facets: meili.first.facets }).toEqual({ total: sql.first.total, facets: sql.first.facets });
        if (sort === 'RELEVANCE') expect(meili.uuids.toSorted()).toEqual(sql.uuids.toSorted());
        else expect(meili.uuids).toEqual(sql.uuids);
        expect(meili.uuids).toHaveLength(sql.first.total);
      }),
      { numRuns: 60 },
    );
  });

  it('has every term as one word that nothing changes: found by its code are the entries that have it', async () => {
    const uid = (await server.app.get(Indexes).current()) ?? '';
    const some = dictionary.filter((_, index) => index % 23 === 0);
    const frequent = await server.database.query<{ term: string }[]>("SELECT term FROM search_term WHERE entries > 20 AND term NOT LIKE '^%' ORDER BY term");
    some.push(...frequent.map(({ term }) => term));
    // Rare terms and beginnings are looked for by condition alone.
    const searched = new Set(frequent.map(({ term }) => term));
    for (let start = 0; start < some.length; start += 50) {
      const terms = some.slice(start, start + 50);
      const rows = await server.database.query<{ term: string; uuids: string[] }[]>(
        'SELECT term, array_agg(contribution_id::text ORDER BY contribution_id) AS uuids FROM search_posting JOIN search_entry USING (entry) WHERE term = ANY ($1) GROUP BY term', [terms]);
      const wanted = Object.fromEntries(rows.map(({ term, uuids }) => [term, uuids]));
      for (const by of ['q', 'filter'] as const) {
        const queries = terms.map((term) => ({ indexUid: uid, limit: 1_000, attributesToRetrieve: ['id'], ...(by === 'q' ? { q: codeOf(term) } : { filter: oneOf('terms', [codeOf(term)]) }) }));
        const { results } = await server.app.get(Indexes).client.multiSearch<{ queries: typeof queries }, { id: string }>({ queries });
        const found = Object.fromEntries(terms.map((term, index) => [term, results[index]?.hits.map(({ id }) => id).sort()]));
        for (const term of terms) if (by === 'filter' || searched.has(term)) expect([term, found[term]]).toEqual([term, wanted[term]]);
      }
    }
  });

  it('is equal to the database after entries were published, revised and withdrawn', async () => {
    const first = await publish(author, reviewer, { title: 'Merk kvarnxyz' });
    const second = await publish(author, reviewer, { title: 'Merk melkesyre' });
    await server.quiet();
    expect(await differences()).toEqual(EQUAL);
    expect((await find(server.reader, { search: 'kvarnxyz' })).totalCount).toBe(1);
    await review(reviewer, await contribute(author, { id: first.id, version: first.version, title: 'Merk hjulxyz' }));
    await author.ask(WITHDRAW, { input: { id: second.id, version: second.version, reason: 'Stemte ikke.' } });
    expect(await differences()).toMatchObject({ missing: [], stale: [expect.any(String)], surplus: [expect.any(String)] });
    await server.quiet();
    expect(await differences()).toEqual(EQUAL);
    const totals = async (search: string) => (await find(server.reader, { search })).totalCount;
    expect([await totals('kvarnxyz'), await totals('hjulxyz'), await totals('melkesyre')]).toEqual([0, 1, 0]);
  });

  it('shows nothing of what is no longer public, also while the index still has it', async () => {
    const hidden = await publish(author, reviewer, { title: 'Skjul lysthuset' });
    await server.quiet();
    await author.ask(WITHDRAW, { input: { id: hidden.id, version: hidden.version, reason: 'Stemte ikke.' } });
    const { edges } = await find(server.reader, { search: 'lysthuset' });
    expect(edges).toEqual([]);
    await server.quiet();
  });

  it('is mended by verify when documents are missing, old or too many', async () => {
    const uid = (await server.app.get(Indexes).current()) ?? '';
    const index = server.app.get(Indexes).client.index(uid);
    const { results } = await index.getDocuments<{ id: string }>({ fields: ['id'], limit: 2 });
    const surplus = '11111111-2222-4333-8444-555555555555';
    await index.deleteDocument(results[0]?.id ?? '').waitTask();
    await index.updateDocuments([{ id: results[1]?.id, making: '0.0' }, { id: surplus, making: '0.0' }]).waitTask();
    const found = await differences();
    expect(found).toEqual({ missing: [results[0]?.id], stale: [results[1]?.id], surplus: [surplus] });
    await server.app.get(Verify).repair(found ?? EQUAL);
    await server.quiet();
    expect(await differences()).toEqual(EQUAL);
  });

  it('is built anew while searches go on without an empty answer, and has what changed meanwhile', async () => {
    const before = await server.app.get(Indexes).current();
    const build = { isOver: false };
    const searching = (async () => {
      for (let searches = 0; ; searches++) {
        const { totalCount, edges } = await find(server.reader, { search: 'innovasjonspartnerskap' });
        if (totalCount === 0 || edges.length === 0) throw new Error('an empty answer');
        if (build.isOver) return searches;
      }
    })();
    const changing = (async () => {
      const changed: Known[] = [];
      while (!build.isOver) changed.push(await publish(author, reviewer, { title: `Merk nummer ${changed.length} om vindebro` }));
      return changed.length;
    })();
    await server.app.get(Rebuild).run();
    build.isOver = true;
    const [searches, changes] = await Promise.all([searching, changing]);
    expect(await server.app.get(Indexes).current()).not.toBe(before);
    await server.quiet();
    expect(await differences()).toEqual(EQUAL);
    expect((await find(server.reader, { search: 'vindebro' })).totalCount).toBe(changes);
    expect(searches).toBeGreaterThan(1);
  });

  it('is built by one of two processes that begin at once', async () => {
    const outcomes = await Promise.allSettled([server.app.get(Rebuild).run(), server.app.get(Rebuild).run()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is built anew when the server has lost it; until then the database answers', async () => {
    await server.app.get(Indexes).client.deleteIndex((await server.app.get(Indexes).current()) ?? '').waitTask();
    const ask = () => server.reader.ask('{ advice(search: "rettigheder") { totalCount degraded } }') as Promise<{ advice: { totalCount: number; degraded: boolean } }>;
    const { advice } = await ask();
    expect(advice).toEqual({ totalCount: expect.any(Number), degraded: true });
    expect(advice.totalCount).toBeGreaterThan(0);
    await publish(author, reviewer, { title: 'Merk fyrtårnet' });
    // The first try finds out, the second builds.
    await server.app.get(Indexer).step().catch(() => {});
    await server.quiet();
    await server.quiet();
    expect(await differences()).toEqual(EQUAL);
    const engine = server.app.get<FallbackEngine>(SEARCH_ENGINE);
    expect((await server.app.get(MeilisearchEngine).search(await request('fyrtårnet', {}, 'RELEVANCE'))).total).toBe(1);
    expect(engine).toBeInstanceOf(FallbackEngine);
  });
});
