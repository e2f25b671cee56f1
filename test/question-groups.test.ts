import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupOf, isWeak, labelOf } from '../src/questions/group.js';
import { Via } from '../src/search/variants.js';
import { Language } from '../src/taxonomy/taxonomy.js';
import { type ConceptContent, Thesaurus } from '../src/thesaurus/thesaurus.js';
import { readThesaurus } from '../src/transfer/thesaurus-file.js';

const folder = 'library/thesaurus';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
const concepts = readThesaurus(files) as Map<string, ConceptContent>;
const thesaurus = new Thesaurus(1, [...concepts].map(([slug, content]) => ({ ...content, slug, uuid: slug, version: 1 })));

describe('a question', () => {
  const keyOf = (text: string, known: string[] = []) => groupOf(text, new Set(known), thesaurus)?.terms ?? [];

  it.each([
    ['in any order', 'skyggetaksering harper', 'harper skyggetaksering'],
    ['in any form', 'harper ved skyggetakseringen', 'harperne og skyggetaksering'],
    ['in any form of English', 'blockchain policies', 'a policy for blockchains'],
    ['in Danish and Norwegian', 'kvikkleire og immaterielle rettigheder', 'immaterielle rettigheter i kvikkleiren'],
    ['in Danish and English', 'velfærdsteknologi', 'welfare technologies'],
    ['in quotation marks', '"harper" skyggetaksering', 'skyggetaksering harper'],
    ['without what it excludes', 'harper -helikopter -"fly og tog"', 'harper'],
  ])('is one: %s', (_, one, other) => {
    expect(keyOf(one)).toEqual(keyOf(other));
    expect(keyOf(one).length).toBeGreaterThan(0);
  });

  it('does not depend on the order of words', () => {
    const word = fc.constantFrom('harpe', 'skyggetaksering', 'kvikkleire', 'budget', 'velfærdsteknologi', 'anbud', 'og', 'xyzzyx', '2024');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.nat(), (asked, by) => {
        // Next to each other, words may name a concept that none of them names.
        const turned = asked.map((each) => `${each} |`);
        const cut = by % (asked.length + 1);
        expect(keyOf([...turned.slice(cut), ...turned.slice(0, cut)].join(' '))).toEqual(keyOf(turned.join(' ')));
      }),
    );
  });

  it('has the same concepts in every language', () => {
    const apart = thesaurus.concepts.filter(({ names }) => new Set(Object.values(Language).map((language) => keyOf(names[language].preferred).join(' '))).size > 1);
    // What one language has one word for, another has two.
    expect(apart.length).toBeLessThanOrEqual(thesaurus.concepts.length / 50);
  });

  it('is what the library lacks, where it lacks something', () => {
    expect(keyOf('kaffe til harperne', ['kaffe'])).toEqual(keyOf('harpe'));
    expect(keyOf('zebra xyzzyx', ['zebra', 'xyzzyx'])).toEqual(['~xyzzyx', '~zebra']);
    expect(groupOf('og i -alt', new Set(), thesaurus)).toBeNull();
  });

  it('is called by its concepts in any language, and by its words', () => {
    const group = groupOf('harperne og velfærdsteknologi', new Set(), thesaurus);
    const labels = [Language.DA, Language.EN].map((language) => (group ? labelOf(group, language, thesaurus) : ''));
    expect(labels).toEqual(['velfærdsteknologi, harpe', 'welfare technology, harpe']);
  });

  it('was answered weakly by fewer than three entries, by guessing only, or by none with one of its nouns', () => {
    const by = (...vias: Via[]) => ({ terms: vias.map((via) => ({ term: '', word: 0, via, weight: 1, admits: 1, entries: 9 })) });
    const weak = (total: number, query: ReturnType<typeof by>, isMissing = false) => isWeak(total, query, { isMissing });
    expect([weak(0, by()), weak(2, by(Via.EXACT)), weak(9, by(Via.TYPO, Via.RELATED)), weak(9, by(Via.EXACT), true)]).toEqual([true, true, true, true]);
    expect([weak(3, by(Via.EXACT)), weak(9, by(Via.TYPO, Via.STEM)), weak(3, by(Via.CONCEPT))]).toEqual([false, false, false]);
    const missing = (text: string) => groupOf(text, new Set(['kaffe']), thesaurus)?.isMissing;
    expect([missing('kaffe til harperne'), missing('kaffe til hrprne'), missing('kaffe')]).toEqual([true, false, false]);
  });
});
