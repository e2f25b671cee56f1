import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { analyse, FIELD_WEIGHTS, type FieldTexts, isWordTerm, letterMask, SEARCH_FIELDS } from '../src/search/analyser/analyser.js';
import { fold, normalise, spellings, words } from '../src/search/analyser/fold.js';
import { isStopword, stems, stemsIn } from '../src/search/analyser/stem.js';
import { Language } from '../src/taxonomy/taxonomy.js';

const folded = (text: string) => words(text).map((word) => word.folded);
/** Any text at all, and text of the letters that folding is about. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...'aeoæøåäöéÅ \u030a\u0308-ßþ𐐨𝒳½ﷺIİ1'), maxLength: 80 }),
);

describe('folding', () => {
  it.each([
    ['Ærø Å', ['aro', 'a']],
    ['behovsavklæring behovsavklaering', ['behovsavklaring', 'behovsavklaring']],
    ['prøve proeve prove pröve', ['prove', 'prove', 'prove', 'prove']],
    ['få faa fa fä', ['fa', 'fa', 'fa', 'fa']],
    ['på pa\u030a', ['pa', 'pa']],
    ['idé IDÉ ide\u0301', ['ide', 'ide', 'ide']],
    ['Straße', ['strasse']],
    ['Þórður', ['thordur']],
    ['ＯＰＩ ﬁrma', ['opi', 'firma']],
    ['offentlig-privat (OPI), §12 stk.3', ['offentlig', 'privat', 'opi', '12', 'stk', '3']],
    ['½ ⑴', ['12', '1']],
    ['gående gaaende', ['gaende', 'gaende']],
    ['«…» – 🙂', []],
  ])('reads %j as %j', (text, expected) => {
    expect(folded(text)).toEqual(expected);
  });

  it('says where in the text each word stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = words(text);
        for (const { start, end, normal, folded: base } of found) {
          expect(normalise(text.slice(start, end))).toBe(normal);
          expect(fold(normal)).toBe(base);
        }
        expect(found.every(({ start }, index) => start >= (found[index - 1]?.end ?? 0))).toBe(true);
      }),
    );
  });

  it('gives words of letters and digits only, which every database can store', () => {
    fc.assert(fc.property(anyText, (text) => folded(text).every((word) => /^[\p{L}\p{N}]+$/u.test(word) && word.isWellFormed())));
    expect(folded(`a${'𐐨'.repeat(40)}`).every((word) => word.isWellFormed())).toBe(true);
  });

  it('gives the same words for composed and decomposed letters', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'abeoæøåäöéÅüñ -'), maxLength: 60 }), (text) => expect(folded(text.normalize('NFD'))).toEqual(folded(text.normalize('NFC')))));
  });

  it('folds the beginning of a word to the beginning of the folded word', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aeoæøåäörst'), minLength: 1, maxLength: 20 }), fc.nat(20), (word, size) => {
        const [beginning = ''] = folded(word.slice(0, size));
        expect(folded(word)[0]?.startsWith(beginning)).toBe(true);
      }),
    );
  });
});

describe('the spellings of a word', () => {
  it.each([
    ['havet', [['havet']]],
    ['hvaet', [['hvat', 'hvaet']]],
    ['gående gaende', [['gaende'], ['gande', 'gaende']]],
    ['Aalborg', [['alborg', 'aalborg']]],
  ])('of %j are its Scandinavian letters, and its letters one by one where they differ', (text, expected) => {
    expect(words(text).map(spellings)).toEqual(expected);
  });
});

describe('stems', () => {
  const share = (one: string, other: string) => stems(normalise(one)).some((stemmed) => stems(normalise(other)).includes(stemmed));

  it.each([
    ['rettighed', 'rettigheder'],
    ['rettigheder', 'rettighederne'],
    ['anskaffelse', 'anskaffelser'],
    ['anskaffelser', 'anskaffelsen'],
    ['kontrakt', 'kontrakter'],
    ['avtale', 'avtaler'],
    ['leverandør', 'leverandørene'],
    ['leverandør', 'leverandoerer'],
    ['contract', 'contracts'],
    ['procurement', 'procurements'],
    ['testing', 'tested'],
  ])('bring %s and %s together', (one, other) => {
    expect(share(one, other)).toBe(true);
  });

  it.each([
    ['aftale', 'afprøve'],
    ['behov', 'brug'],
    ['pris', 'prøve'],
  ])('keep %s and %s apart', (one, other) => {
    expect(share(one, other)).toBe(false);
  });

  it('of a word in a text are among its stems in a query, whose language nobody knows', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abdeghiklnorstuvæøå'), minLength: 1, maxLength: 16 }), fc.constantFrom(...Object.values(Language)), (word, language) => {
        const asked = stems(normalise(word));
        expect(stemsIn(normalise(word), language).every((stemmed) => asked.includes(stemmed))).toBe(true);
      }),
    );
  });

  it('leave out no word as too common that says something', () => {
    expect(['og', 'ikkje', 'hvem', 'the', 'på', 'hvordan'].map((word) => isStopword(fold(normalise(word))))).toEqual(Array(6).fill(true));
    expect(['rettigheder', 'behov', 'pris', 'data', 'opi'].map(isStopword)).toEqual(Array(5).fill(false));
  });
});

describe('the analysis of an entry', () => {
  const anyTexts: fc.Arbitrary<FieldTexts> = fc.record({ title: anyText, body: anyText, why: anyText, context: anyText });
  const anyLanguage = fc.constantFrom(...Object.values(Language));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

  it('is the same each time', () => {
    fc.assert(fc.property(anyTexts, anyLanguage, (texts, language) => expect(analyse(texts, language)).toEqual(analyse(texts, language))));
  });

  it('counts every word of every field once, in each of its spellings, for what the field says', () => {
    fc.assert(
      fc.property(anyTexts, anyLanguage, (texts, language) => {
        const { postings, length } = analyse(texts, language);
        const ofWords = [...postings].filter(([term]) => isWordTerm(term)).map(([, frequency]) => frequency);
        expect(sum(ofWords)).toBe(sum(SEARCH_FIELDS.map((field) => words(texts[field]).flatMap(spellings).length * FIELD_WEIGHTS[field])));
        expect(length).toBe(sum(SEARCH_FIELDS.map((field) => words(texts[field]).length)));
      }),
    );
  });

  it('keeps the order of words, with fields apart, and gives terms that every database keeps apart', () => {
    fc.assert(
      fc.property(anyTexts, anyLanguage, (texts, language) => {
        const { postings, words: run } = analyse(texts, language);
        expect(run).toBe(` ${SEARCH_FIELDS.map((field) => folded(texts[field]).join(' ')).join(' | ')} `);
        expect([...postings.keys()].every((term) => term.isWellFormed() && !term.includes('\0'))).toBe(true);
      }),
    );
    // Letters outside the basic plane: halves of them would all be stored as the same term.
    const { postings } = analyse({ title: '𐐨𐐨 𐐨𝼀', body: '', why: '', context: '' }, 'EN' as Language);
    expect([...postings.keys()].every((term) => term.isWellFormed())).toBe(true);
  });

  it('marks the letters of a word, of which one edit adds one and removes one at most', () => {
    const letter = fc.constantFrom(...'abcxyz019ß中');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), fc.nat(11), letter, (word, at, other) => {
        const edited = word.with(at % word.length, other);
        const [before, after] = [letterMask(word.join('')), letterMask(edited.join(''))];
        const bits = (mask: number) => [...mask.toString(2)].filter((bit) => bit === '1').length;
        expect(before >= 0 && bits(before & ~after) <= 1 && bits(after & ~before) <= 1).toBe(true);
      }),
    );
  });
});
