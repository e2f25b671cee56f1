import { Injectable } from '@nestjs/common';
import { MIN_BEGINNING, prefixTerm, stemTerm } from './analyser/analyser.js';
import { spellings, type Word } from './analyser/fold.js';
import { isStopword, stems } from './analyser/stem.js';
import { idf } from './bm25.js';
import { type Correction, correctionsOf } from './corrections.js';
import { Dictionary, type Lexicon } from './dictionary.js';
import type { Phrase, SearchQuery } from './query.js';

/** No query becomes more terms than this. */
const MAX_TERMS = 64;
/** An entry is a hit when the words it has say at least this share of what all words of the query say. */
const ADMITTING_SHARE = 0.18;
/** So many of the most telling words decide what is a hit; the rest only rank. Few, so that any engine can weigh all combinations. */
const DECIDING_WORDS = 8;
/** Idf and thresholds are whole thousandths of a nat where hits are decided, so that no engine rounds differently. */
const THOUSANDTHS = 1_000;
/** What a match counts for, by how the word was found. */
const WEIGHT = { exact: 1, stem: 0.85, prefix: 0.7, completion: 0.5, corrected: [0, 0.55, 0.35] } as const;

export interface WeightedTerm {
  readonly term: string;
  /** Which word of the query it stands for; of one word's terms the best counts, not their sum. */
  readonly word: number;
  /** idf of the word times what this way of finding it counts for. */
  readonly weight: number;
  /** What having the word adds towards {@link ResolvedQuery.threshold}; 0 when it only adds to the rank. */
  readonly admits: number;
  /** In how many entries it occurs. */
  readonly entries: number;
}

export interface ResolvedQuery {
  readonly terms: readonly WeightedTerm[];
  /** An entry is a hit when its words' {@link WeightedTerm.admits}, each word counted once, add up to this. */
  readonly threshold: number;
  readonly phrases: readonly Phrase[];
  readonly excludedTerms: readonly string[];
  readonly excludedPhrases: readonly Phrase[];
  /** Only exclusions were given: everything else is a hit. */
  readonly everything: boolean;
  /** Number of entries that are searched. */
  readonly entries: number;
  /** Mean number of words of an entry. */
  readonly averageLength: number;
  /** The beginning that is still being typed, folded. */
  readonly growing: string | null;
}

interface QueryWord {
  word: Word;
  growing: boolean;
  /** Only the word as written counts: it stands in a phrase. */
  literal: boolean;
  /** How much it says decides which of the other words admit entries. */
  measures: boolean;
}
type Variant = { term: string; weight: number; direct: boolean };

/** Meets a query's words with the dictionary: typing mistakes, beginnings and inflections are dealt with here, once for every engine. */
@Injectable()
export class Resolver {
  constructor(private readonly dictionary: Dictionary) {}

  /** One statement when the library knows all words, two otherwise. */
  async resolve(query: SearchQuery): Promise<ResolvedQuery> {
    const asked = wordsAsked(query);
    const growing = asked.find((each) => each.growing)?.word;
    const lexicon = await this.dictionary.lookUp({
      terms: asked.flatMap((each) => variantsOf(each, [], []).map(({ term }) => term)),
      // What a stop word may become is legion, and says as little; the titles' words that it begins are enough.
      beginnings: growing && !isStopword(growing.folded) ? spellings(growing).filter(isBeginning) : [],
      words: asked.filter(({ literal }) => !literal).map(({ word }) => spellings(word)),
    });
    const corrections = correctionsOf(lexicon);
    const corrected = [...corrections.values()].flatMap((each) => each.map(({ term }) => term));
    const inflections = await this.dictionary.entriesOf(corrected.filter((term) => !lexicon.entriesOf.has(term)));
    const terms = weigh(
      asked.map((each) => ({
        measures: each.measures,
        variants: variantsOf(each, lexicon.completions, spellings(each.word).flatMap((spelling) => corrections.get(spelling) ?? [])),
      })),
      { entries: lexicon.entries, entriesOf: new Map([...inflections, ...lexicon.entriesOf]) },
    );
    return {
      terms,
      threshold: thresholdOf(terms),
      phrases: query.phrases,
      excludedTerms: query.excludedWords.flatMap((word) => [...spellings(word), ...stems(word.normal).map(stemTerm)]),
      excludedPhrases: query.excludedPhrases,
      everything: asked.length === 0,
      entries: lexicon.entries,
      averageLength: lexicon.averageLength,
      growing: growing?.folded ?? null,
    };
  }
}

