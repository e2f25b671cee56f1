import { Language } from '../../taxonomy/taxonomy.js';
import { compoundParts } from './compounds.js';
import { spellings, type Word, words } from './fold.js';
import { remember } from './memo.js';
import { stemsIn, stemsOf } from './stem.js';

/** Raised whenever the same text would give other terms; entries remember which version made theirs. */
export const ANALYSER_VERSION = 3;

/** The fields that are searched, with what a word in each counts for. */
const TEXT_WEIGHTS = { title: 5, body: 1, why: 1, context: 1 } as const;
export type SearchField = keyof typeof TEXT_WEIGHTS;
export const SEARCH_FIELDS = Object.keys(TEXT_WEIGHTS) as SearchField[];
export type FieldTexts = Record<SearchField, string>;
/** The same, and what a noun counts for that is part of a compound, times the weight of the field it stands in. */
export const FREQUENCY_WEIGHTS = { ...TEXT_WEIGHTS, compound: 0.65 };
export type Frequencies = Record<keyof typeof FREQUENCY_WEIGHTS, number>;

/** From so many letters on, each beginning of a title's word is a term of its own. */
export const MIN_BEGINNING = 2;

export interface Analysis {
  /** How often each term occurs, a field. */
  readonly postings: Map<string, Frequencies>;
  /** Number of words. */
  readonly length: number;
  /** How each word is written, by its term. */
  readonly surfaces: ReadonlyMap<string, string>;
  /** All words, folded, as " a b | c " with fields apart: what phrases are looked for in. */
  readonly words: string;
}

export const stemTerm = (stemmed: string) => `~${stemmed}`;
export const prefixTerm = (beginning: string) => `^${beginning}`;
export const conceptTerm = (slug: string) => `#${slug}`;
/** The concepts among terms, by their slugs. */
export const slugsIn = (terms: Iterable<string>) => [...terms].filter((term) => term.startsWith(conceptTerm(''))).map((term) => term.slice(1));
/** Whether a term is a word as written, rather than something derived from one. */
export const isWordTerm = (term: string) => !/^[~^#]/.test(term);

/** The terms of an entry: each word as written (both ways, where ae may be æ), its stems, and the beginnings of title words. */
export function analyse(texts: FieldTexts, language: Language): Analysis {
  const postings = new Map<string, Frequencies>();
  const add = (term: string, frequency: keyof Frequencies, by = 1) => {
    let frequencies = postings.get(term);
    if (!frequencies) postings.set(term, (frequencies = { title: 0, body: 0, why: 0, context: 0, compound: 0 }));
    frequencies[frequency] += by;
  };
  const surfaces = new Map<string, string>();
  const runs: string[] = [];
  let length = 0;
  for (const field of SEARCH_FIELDS) {
    const found = words(texts[field]);
    for (const word of found) {
      for (const spelling of spellings(word)) {
        add(spelling, field);
        surfaces.set(spelling, word.plain);
      }
      for (const stemmed of stemsOf(word, language)) add(stemTerm(stemmed), field);
      for (const stemmed of partStems(word, language)) add(stemTerm(stemmed), 'compound', TEXT_WEIGHTS[field]);
      if (field === 'title') for (const beginning of beginnings(word)) add(prefixTerm(beginning), field);
    }
    length += found.length;
    runs.push(found.map(({ folded }) => folded).join(' '));
  }
  return { postings, surfaces, length, words: ` ${runs.join(' | ')} ` };
}

/** The stems of the nouns that a compound is made of. English has none that are written as one word. */
export function partStems({ plain }: Word, language: Language): readonly string[] {
  return language === Language.EN ? [] : scandinavianPartStems(plain);
}

const scandinavianPartStems = remember((plain): readonly string[] =>
  words(plain).flatMap((word) => {
    const whole = stemsOf(word, Language.DA);
    return [...new Set(compoundParts(word.normal).flatMap((part) => stemsIn(part, Language.DA)))].filter((stemmed) => !whole.includes(stemmed));
  }),
);

function beginnings({ folded }: Word): string[] {
  const letters = [...folded];
  return letters.slice(MIN_BEGINNING - 1).map((_, index) => letters.slice(0, index + MIN_BEGINNING).join(''));
}

/** Which letters a folded word has, one bit each of a 31-bit number: one edit changes at most two bits. */
export function letterMask(folded: string): number {
  let mask = 0;
  for (const letter of folded) {
    const code = letter.codePointAt(0) ?? 0;
    const bit = code >= 97 && code <= 122 ? code - 97 : 26 + (code % 5);
    mask |= 1 << bit;
  }
  return mask;
}

/** Number of characters as readers count them, not UTF-16 units. */
export function sizeOf(folded: string): number {
  return [...folded].length;
}
