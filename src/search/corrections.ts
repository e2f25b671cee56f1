import { sizeOf, stemTerm } from './analyser/analyser.js';
import { stems } from './analyser/stem.js';
import type { Lexicon } from './dictionary.js';
import { editDistance } from './edit-distance.js';

/** Inflections are followed only from this many of the likeliest corrections of a word. */
const FOLLOWED = 3;

export interface Correction {
  readonly term: string;
  /** How it is written; null for a stem. */
  readonly surface: string | null;
  /** Edits away from what was typed. */
  readonly distance: 1 | 2;
}

/**
 * Words of the library that unknown words may have been meant as: one edit away when the library's word has four
 * letters or more, two when it has eight; nearest first, and the more common first. After the words come the stems
 * of the likeliest, which lead to their inflections; not all of them need be in the library.
 */
export function correctionsOf({ near, entriesOf }: Pick<Lexicon, 'near' | 'entriesOf'>): Map<string, readonly Correction[]> {
  const corrections = new Map<string, readonly Correction[]>();
  const entries = (term: string) => entriesOf.get(term) ?? 0;
  for (const word of new Set(near.map((each) => each.word))) {
    const meant = near
      .filter((each) => each.word === word)
      .map(({ term, surface }) => ({ term, surface, distance: editDistance(word, term) }))
      .filter((each): each is Correction => each.distance === 1 || (each.distance === 2 && sizeOf(each.term) >= 8))
      .sort((a, b) => a.distance - b.distance || entries(b.term) - entries(a.term) || (a.term < b.term ? -1 : 1));
    const inflected = meant.slice(0, FOLLOWED).flatMap(({ term, distance }) => stems(term).map((stemmed) => ({ term: stemTerm(stemmed), surface: null, distance })));
    corrections.set(word, [...meant, ...inflected]);
  }
  return corrections;
}
