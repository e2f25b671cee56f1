import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stemTerm } from '../src/search/analyser/analyser.js';
import { words } from '../src/search/analyser/fold.js';
import { stems } from '../src/search/analyser/stem.js';
import { Highlighter } from '../src/search/highlight.js';
import { Via } from '../src/search/variants.js';
import { Language } from '../src/taxonomy/taxonomy.js';
import { Thesaurus } from '../src/thesaurus/thesaurus.js';

/** A highlighter of a search for these words, each as telling as the next. */
function searchFor(text: string, growing: string | null = null): Highlighter {
  const terms = words(text).flatMap(({ folded, normal }, word) => [folded, ...stems(normal).map(stemTerm)].map((term) => ({ term, word, via: Via.EXACT, weight: 1, admits: 1, entries: 1 })));
  return new Highlighter({ terms, words: words(text).map((word) => [word]), growing }, new Thesaurus(0, []));
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
/** What a browser shows of escaped text with marks; anything else in it is a mistake. */
function shown(html: string): string {
  const text = html.replace(/<\/?mark>/g, '');
  expect(text.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&"']/);
  return text.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
}
const marksOf = (html: string) => [...html.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, marked]) => marked);
const highlight = (search: string, text: string, title = 'Tittel') => searchFor(search).highlight({ title, text, language: Language.NB });

describe('a highlight', () => {
  it('marks the words that were searched for, also inflected, as they are written', () => {
    expect(highlight('rettighet', 'Avklar rettighetene først.').excerpt).toBe('Avklar <mark>rettighetene</mark> først.');
    expect(highlight('maalgruppe', '', 'Kjenn MÅLGRUPPE og mål').title).toBe('Kjenn <mark>MÅLGRUPPE</mark> og mål');
  });

  it('marks words that begin with what is being typed', () => {
    expect(searchFor('', 'avt').highlight({ title: 'Avtal i avtalen', text: '', language: Language.NB }).title).toBe('<mark>Avtal</mark> i <mark>avtalen</mark>');
  });

  it('escapes everything but its own marks', () => {
    const { title, excerpt } = highlight('script', `5 < 6 & "script" 'x'`, '<script>alert(1)</script>');
    expect(title).toBe('&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;');
    expect(excerpt).toBe('5 &lt; 6 &amp; &quot;<mark>script</mark>&quot; &#39;x&#39;');
  });

  it('shows the passage that holds most different words of the search', () => {
    const filler = 'Her står det noe helt annet om noe annet. '.repeat(12);
    const { excerpt } = highlight('frist kontrakt', `Fristen er kort. ${filler}Sett fristen i kontrakten. ${filler}`);
    expect(marksOf(excerpt)).toEqual(['fristen', 'kontrakten']);
    expect(excerpt).toMatch(/^… .* …$/s);
  });

  it('shows the beginning when nothing in the text was searched for', () => {
    expect(highlight('kvikkleire', 'Begynn her.').excerpt).toBe('Begynn her.');
    expect(highlight('kvikkleire', 'Begynn her. '.repeat(50)).excerpt).toMatch(/^Begynn her\. .* …$/);
  });

  const piece = fc.oneof(
    fc.constantFrom('kontrakt', 'Kontrakten', 'rett', 'og', '<script>', '&', '"', "'", '&lt;', '<mark>', '🙂', '👩‍👩‍👧', 'e\u0301', '\n', '. ', '—', '𐐀𐐁', 'x'.repeat(5_000), '&'.repeat(300), '🙂'.repeat(200), 'kontrakt '.repeat(60)),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const anyText = fc.array(piece, { maxLength: 30 }).chain((pieces) => fc.constantFrom(' ', '').map((between) => pieces.join(between)));

  it('is escaped, at most 240 characters long and a part of the text, whatever the text', () => {
    const search = searchFor('kontrakt rett', 'x');
    fc.assert(
      fc.property(anyText, (text) => {
        const { excerpt } = search.highlight({ title: '', text, language: Language.NB });
        expect(excerpt.length).toBeLessThanOrEqual(240);
        expect(excerpt.isWellFormed()).toBe(true);
        const passage = shown(excerpt);
        // An ellipsis says that there is more; the text itself may have one at the same place.
        const parts = [passage, passage.replace(/^… /, ''), passage.replace(/ …$/, ''), passage.replace(/^… /, '').replace(/ …$/, '')];
        expect(parts.some((part) => text.includes(part))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('shows the whole title, whatever the title', () => {
    const search = searchFor('kontrakt rett', 'x');
    fc.assert(fc.property(anyText, (title) => expect(shown(search.highlight({ title, text: '', language: Language.NB }).title)).toBe(title)));
  });

  it('shows something of a text without a single word or space', () => {
    for (const text of ['🙂'.repeat(400), '"'.repeat(400), 'kontrakt'.repeat(700), '\u0301'.repeat(300)]) {
      const { excerpt } = highlight('kontrakt', text);
      expect(shown(excerpt).length).toBeGreaterThan(20);
      expect(excerpt.length).toBeLessThanOrEqual(240);
    }
  });
});
