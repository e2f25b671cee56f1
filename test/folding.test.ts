import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, normalise, spellings, words } from '../src/search/analyser/fold.js';

type Pairs = Readonly<Record<string, string>>;

/** Reads a word from left to right; a pair of letters stands for one, and so may a letter alone. */
function replaceLetters(word: string, pairs: Pairs, single: Pairs): string {
  let out = '';
  for (let at = 0; at < word.length; at++) {
    const letter = word.charAt(at).toLowerCase();
    const pair = pairs[letter + word.charAt(at + 1).toLowerCase()];
    if (pair !== undefined) at++;
    out += pair ?? single[letter] ?? letter;
  }
  return out;
}

/**
 * What Lucene's ScandinavianNormalizationFilter documents: ä is æ, ö is ø; aa and ao are å, ae is æ, oe and oo are ø.
 * Its NorwegianNormalizationFilter does the same for aa, ae and oe alone, as Norwegian and Danish have ao and oo in words of their own ("kaos", "zoo").
 */
const NORMAL: Pairs = { ä: 'æ', ö: 'ø' };
const NORWEGIAN: Pairs = { aa: 'å', ae: 'æ', oe: 'ø' };
const SCANDINAVIAN: Pairs = { ...NORWEGIAN, ao: 'å', oo: 'ø' };
/** What ScandinavianFoldingFilter documents: å, ä, æ are a; ö, ø are o; aa, ae, ao are a; oe, oo are o. */
const FOLDED: Pairs = { å: 'a', ä: 'a', æ: 'a', ö: 'o', ø: 'o' };
const FOLDED_PAIRS: Pairs = { aa: 'a', ae: 'a', ao: 'a', oe: 'o', oo: 'o' };

const letters = [...'abcdefghijklmnopqrstuvwxyzæøåäöÆØÅÄÖ'];
/** Words of any letters, and words of those that the rules are about. */
const word = fc.oneof(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 40 }), fc.string({ unit: fc.constantFrom(...'aeoæøåäöÆØÅÄÖs'), minLength: 1, maxLength: 12 }));
const withoutOwnPairs = word.filter((each) => !/ao|oo/i.test(each));

describe('letters', () => {
  it('are normalised as NorwegianNormalizationFilter does', () => {
    fc.assert(fc.property(word, (each) => expect(normalise(each)).toBe(replaceLetters(each, NORWEGIAN, NORMAL))));
  });

  it('are normalised as ScandinavianNormalizationFilter does, but that ao and oo stay', () => {
    fc.assert(fc.property(withoutOwnPairs, (each) => expect(normalise(each)).toBe(replaceLetters(each, SCANDINAVIAN, NORMAL))));
    expect([normalise('kaos'), normalise('zoologisk'), normalise('samarbejdsorganisation')]).toEqual(['kaos', 'zoologisk', 'samarbejdsorganisation']);
  });

  it('are folded as ScandinavianFoldingFilter does, but that ao and oo stay', () => {
    fc.assert(fc.property(withoutOwnPairs, (each) => expect(fold(normalise(each))).toBe(replaceLetters(each, FOLDED_PAIRS, FOLDED))));
  });

  it('are also read one by one, which the filters do not: the oe of "risikoen" is no ø', () => {
    fc.assert(
      fc.property(word, (each) => {
        const [found] = words(each);
        expect(found && spellings(found)[0]).toBe(fold(normalise(each)));
        expect(found?.spelt).toBe(replaceLetters(each, {}, FOLDED));
      }),
    );
  });

  it.each([
    ['blåbærsyltetøj', 'blåbærsyltetøj'],
    ['blåbärsyltetöj', 'blåbærsyltetøj'],
    ['blaabaersyltetoej', 'blåbærsyltetøj'],
    ['blaabaarsyltetoej', 'blåbårsyltetøj'],
    ['blabarsyltetoj', 'blabarsyltetoj'],
    ['BLÅBÆRSYLTETØJ', 'blåbærsyltetøj'],
  ])('make %s a word that is found as blåbærsyltetøj', (written, normal) => {
    expect(normalise(written)).toBe(normal);
    expect(words(written).map(({ folded }) => folded)).toEqual(['blabarsyltetoj']);
  });
});
