import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MASK, masked } from '../src/questions/mask.js';
import { words } from '../src/search/analyser/fold.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const before = fc.constantFrom('', 'ring ', 'CPR', 'mit nummer er ', 'født 1980, tlf. ', '(', '"', 'hvem er ', 'nr.');
const after = fc.constantFrom('', ' om tilbudet', '.', ')', '"', ' i 2024', '?', 'x');

/** Cuts digits in groups of these sizes. */
const grouped = (number: string, sizes: readonly number[], between: string) => {
  let at = 0;
  return sizes.map((size) => number.slice(at, (at += size))).join(between);
};
const between = fc.constantFrom(' ', ' ', '.', ' ', '/');
const cpr = fc.tuple(digits(6), digits(4), fc.constantFrom('', '-', ' ', ' - ', '–')).map(([date, rest, mark]) => date + mark + rest);
const fnr = fc.tuple(digits(11), fc.constantFrom([11], [6, 5], [6, 2, 3], [2, 2, 2, 5], [2, 2, 2, 3, 2]), between).map(([number, sizes, mark]) => grouped(number, sizes, mark));
const phone = fc
  .tuple(fc.constantFrom('', '+45', '+45 ', '+47', '+47 ', '0047 ', '(+45) '), digits(8), fc.constantFrom([8], [2, 2, 2, 2], [3, 2, 3], [4, 4], [2, 3, 3]), fc.constantFrom(' ', ' ', '.'))
  .map(([country, number, sizes, mark]) => country + grouped(number, sizes, mark));
const email = fc.oneof(fc.emailAddress(), fc.tuple(fc.stringMatching(/^[a-zæøå0-9._+-]{1,20}$/u), fc.constantFrom('@', ' @ ', '(at)', ' [at] ', '＠')).map(([name, at]) => `${name}${at}eksempel.dk`));

describe('a masked text', () => {
  it.each([
    ['hvem eier 010190-1234', `hvem eier ${MASK}`],
    ['0101901234 rettigheder', `${MASK} rettigheder`],
    ['010190 12345', MASK],
    ['D-nummer 41019012345', `D-nummer ${MASK}`],
    ['ring +45 12 34 56 78 nu', `ring ${MASK} nu`],
    ['tlf 412 34 567', `tlf ${MASK}`],
    ['１２３４５６７８', MASK],
    ['skriv til kari.nordmann@example.no om anbud', `skriv til ${MASK} om anbud`],
    ['kari (at) example.no', MASK],
  ])('%j is %j', (text, mask) => {
    expect(masked(text)).toBe(mask);
  });

  it.each(['2024', '1000', 'budget 1000 kr', '2020-2024', 'lov nr. 73 av 2016', 'fra 2019 til 2024', '1.000.000 kr', '500 000', 'TRL 4-7', '§ 26-5', 'fase 2, 3 og 4', 'offentlig-privat "åpne bøker" -pris'])(
    '%j stays as it is',
    (text) => {
      expect(masked(text)).toBe(text);
    },
  );

  it('has no digit of a CPR number, fødselsnummer or phone number left, wherever it stands', () => {
    fc.assert(
      fc.property(before, fc.oneof(cpr, fnr, phone), after, (start, number, end) => {
        const text = masked(start + number + end);
        expect(text).toContain(MASK);
        expect(text.replace('1980', '').replace('2024', '')).not.toMatch(/\p{N}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has no e-mail address left, nor a word of one', () => {
    fc.assert(
      fc.property(email, fc.constantFrom('', 'skriv til ', 'mailto:'), (address, start) => {
        const text = masked(`${start}${address} nå`);
        expect(text).not.toContain('@');
        expect(text.endsWith(`${MASK} nå`)).toBe(true);
        expect(words(text).map(({ plain }) => plain)).toEqual([...(start === 'skriv til ' ? ['skriv', 'til'] : []), 'nå']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has eight digits nowhere near each other but in years, whatever was typed; masked again it is the same', () => {
    const typed = fc.array(fc.oneof(fc.constantFrom(' ', '-', '.', 'a', '@', '+', '20', '19', '(', '  '), digits(1), digits(3), fc.string({ unit: 'grapheme' })), { maxLength: 60 });
    fc.assert(
      fc.property(typed, (parts) => {
        const text = masked(parts.join(''));
        const long = text.match(/\p{N}(?:[^\p{L}\p{N}]{0,3}\p{N}){7,}/gu) ?? [];
        for (const number of long) expect(number).toMatch(/^(?:(?:19|20)\d\d\D{0,3})+$/);
        expect(masked(text)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is quickly made of the worst that can be typed', () => {
    const worst = ['1 '.repeat(150), '@'.repeat(300), `${'a'.repeat(299)}@`, 'ﷺ'.repeat(300), '1234567 x'.repeat(33), ' @'.repeat(150)];
    const start = performance.now();
    for (const text of worst) masked(text);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
