import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { words } from '../src/search/analyser/fold.js';
import { plainText } from '../src/search/plain-text.js';
import { isBlank, parseQuery } from '../src/search/query.js';

/** A query in short: what it looks for and what it leaves out. */
function read(text: string) {
  const query = parseQuery(text);
  const folded = (found: readonly { folded: string }[]) => found.map((word) => word.folded).join(' ');
  const phrases = (found: typeof query.phrases) => found.map((phrase) => phrase.text + (phrase.open ? '…' : ''));
  return {
    words: folded(query.words),
    phrases: phrases(query.phrases),
    not: [folded(query.excludedWords), ...phrases(query.excludedPhrases)].filter(Boolean),
    growing: query.growing?.folded ?? null,
  };
}

describe('reading a query', () => {
  it.each([
    ['Fælles behov', { words: 'falles behov', phrases: [], not: [], growing: 'behov' }],
    ['fælles behov ', { words: 'falles behov', phrases: [], not: [], growing: null }],
    ['fælles behov?', { words: 'falles behov', phrases: [], not: [], growing: 'behov' }],
    ['offentlig-privat', { words: 'offentlig privat', phrases: [], not: [], growing: 'privat' }],
    ['købs- og salgsret', { words: 'kobs og salgsret', phrases: [], not: [], growing: 'salgsret' }],
    ['data -pris', { words: 'data', phrases: [], not: ['pris'], growing: null }],
    ['-pris data', { words: 'data', phrases: [], not: ['pris'], growing: 'data' }],
    ['data - pris', { words: 'data pris', phrases: [], not: [], growing: 'pris' }],
    ['"fælles behov"', { words: '', phrases: ['falles behov'], not: [], growing: null }],
    ['"fælles, behov!" data', { words: 'data', phrases: ['falles behov'], not: [], growing: 'data' }],
    ['data "fælles beh', { words: 'data', phrases: ['falles beh…'], not: [], growing: null }],
    ['data "fæl', { words: 'data fal', phrases: [], not: [], growing: 'fal' }],
    ['-"fælles behov" data', { words: 'data', phrases: [], not: ['falles behov'], growing: 'data' }],
    ['a"b c"d', { words: 'a d', phrases: ['b c'], not: [], growing: 'd' }],
    ['“fælles behov” data', { words: 'data', phrases: ['falles behov'], not: [], growing: 'data' }],
    ['»fælles behov« -„i dag“', { words: '', phrases: ['falles behov'], not: ['i dag'], growing: null }],
    ['data «fælles beh', { words: 'data', phrases: ['falles beh…'], not: [], growing: null }],
    ['"" data', { words: 'data', phrases: [], not: [], growing: 'data' }],
    ['-', { words: '', phrases: [], not: [], growing: null }],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['', '   ', '?!…', '-', '""', '-""', '"', '– « »', '🙂'])('finds nothing to search for in %j', (text) => {
    expect(isBlank(parseQuery(text))).toBe(true);
  });

  it('reads whatever is typed, and loses no word', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: fc.constantFrom(...'ab"«“„- ,æ%_\\|~^𝒳'), maxLength: 300 }));
    fc.assert(
      fc.property(typed, (text) => {
        const { words: plain, phrases, excludedWords, excludedPhrases } = parseQuery(text);
        const inPhrases = [...phrases, ...excludedPhrases].flatMap((phrase) => phrase.text.split(' '));
        const kept = [...plain, ...excludedWords].map(({ folded }) => folded);
        expect([...kept, ...inPhrases].sort()).toEqual(words(text).map(({ folded }) => folded).sort());
      }),
    );
  });
});

describe('the plain text of Markdown', () => {
  it.each([
    ['# Én *ting* ad __gangen__', 'Én ting ad gangen'],
    ['Tal først\n\nSkriv så', 'Tal først\nSkriv så'],
    ['- et\n- to\n  1. tre', 'et\nto\ntre'],
    ['- [x] gjort\n- [ ] venter', 'gjort\nventer'],
    ['> citat\n>\n> mere', 'citat\nmere'],
    ['| a | b |\n|---|---|\n| **c** | [d](http://x.dk) |', 'a b\nc d'],
    ['Se [aftalen](http://x.dk "titel") og ![et billede](b.png)', 'Se aftalen og et billede'],
    ['`kode` og ~~streg~~', 'kode og streg'],
    ['```js\nlet a;\n```', 'let a;'],
    ['to  \nlinjer', 'to\nlinjer'],
    ['\\*ikke fed\\*', '*ikke fed*'],
    ['[nr]\n\n[nr]: http://x.dk', 'nr'],
    ['***', ''],
    ['Fri &amp; &aring;ben &#39;data&#39;, 5 &lt; 6 &nbsp;& mere', "Fri & åben 'data', 5 < 6 \u00a0& mere"],
    ['`&amp;` er kode', '&amp; er kode'],
  ])('of %j is %j', (markdown, expected) => {
    expect(plainText(markdown)).toBe(expected);
  });

  it.each(['En <b>vigtig</b> ting', '<div>\nEn vigtig ting\n</div>', '<p class="x">En vigtig</p>\n\nting', 'En <!-- skjult --> vigtig ting'])('keeps the words of %j, without its tags', (markdown) => {
    expect(words(plainText(markdown)).map(({ folded }) => folded)).toEqual(['en', 'vigtig', 'ting']);
  });

  it('is found whatever is written, nested however deep', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab *_`>-#[]()!|\n<~&1.'), maxLength: 300 }), (markdown) => typeof plainText(markdown) === 'string'));
    for (const mark of ['>', '- ', '1) ', '[', '*a ']) expect(plainText(`${mark.repeat(6_000)} dybt`)).toContain('dybt');
  });
});
