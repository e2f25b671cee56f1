import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PREFIX_LETTERS, prefixTerm, stemTerm } from './analyser/analyser.js';
import { spellings, type Word } from './analyser/fold.js';
import { isStopword, stems } from './analyser/stem.js';
import { idf } from './bm25.js';
import type { Phrase, SearchQuery } from './query.js';
import { type Correction, Corrections } from './corrections.js';

/** No query becomes more terms than this. */
const MAX_TERMS = 64;
/** How many words of the dictionary a growing word may stand for, besides the titles' words it begins. */
const MAX_COMPLETIONS = 12;
/** A word admits an entry to the hits when it says at least this share of what the query's most telling word says. */
const ADMITTING_SHARE = 0.3;
/** What a match counts for, by how the word was found. */
const WEIGHT = { exact: 1, stem: 0.85, prefix: 0.7, completion: 0.5, corrected: [0, 0.55, 0.35] } as const;

export interface WeightedTerm {
  readonly term: string;
  /** Which word of the query it stands for; of one word's terms the best counts, not their sum. */
  readonly word: number;
  /** idf of the word times what this way of finding it counts for. */
  readonly weight: number;
  /** Whether an entry is a hit by this term; otherwise it only adds to the rank. */
  readonly admits: boolean;
}

export interface ResolvedQuery {
  readonly terms: readonly WeightedTerm[];
  readonly phrases: readonly Phrase[];
  readonly excludedTerms: readonly string[];
  readonly excludedPhrases: readonly Phrase[];
  /** Only exclusions were given: everything else is a hit. */
  readonly everything: boolean;
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
  constructor(
    private readonly dataSource: DataSource,
    private readonly corrections: Corrections,
  ) {}

  /** One statement when the library knows all words, three otherwise. */
  async resolve(query: SearchQuery): Promise<ResolvedQuery> {
    const asked = wordsAsked(query);
    const lexicon = await this.lookUp(asked);
    const unknown = asked
      .filter(({ literal }) => !literal)
      .map(({ word }) => spellings(word))
      .filter((each) => !each.some((spelling) => lexicon.entriesOf.has(spelling)))
      .flat();
    const { corrections, entriesOf } = await this.corrections.of(unknown);
    const terms = weigh(
      asked.map((each) => ({
        measures: each.measures,
        variants: variantsOf(each, lexicon.completions, spellings(each.word).flatMap((spelling) => corrections.get(spelling) ?? [])),
      })),
      { ...lexicon, entriesOf: new Map([...entriesOf, ...lexicon.entriesOf]) },
    );
    return {
      terms,
      phrases: query.phrases,
      excludedTerms: query.excludedWords.flatMap((word) => [...spellings(word), ...stems(word.normal).map(stemTerm)]),
      excludedPhrases: query.excludedPhrases,
      everything: asked.length === 0,
      averageLength: lexicon.averageLength,
      growing: query.growing && asked.some(({ growing }) => growing) ? query.growing.folded : null,
    };
  }

  private async lookUp(asked: readonly QueryWord[]): Promise<Lexicon> {
    const terms = asked.flatMap((each) => variantsOf(each, [], []).map(({ term }) => term));
    const growing = asked.find((each) => each.growing)?.word;
    const beginnings = growing ? spellings(growing).filter(isBeginning) : [];
    const rows = await this.dataSource.query<{ part: string; term: string; entries: number; length: string }[]>(
      `SELECT 'TERM' AS part, term, entries, 0 AS length FROM search_term WHERE term = ANY($1) AND entries > 0
       UNION ALL
       SELECT 'COMPLETION', completion.term, completion.entries, 0 FROM unnest($2::text[]) AS b (beginning)
       CROSS JOIN LATERAL (
         SELECT term, entries FROM search_term
         WHERE term > b.beginning AND term < b.beginning || chr(1114111) AND size IS NOT NULL AND entries > 0
         ORDER BY entries DESC, term LIMIT $3
       ) AS completion
       UNION ALL
       SELECT 'STATISTICS', '', entries, length FROM search_statistics`,
      [terms, beginnings, beginnings.some(({ length }) => length > PREFIX_LETTERS.max) ? MAX_TERMS : MAX_COMPLETIONS],
    );
    const statistics = rows.find(({ part }) => part === 'STATISTICS');
    const count = statistics?.entries ?? 0;
    return {
      entries: count,
      averageLength: count > 0 ? Number(statistics?.length) / count : 1,
      entriesOf: new Map(rows.filter(({ part }) => part !== 'STATISTICS').map(({ term, entries }) => [term, entries])),
      completions: rows.filter(({ part }) => part === 'COMPLETION').map(({ term }) => term),
    };
  }
}

interface Lexicon {
  entries: number;
  averageLength: number;
  /** In how many entries each known term occurs. */
  entriesOf: Map<string, number>;
  completions: string[];
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
  return folded.length >= PREFIX_LETTERS.min;
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
function weigh(words: readonly { variants: Variant[]; measures: boolean }[], lexicon: Lexicon): WeightedTerm[] {
  const known = words
    .map(({ variants, measures }, word) => {
      const found = variants.filter(({ term }) => lexicon.entriesOf.has(term));
      const telling = found.some(({ direct }) => direct) ? found.filter(({ direct }) => direct) : found;
      const entries = Math.max(0, ...telling.map(({ term }) => lexicon.entriesOf.get(term) ?? 0));
      return { word, found, measures, idf: idf(entries, lexicon.entries) };
    })
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => b.idf - a.idf);
  const strongest = known.find(({ measures }) => measures)?.idf ?? 0;
  const best = new Map<string, WeightedTerm>();
  for (const { word, found, idf: ofWord } of known) {
    for (const { term, weight } of found.sort((a, b) => b.weight - a.weight)) {
      const key = `${word} ${term}`;
      if (best.size < MAX_TERMS && !best.has(key)) best.set(key, { term, word, weight: weight * ofWord, admits: ofWord >= ADMITTING_SHARE * strongest });
    }
  }
  return [...best.values()];
}
