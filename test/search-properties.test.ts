import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Advice } from '../src/advice/advice.entity.js';
import { sizeOf } from '../src/search/analyser/analyser.js';
import { spellings, words } from '../src/search/analyser/fold.js';
import { SEARCH_ENGINE, type SearchEngine } from '../src/search/engine.js';
import { parseQuery } from '../src/search/query.js';
import { Resolver } from '../src/search/resolve.js';
import { filterMasks } from '../src/taxonomy/facets.js';
import { editedOnce, randomFrom } from './support/edits.js';
import { Server } from './support/server.js';

// Thousands of searches a test, which a busy machine takes its time for.
jest.setTimeout(600_000);

let server: Server;
let known: Set<string>;
beforeAll(async () => {
  server = await Server.start('library');
  const rows = await server.database.query<{ term: string }[]>('SELECT term FROM search_term WHERE size IS NOT NULL AND entries > 0');
  known = new Set(rows.map(({ term }) => term));
});
afterAll(() => server.stop());

/** Every entry that a search finds. Asks the engine itself, without pages and rows: it is asked thousands of times. */
async function hits(text: string): Promise<Set<string>> {
  const query = await server.app.get(Resolver).resolve(parseQuery(text));
  const page = { size: 1_000, backward: false, from: null, scope: '' };
  const found = await server.app.get<SearchEngine>(SEARCH_ENGINE).search({ kind: 'ADVICE', query, concepts: [], masks: filterMasks(null), sort: 'RELEVANCE', page });
  return new Set(found.hits.map(({ uuid }) => uuid));
}

const entriesWith = async (): Promise<Map<string, Set<string>>> => {
  const rows = await server.database.query<{ term: string; uuids: string[] }[]>(
    `SELECT t.term, array_agg(e.contribution_id::text) AS uuids FROM search_term t JOIN search_posting USING (term) JOIN search_entry e USING (entry)
     WHERE t.size >= 4 AND t.entries > 0 GROUP BY t.term ORDER BY t.term`,
  );
  return new Map(rows.map(({ term, uuids }) => [term, new Set(uuids)]));
};
const isKnown = (typed: string) => words(typed).every((word) => spellings(word).some((spelling) => known.has(spelling)));
const share = (found: ReadonlySet<string>, wanted: ReadonlySet<string>) => [...wanted].some((uuid) => found.has(uuid));

/** The ways readers write Scandinavian letters. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/æ/gi, 'ae').replace(/ø/gi, 'oe').replace(/å/gi, 'aa'),
  (text) => text.replace(/[æå]/gi, 'a').replace(/ø/gi, 'o'),
  (text) => text.normalize('NFD'),
];

describe('typing a title', () => {
  it('keeps its entry among the hits at every keystroke of each of its words', async () => {
    const titles = await server.database.getRepository(Advice).find({ select: { uuid: true, title: true } });
    const wanted = new Map<string, Set<string>>();
    for (const { uuid, title } of titles) {
      for (const { start, end } of words(title)) {
        for (const spell of SPELLINGS) {
          const word = spell(title.slice(start, end).toLowerCase());
          for (let letters = 3; letters <= word.length; letters++) {
            const typed = word.slice(0, letters);
            wanted.set(typed, (wanted.get(typed) ?? new Set()).add(uuid));
          }
        }
      }
    }
    const lost: string[] = [];
    for (const [typed, uuids] of wanted) {
      const found = await hits(typed);
      if (![...uuids].every((uuid) => found.has(uuid))) lost.push(typed);
    }
    expect(titles.length).toBeGreaterThan(200);
    expect(lost).toEqual([]);
  });

  it('keeps its entry among the hits while the whole title is typed', async () => {
    const titles = await server.database.getRepository(Advice).find({ select: { uuid: true, title: true }, order: { title: 'ASC' } });
    const lost: string[] = [];
    for (const { uuid, title } of titles.filter((_, index) => index % 10 === 0)) {
      for (let letters = 3; letters <= title.length; letters += 2) {
        const typed = title.slice(0, letters);
        if (!(await hits(typed)).has(uuid)) lost.push(typed);
      }
    }
    expect(lost).toEqual([]);
  });
});

describe('typing mistakes', () => {
  it('are forgiven once in every word of four letters or more that the library has', async () => {
    const entries = await entriesWith();
    const random = randomFrom(4);
    const lost: string[] = [];
    for (const [word, uuids] of entries) {
      const typed = editedOnce(word, random);
      if (!isKnown(typed) && !share(await hits(typed), uuids)) lost.push(`${word} as ${typed}`);
    }
    expect(entries.size).toBeGreaterThan(1_000);
    expect(lost).toEqual([]);
  });

  it('are forgiven twice in words of eight letters or more', async () => {
    const entries = [...(await entriesWith())].filter(([word]) => sizeOf(word) >= 8);
    const random = randomFrom(8);
    const lost: string[] = [];
    for (const [word, uuids] of entries.filter((_, index) => index % 5 === 0)) {
      const typed = editedOnce(editedOnce(word, random), random);
      if (!isKnown(typed) && !share(await hits(typed), uuids)) lost.push(`${word} as ${typed}`);
    }
    expect(lost).toEqual([]);
  });

  it('are forgiven as typed in the words of every title, with their own letters', async () => {
    const titles = await server.database.getRepository(Advice).find({ select: { uuid: true, title: true }, order: { title: 'ASC' } });
    const random = randomFrom(15);
    const lost: string[] = [];
    for (const { uuid, title } of titles) {
      for (const { start, end } of words(title)) {
        const word = title.slice(start, end).toLowerCase();
        const typed = editedOnce(word, random);
        if (sizeOf(word) >= 4 && !isKnown(typed) && !(await hits(typed)).has(uuid)) lost.push(`${word} as ${typed}`);
      }
    }
    expect(lost).toEqual([]);
  });
});
