import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWordTerm, sizeOf } from '../src/search/analyser/analyser.js';
import { words } from '../src/search/analyser/fold.js';
import { correctionsOf } from '../src/search/corrections.js';
import { Dictionary } from '../src/search/dictionary.js';
import { editDistance } from '../src/search/edit-distance.js';
import { editedOnce, randomFrom } from './support/edits.js';
import { Server } from './support/server.js';

describe('the distance of two words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 10 });

  it.each([
    ['behov', 'behov', 0],
    ['behov', 'bheov', 1],
    ['behov', 'behv', 1],
    ['behov', 'behoov', 1],
    ['behov', 'behav', 1],
    ['ca', 'abc', 2],
    ['', 'abc', 3],
    ['𐐀b', 'b𐐀', 1],
  ])('%j and %j is %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  it('is nothing only between equal words, and the same both ways', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
      { numRuns: 500 },
    );
  });

  it('is at most the number of edits made', () => {
    fc.assert(
      fc.property(word.filter((start) => start.length >= 2), fc.nat(2), fc.nat(), (start, edits, seed) => {
        const random = randomFrom(seed);
        let end = start;
        for (let made = 0; made < edits && end; made++) end = editedOnce(end, random);
        expect(editDistance(start, end)).toBeLessThanOrEqual(edits);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the words that an unknown word may have been meant as', () => {
  let server: Server;
  let known: string[];
  /** Shorter words are too easily taken for others. */
  let dictionary: string[];
  beforeAll(async () => {
    server = await Server.start('library');
    const rows = await server.database.query<{ term: string }[]>('SELECT term FROM search_term WHERE size IS NOT NULL AND entries > 0 ORDER BY term');
    known = rows.map(({ term }) => term);
    dictionary = known.filter((term) => sizeOf(term) >= 4);
  });
  afterAll(() => server.stop());

  const correct = async (asked: string[]) => correctionsOf(await server.app.get(Dictionary).lookUp({ terms: [], beginnings: [], words: asked.map((word) => [word]) }));

  it('are those that a comparison with every word of the library finds', async () => {
    const typed = fc.oneof(
      fc.tuple(fc.nat(), fc.nat()).map(([at, seed]) => editedOnce(editedOnce(dictionary[at % dictionary.length] ?? '', randomFrom(seed)), randomFrom(seed + 1))),
      fc.string({ unit: fc.constantFrom('a', 'e', 'i', 'n', 'o', 'r', 's', 't'), minLength: 3, maxLength: 6 }),
    );
    // Such as a query has them: folded.
    const unknown = typed.map((word) => words(word)[0]?.folded ?? '').filter((word) => word.length >= 2 && !known.includes(word));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(unknown, { minLength: 1, maxLength: 8 }), async (asked) => {
        const corrections = await correct(asked);
        for (const word of asked) {
          const near = dictionary.filter((term) => [1, sizeOf(term) >= 8 ? 2 : 1].includes(editDistance(word, term)));
          const found = corrections.get(word)?.map(({ term }) => term).filter((term) => isWordTerm(term)) ?? [];
          expect({ word, found: [...found].sort() }).toEqual({ word, found: near });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('come nearest first', async () => {
    const corrections = await correct(['kontrrakt']);
    const distances = corrections.get('kontrrakt')?.filter(({ term }) => isWordTerm(term)).map(({ distance }) => distance) ?? [];
    expect(distances[0]).toBe(1);
    expect(distances).toEqual(distances.toSorted());
  });
});
