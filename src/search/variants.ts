import { Language } from '../taxonomy/taxonomy.js';
import { expansionsOf } from '../thesaurus/expansion.js';
import type { Thesaurus } from '../thesaurus/thesaurus.js';
import { conceptTerm, MIN_BEGINNING, partStems, prefixTerm, stemTerm } from './analyser/analyser.js';
import { spellings, type Word } from './analyser/fold.js';
import { stems, stemsIn, stemsOf } from './analyser/stem.js';
import type { Correction } from './corrections.js';

/** How a word of the query leads to a term of an entry. */
export enum Via {
  EXACT = 'EXACT',
  STEM = 'STEM',
  COMPOUND = 'COMPOUND',
  CONCEPT = 'CONCEPT',
  RELATED = 'RELATED',
  TYPO = 'TYPO',
  PREFIX = 'PREFIX',
}

/** One term by which a word of the query is looked for. */
export interface Variant {
  readonly term: string;
  readonly via: Via;
  /** What a match counts for: 1 for the word itself; a concept counts besides the word. */
  readonly weight: number;
}

/** What a match counts for, by how the word was found; measured (docs/search.md). */
const WEIGHT = { exact: 1, stem: 0.85, prefix: 0.7, joined: 0.6, completion: 0.5, part: 0.5, concept: 1.7, corrected: [0, 0.6, 0.4], onlyCorrection: [0, 0.8, 0.6] } as const;
/** Shorter words joined with a neighbour would be found in words that have nothing to do with either. */
const SHORTEST_JOINED = 3;
const LINKS = ['', 's', 'e'];

/** Whether a beginning is long enough to say which words it may become. */
export function isBeginning(folded: string): boolean {
  return folded.length >= MIN_BEGINNING;
}

/** Only the word as written: it stands in a phrase. */
export function literalVariants(word: Word): Variant[] {
  return spellings(word).map((term) => ({ term, via: Via.EXACT, weight: WEIGHT.exact }));
}

/** The word itself, its stems in every language, and the nouns that it is made of. */
export function ownVariants(word: Word): Variant[] {
  return [
    ...literalVariants(word),
    ...stemsOf(word).map((stemmed) => ({ term: stemTerm(stemmed), via: Via.STEM, weight: WEIGHT.stem })),
    ...partVariants(word),
  ];
}

/** The nouns that a word is made of. They stand for it where it is missing, and each counts beside it: who has both parts has nearly the word. */
export function partVariants(word: Word): Variant[] {
  return partStems(word, Language.DA).map((stemmed) => ({ term: stemTerm(stemmed), via: Via.COMPOUND, weight: WEIGHT.part }));
}

/** Compounds that two neighbouring words would make: "leverandør dialog" is also looked for as leverandørdialog. */
export function joinedVariants(first: Word, second: Word): Variant[] {
  if (Math.min(first.normal.length, second.normal.length) < SHORTEST_JOINED) return [];
  const joined = new Set(LINKS.flatMap((link) => stemsIn(first.normal + link + second.normal, Language.DA)));
  return [...joined].map((stemmed) => ({ term: stemTerm(stemmed), via: Via.COMPOUND, weight: WEIGHT.joined }));
}

/** The titles' words that a word still being typed begins. */
export function beginningVariants(word: Word): Variant[] {
  return spellings(word).filter(isBeginning).map((beginning) => ({ term: prefixTerm(beginning), via: Via.PREFIX, weight: WEIGHT.prefix }));
}

/** Words of the library that it may become. */
export function completionVariants(completions: readonly string[]): Variant[] {
  return completions.map((term) => ({ term, via: Via.PREFIX, weight: WEIGHT.completion }));
}

/** What the words count for that a word may have been meant as: more when there is only one. */
export function correctedVariants(corrections: readonly Correction[]): Variant[] {
  return corrections.map((correction) => ({ term: correction.term, via: Via.TYPO, weight: trustIn(correction, corrections) }));
}

/** How far to believe that the likeliest correction is what was meant. */
export function trustIn({ distance }: Correction, corrections: readonly Correction[]): number {
  const likely = corrections.filter((each) => each.surface !== null && each.distance === distance);
  const meanings = new Set(likely.map(({ term }) => stems(term)[0]));
  return (meanings.size <= 1 ? WEIGHT.onlyCorrection : WEIGHT.corrected)[distance];
}

/** A concept as one more thing that an entry may be about; `words` are those that led to it. */
export interface ConceptGroup {
  readonly words: readonly number[];
  /** From 0 to 1: how much of what the concept says the words say. */
  readonly nearness: number;
  readonly variant: Variant;
}

/** Concepts that words of the query name, and their neighbours. */
export function conceptGroups(words: readonly Word[], thesaurus: Thesaurus): ConceptGroup[] {
  return expansionsOf(words, thesaurus).map(({ concept, named, nearness, words: from }) => ({
    words: from,
    nearness,
    variant: { term: conceptTerm(concept), via: named ? Via.CONCEPT : Via.RELATED, weight: WEIGHT.concept * nearness },
  }));
}
