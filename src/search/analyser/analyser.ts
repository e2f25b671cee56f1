import { Language } from '../../taxonomy/taxonomy.js';
import { compoundParts } from './compounds.js';
import { spellings, type Word, words } from './fold.js';
import { remember } from './memo.js';
import { stemsIn, stemsOf } from './stem.js';

/** Raised whenever the same text would give other terms; entries remember which version made theirs. */
export const ANALYSER_VERSION = 3;

/** A word in running text adds so much to the frequency of its terms: enough that all others are whole numbers. */
export const FREQUENCY_UNIT = 20;
/** The fields that are searched, with what a word in each adds. */
export const FIELD_WEIGHTS = { title: 5 * FREQUENCY_UNIT, body: FREQUENCY_UNIT, why: FREQUENCY_UNIT, context: FREQUENCY_UNIT } as const;
export type SearchField = keyof typeof FIELD_WEIGHTS;
export const SEARCH_FIELDS = Object.keys(FIELD_WEIGHTS) as SearchField[];
export type FieldTexts = Record<SearchField, string>;
/** What a noun that is part of a compound adds of what a word of its own would. */
const PART_SHARE = 0.8;

/** From so many letters on, each beginning of a title's word is a term of its own. */
export const MIN_BEGINNING = 2;

export interface Analysis {
  /** How often each term occurs, weighted by where: {@link FIELD_WEIGHTS}. */
  readonly postings: Map<string, number>;
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
  const postings = new Map<string, number>();
  const add = (term: string, frequency: number) => postings.set(term, (postings.get(term) ?? 0) + frequency);
  const surfaces = new Map<string, string>();
  const runs: string[] = [];
  let length = 0;
  for (const field of SEARCH_FIELDS) {
    const found = words(texts[field]);
    const weight = FIELD_WEIGHTS[field];
    for (const word of found) {
      for (const spelling of spellings(word)) {
        add(spelling, weight);
        surfaces.set(spelling, word.plain);
      }
      for (const stemmed of stemsOf(word, language)) add(stemTerm(stemmed), weight);
      for (const stemmed of partStems(word, language)) add(stemTerm(stemmed), weight * PART_SHARE);
      if (field === 'title') for (const beginning of beginnings(word)) add(prefixTerm(beginning), weight);
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