/** The words to look for: without stop words, unless there are no others. */
function wordsAsked(query: SearchQuery): QueryWord[] {
  const literals = query.phrases.flatMap(({ text }) => text.split(' '));
  const telling = query.words.filter(({ folded }) => !isStopword(folded));
  // One letter of a word to come says nothing yet.
  const saysSomething = telling.some((word) => word !== query.growing || isBeginning(word.folded));
  const free = saysSomething ? telling : literals.length > 0 ? [] : query.words;
  const seen = new Set<string>();
  // Beside a phrase, the phrase alone decides what is a hit.
  const measures = (word: Word) => literals.length === 0 && (word !== query.growing || isBeginning(word.folded));
  const asked: QueryWord[] = [
    ...literals.map((folded) => ({ word: { folded, spelt: folded, normal: folded, start: 0, end: 0 }, growing: false, literal: true, measures: false })),
    ...free.map((word) => ({ word, growing: word === query.growing, literal: false, measures: measures(word) })),
  ];
  // From the back, so that of two like words the growing one stays.
  return asked.reverse().filter(({ word }) => !seen.has(word.folded) && seen.add(word.folded)).reverse();
}

/** Whether a beginning is long enough to say which words it may become. */
function isBeginning(folded: string): boolean {
  return folded.length >= MIN_BEGINNING;
}

function variantsOf({ word, growing, literal }: QueryWord, completions: readonly string[], corrections: readonly Correction[]): Variant[] {
  const exact = spellings(word).map((term) => ({ term, weight: WEIGHT.exact, direct: true }));
  if (literal) return exact;
  const beginnings = growing ? spellings(word).filter(isBeginning) : [];
  return [
    ...exact,
    ...stems(word.normal).map((stemmed) => ({ term: stemTerm(stemmed), weight: WEIGHT.stem, direct: true })),
    ...beginnings.map((beginning) => ({ term: prefixTerm(beginning), weight: WEIGHT.prefix, direct: false })),
    ...(growing ? completions.map((term) => ({ term, weight: WEIGHT.completion, direct: false })) : []),
    ...corrections.map(({ term, distance }) => ({ term, weight: WEIGHT.corrected[distance], direct: false })),
  ];
}

/** Gives all variants of a word the word's idf, most telling words first, and cuts to {@link MAX_TERMS}. */
function weigh(words: readonly { variants: Variant[]; measures: boolean }[], lexicon: Pick<Lexicon, 'entries' | 'entriesOf'>): WeightedTerm[] {
  const known = words
    .map(({ variants, measures }, word) => {
      const found = variants.filter(({ term }) => lexicon.entriesOf.has(term));
      const telling = found.some(({ direct }) => direct) ? found.filter(({ direct }) => direct) : found;
      const entries = Math.max(0, ...telling.map(({ term }) => lexicon.entriesOf.get(term) ?? 0));
      return { word, found, measures, idf: idf(entries, lexicon.entries) };
    })
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => b.idf - a.idf);
  const best = new Map<string, WeightedTerm>();
  let deciding = DECIDING_WORDS;
  for (const { word, found, measures, idf: ofWord } of known) {
    const admits = measures && deciding-- > 0 ? Math.max(1, Math.round(ofWord * THOUSANDTHS)) : 0;
    for (const { term, weight } of found.sort((a, b) => b.weight - a.weight)) {
      const key = `${word} ${term}`;
      if (best.size < MAX_TERMS && !best.has(key)) best.set(key, { term, word, weight: weight * ofWord, admits, entries: lexicon.entriesOf.get(term) ?? 0 });
    }
  }
  return [...best.values()];
}

function thresholdOf(terms: readonly WeightedTerm[]): number {
  const ofWord = new Map(terms.map(({ word, admits }) => [word, admits]));
  return Math.ceil(ADMITTING_SHARE * [...ofWord.values()].reduce((sum, admits) => sum + admits, 0));
}
