import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compoundParts } from '../src/search/analyser/compounds.js';
import { baseNounOf } from '../src/search/analyser/forms.js';
import { normalise } from '../src/search/analyser/fold.js';
import { stems } from '../src/search/analyser/stem.js';
import { COMPOUNDS, formsOf, WHOLE_WORDS } from './support/compound-words.js';

const rows = Object.entries(COMPOUNDS).flatMap(([language, lines]) =>
  lines.trim().split('\n').map((line) => {
    const [word = '', parts = ''] = line.split(' = ');
    return { language, word, parts: parts.split(' + ') };
  }),
);
const wholeWords = Object.values(WHOLE_WORDS).flatMap((words) => words.trim().split(/\s+/));
/** What a word is made of in the end: a compound among its parts is taken apart as well. */
const partsOf = (word: string) => compoundParts(normalise(word)).filter((part) => compoundParts(part).length === 0);

describe('a compound', () => {
  it.each(rows)('$word is made of $parts ($language)', ({ word, parts }) => {
    expect(partsOf(word)).toEqual(parts);
  });

  it.each(wholeWords)('is not what %s is', (word) => {
    expect(compoundParts(normalise(word))).toEqual([]);
  });

  it('is in a table of two hundred words, half of which stay whole', () => {
    expect([new Set(rows.map(({ word }) => word)).size, new Set(wholeWords).size]).toEqual([100, 100]);
  });

  it('shares one of three like letters between its parts', () => {
    expect(['prosesstøtte', 'fjelløype'].map(partsOf)).toEqual([['prosess', 'støtte'], ['fjell', 'løype']]);
  });

  it.each(rows.filter(({ word, parts }) => word.endsWith(parts.at(-1) ?? '')))('has in each form the parts that $word has ($language)', ({ language, word, parts }) => {
    const forms = formsOf(word, parts.at(-1) ?? '', language);
    // "modellen" may be the Danish model or the Norwegian modell; their stems meet.
    const undoubled = (some: readonly string[]) => some.map((part) => part.replace(/(.)\1$/, '$1')).join(' + ');
    expect(forms.map((form) => `${form}: ${undoubled(partsOf(form))}`)).toEqual(forms.map((form) => `${form}: ${undoubled(parts)}`));
  });
});

/** Nothing, a linking sound, or a last -e of the part that gives way to it: samarbejde + aftale is samarbejdsaftale. */
const LINK = '[es]?';
const written = (parts: readonly string[]) => new RegExp(`^${parts.map((part) => part.replace(/e$/, 'e?')).join(LINK)}`);

describe('taking apart', () => {
  const noun = fc.constantFrom(...rows.flatMap(({ parts }) => parts));
  const joined = fc.array(fc.tuple(noun, fc.constantFrom('', 's', 'e')), { minLength: 1, maxLength: 12 }).map((pairs) => pairs.flat().join('').slice(0, 300));
  const anyText = fc.oneof(joined, fc.string({ unit: fc.constantFrom(...'abdeghiklnorstuvæøå'), maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }));

  it('gives parts that make up the word again, with their links', () => {
    fc.assert(
      fc.property(noun, fc.constantFrom('', 's', 'e'), noun, (first, link, last) => {
        const word = first + link + last;
        const parts = partsOf(word);
        if (parts.length > 0) expect(word).toMatch(written(parts));
      }),
    );
    for (const { word } of rows) expect(word).toMatch(written(partsOf(word)));
  });

  it('gives nouns of the lexicon that are found by themselves', () => {
    for (const part of new Set(rows.flatMap(({ parts }) => parts))) expect([part, baseNounOf(part), stems(part).length > 0]).toEqual([part, part, true]);
  });

  it('never fails, whatever the text, and gives the same each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = compoundParts(normalise(text));
        expect(compoundParts(normalise(text))).toEqual(parts);
        expect(parts.every((part) => part.length >= 3)).toBe(true);
      }),
    );
  });

  it('ends soon, also with a compound of three hundred letters', () => {
    const started = performance.now();
    for (let letters = 7; letters <= 300; letters++) compoundParts('leverandørdialog'.repeat(20).slice(0, letters));
    for (const letter of 'abesx') compoundParts(letter.repeat(300));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(partsOf('leverandørdialogleverandørdialog')).toEqual(['leverandør', 'dialog', 'leverandør', 'dialog']);
  });
});
