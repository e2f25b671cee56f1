import { compoundParts } from '../search/analyser/compounds.js';
import { type Forms, words as wordsIn } from '../search/analyser/fold.js';
import { LANGUAGES, type Thesaurus } from './thesaurus.js';

/** A concept that words lead to. */
export interface Expansion {
  readonly concept: string;
  /** Whether the words name it, rather than a neighbour of it. */
  readonly named: boolean;
  /** From 0 to 1: how near it is to what the words say. */
  readonly nearness: number;
  /** Which words. */
  readonly words: readonly number[];
}

/** How near; measured (docs/search.md). */
const NEARNESS = { named: 1, within: 0.6, part: 0.6, neighbour: 0.24 } as const;
/** A concept with more narrower ones is a theme; who names it does not mean each of them. */
const MAX_NARROWER = 12;

/** The concepts that words name together, alone, within a longer name, or as a part of a compound; and those next to them: narrower, broader and related. */
export function expansionsOf(words: readonly Forms[], thesaurus: Thesaurus): Expansion[] {
  const expansions = new Map<string, Expansion>();
  const add = (concept: string, expansion: Omit<Expansion, 'concept'>) => {
    if (expansion.nearness > (expansions.get(concept)?.nearness ?? 0)) expansions.set(concept, { concept, ...expansion });
  };
  const covered = new Set<number>();
  const matches = thesaurus.labels.find(words, LANGUAGES);
  for (const { concept, start, end } of matches) {
    const range = Array.from({ length: end - start }, (_, offset) => start + offset);
    for (const word of range) covered.add(word);
    // "innovation" of "innovation procurement" is less what the reader has in mind.
    const within = matches.some((longer) => longer.start <= start && end <= longer.end && longer.end - longer.start > end - start);
    add(concept, { named: true, nearness: within ? NEARNESS.within : NEARNESS.named, words: range });
  }
  words.forEach(({ normal }, index) => {
    if (covered.has(index)) return;
    for (const part of compoundParts(normal))
      for (const { concept } of thesaurus.labels.find(wordsIn(part), LANGUAGES)) add(concept, { named: true, nearness: NEARNESS.part, words: [index] });
  });
  for (const { concept, nearness, words: from } of [...expansions.values()]) {
    const narrower = thesaurus.narrower(concept);
    const neighbours = [...(narrower.length <= MAX_NARROWER ? narrower : []), ...(thesaurus.bySlug.get(concept)?.broader ?? []), ...thesaurus.related(concept)];
    for (const neighbour of neighbours) add(neighbour, { named: false, nearness: nearness * NEARNESS.neighbour, words: from });
  }
  return [...expansions.values()];
}
