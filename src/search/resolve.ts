import { Injectable } from '@nestjs/common';
import type { Thesaurus } from '../thesaurus/thesaurus.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { prefixTerm, stemTerm } from './analyser/analyser.js';
import { spellings, type Word, words as wordsIn } from './analyser/fold.js';
import { isStopword, stemsOf } from './analyser/stem.js';
import { idf } from './bm25.js';
import { type Correction, correctionsOf } from './corrections.js';
import { Dictionary, type Lexicon } from './dictionary.js';
import type { Phrase, SearchQuery } from './query.js';
import { beginningVariants, completionVariants, type ConceptGroup, conceptGroups, correctedVariants, isBeginning, joinedVariants, literalVariants, ownVariants, partVariants, trustIn, type Variant, Via } from './variants.js';

/** No query becomes more terms than this. */
const MAX_TERMS = 64;
/** Once a query's terms have so many postings, or three for each entry of the library, further terms are left out: those that say least. */
const MAX_POSTINGS = 20_000;
const MAX_POSTINGS_AN_ENTRY = 3;
/** An entry is a hit when the words it has say at least this share of what all words of the query say. */
const ADMITTING_SHARE = 0.18;
/** So many of the most telling words decide what is a hit; the rest only rank. Few, so that any engine can weigh all combinations. */
const DECIDING_WORDS = 8;
/** Idf and thresholds are whole thousandths of a nat where hits are decided, so that no engine rounds differently. */
const THOUSANDTHS = 1_000;
/** Neighbours of a concept that more entries have than this share say too little to be worth looking for. */
const TELLING_SHARE = 0.25;

export interface WeightedTerm {
  readonly term: string;
  /** Which word or concept of the query it stands for; of one word's terms the best counts, not their sum. */
  readonly word: number;
  /** How the word leads to the term. */
  readonly via: Via;
  /** idf of the word times what this way of finding it counts for. */
  readonly weight: number;
  /** What having the word adds towards {@link ResolvedQuery.threshold}; 0 when it only adds to the rank. */
  readonly admits: number;
  /** In how many entries it occurs. */
  readonly entries: number;
}

export interface ResolvedQuery {
  readonly terms: readonly WeightedTerm[];
  /** For each {@link WeightedTerm.word} the reader's words that it is: several for a concept named by them together. */
  readonly words: readonly (readonly Word[])[];
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
  /** The query with words of the library in place of those it does not know; null when it knows all, or none is near. */
  readonly corrected: string | null;
}

interface QueryWord {
  word: Word;
  growing: boolean;
  /** Only the word as written counts: it stands in a phrase. */
  literal: boolean;
  /** How much it says decides which of the other words admit entries. */
  measures: boolean;
}

/** Meets a query's words with the dictionary and the thesaurus: typing mistakes, beginnings, inflections, compounds and concepts are dealt with here, once for every engine. */
@Injectable()
export class Resolver {
  constructor(
    private readonly dictionary: Dictionary,
    private readonly thesauri: ThesaurusService,
  ) {}

  /** One statement when the library knows all words, two otherwise; two more after somebody changed the thesaurus. */
  async resolve(query: SearchQuery): Promise<ResolvedQuery> {
    const thesaurus = this.thesauri.current;
    const asked = wordsAsked(query);
    const growing = asked.find((each) => each.growing)?.word;
    const variants = asked.map((each) => variantsOf(each, query));
    const concepts = conceptGroups(query.words, thesaurus);
    const lexicon = await this.dictionary.lookUp({
      terms: [...new Set([...variants.flat(), ...concepts.map(({ variant }) => variant)].map(({ term }) => term))],
      // What a stop word may become is legion, and says as little; the titles' words that it begins are enough.
      beginnings: growing && !isStopword(growing.folded) ? spellings(growing).filter(isBeginning) : [],
      words: asked.filter(({ literal }) => !literal).map(({ word }) => spellings(word)),
    });
    if (lexicon.thesaurus !== thesaurus.version) {
      await this.thesauri.at(lexicon.thesaurus);
      if (this.thesauri.current.version !== thesaurus.version) return this.resolve(query);
    }
    const corrections = correctionsOf(lexicon);
    const begun = lexicon.completions.length > 0 || (growing !== undefined && spellings(growing).some((spelling) => lexicon.entriesOf.has(prefixTerm(spelling))));
    const meant = asked.map(({ word }) => spellings(word).flatMap((spelling) => corrections.get(spelling) ?? []));
    // What begins words of the library is likelier on its way to one of them than a mistake; and a form of one is none.
    const isForm = (index: number) => variants[index]?.some(({ via, term }) => via === Via.STEM && lexicon.entriesOf.has(term)) ?? false;
    const mistaken = new Map(asked.map((each, index) => [each.word, (each.growing && begun) || isForm(index) ? [] : (meant[index] ?? [])]));
    const more = asked.map((each, index) => [...(each.growing ? completionVariants(lexicon.completions) : []), ...correctedVariants(meant[index] ?? [])]);
    const correctedConcepts = conceptsOfCorrected(query.words, mistaken, thesaurus);
    const unknown = [...more.flat(), ...correctedConcepts.map(({ variant }) => variant)].map(({ term }) => term).filter((term) => !lexicon.entriesOf.has(term));
    const entriesOf = new Map([...(await this.dictionary.entriesOf([...new Set(unknown)])), ...lexicon.entriesOf]);
    const groups: Group[] = [
      ...asked.map(({ word, measures }, index) => ({ words: [word], measures, says: 1, variants: [...(variants[index] ?? []), ...(more[index] ?? [])] })),
      ...asked.flatMap(({ word, literal }) => (literal ? [] : partVariants(word).map((variant) => ({ words: [word], measures: false, says: 0, variants: [variant] })))),
      ...oneEach([...concepts, ...correctedConcepts]).map(({ words, nearness, variant }) => ({ words: words.flatMap((index) => query.words[index] ?? []), measures: query.phrases.length === 0, says: nearness, variants: [variant] })),
    ];
    const terms = weigh(groups, { entries: lexicon.entries, entriesOf });
    return {
      terms,
      words: groups.map(({ words }) => words),
      threshold: thresholdOf(terms),
      phrases: eachOnce(query.phrases),
      excludedTerms: [...new Set(query.excludedWords.flatMap((word) => [...spellings(word), ...stemsOf(word).map(stemTerm)]))],
      excludedPhrases: eachOnce(query.excludedPhrases),
      everything: asked.length === 0,
      entries: lexicon.entries,
      averageLength: lexicon.averageLength,
      growing: growing?.folded ?? null,
      corrected: correctedText(query.text, asked.map(({ word }) => ({ word, surface: mistaken.get(word)?.[0]?.surface ?? null }))),
    };
  }
}

/** Looking for a phrase is dear. */
function eachOnce(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [`${phrase.text}${phrase.open}`, phrase])).values()];
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
    ...literals.map((folded) => ({ word: { folded, spelt: folded, normal: folded, plain: folded, start: 0, end: 0 }, growing: false, literal: true, measures: false })),
    ...free.map((word) => ({ word, growing: word === query.growing, literal: false, measures: measures(word) })),
  ];
  // From the back, so that of two like words the growing one stays.
  return asked.reverse().filter(({ word }) => !seen.has(word.folded) && seen.add(word.folded)).reverse();
}

/** What a word is looked for by, whatever the library has. */
function variantsOf({ word, growing, literal }: QueryWord, { words }: SearchQuery): Variant[] {
  if (literal) return literalVariants(word);
  const place = words.findIndex(({ folded }) => folded === word.folded);
  const [before, after] = [words[place - 1], words[place + 1]];
  return [
    ...ownVariants(word),
    ...(growing ? beginningVariants(word) : []),
    ...(before ? joinedVariants(before, word) : []),
    ...(after ? joinedVariants(word, after) : []),
  ];
}

/** The concepts that unknown words name, alone or with their neighbours, if they were meant as the likeliest words of the library. */
function conceptsOfCorrected(words: readonly Word[], meant: ReadonlyMap<Word, readonly Correction[]>, thesaurus: Thesaurus): ConceptGroup[] {
  const trust = new Map<number, number>();
  const corrected = words.map((word, index) => {
    const corrections = meant.get(word) ?? [];
    const [likeliest] = corrections;
    if (!likeliest?.surface) return word;
    trust.set(index, trustIn(likeliest, corrections));
    return wordsIn(likeliest.surface)[0] ?? word;
  });
  if (trust.size === 0) return [];
  return conceptGroups(corrected, thesaurus).flatMap((group) => {
    const least = Math.min(...group.words.map((index) => trust.get(index) ?? 1));
    const { variant } = group;
    return group.words.some((index) => trust.has(index)) ? [{ ...group, nearness: group.nearness * least, variant: { ...variant, via: variant.via === Via.RELATED ? Via.RELATED : Via.TYPO, weight: variant.weight * least } }] : [];
  });
}

/** The text with each word that was taken to mean another one replaced by it. */
function correctedText(text: string, words: readonly { word: Word; surface: string | null }[]): string | null {
  const meant = words.filter((each): each is { word: Word; surface: string } => each.surface !== null).sort((a, b) => b.word.start - a.word.start);
  return meant.length === 0 ? null : meant.reduce((so, { word, surface }) => so.slice(0, word.start) + surface + so.slice(word.end), text);
}

/** A word, a part of one or a concept of the query, with all it is looked for by. */
interface Group {
  readonly words: readonly Word[];
  readonly measures: boolean;
  /** How much of its idf having it counts for when hits are decided: less for a neighbour of what was named, nothing for a part. */
  readonly says: number;
  readonly variants: readonly Variant[];
}

/** Of the ways to one concept the heaviest. */
function oneEach(concepts: readonly ConceptGroup[]): ConceptGroup[] {
  const best = new Map<string, ConceptGroup>();
  for (const group of concepts) if (group.variant.weight > (best.get(group.variant.term)?.variant.weight ?? 0)) best.set(group.variant.term, group);
  return [...best.values()];
}

const DIRECT = new Set<Via>([Via.EXACT, Via.STEM]);

/**
 * Gives all variants of a word the word's idf, and keeps those that count most: {@link MAX_TERMS}, {@link MAX_POSTINGS}.
 */
function weigh(groups: readonly Group[], { entries, entriesOf }: Pick<Lexicon, 'entries' | 'entriesOf'>): WeightedTerm[] {
  const countOf = ({ term }: Variant) => entriesOf.get(term) ?? 0;
  const known = groups
    .map(({ variants, measures, says }, word) => {
      const found = variants.filter((variant) => countOf(variant) > 0 && (variant.via !== Via.RELATED || countOf(variant) <= entries * TELLING_SHARE));
      const direct = found.filter(({ via }) => DIRECT.has(via));
      return { word, found, measures, says, idf: idf(Math.max(0, ...(direct.length > 0 ? direct : found).map(countOf)), entries) };
    })
    .filter(({ found }) => found.length > 0)
    // What the reader wrote decides before what it leads to.
    .sort((a, b) => b.says - a.says || b.idf - a.idf);
  let deciding = DECIDING_WORDS;
  const terms = known.flatMap(({ word, found, measures, says, idf: ofWord }) => {
    const admits = measures && deciding-- > 0 ? Math.max(1, Math.round(says * ofWord * THOUSANDTHS)) : 0;
    const best = new Map<string, Variant>();
    for (const variant of found) if (variant.weight > (best.get(variant.term)?.weight ?? 0)) best.set(variant.term, variant);
    // What a word was perhaps meant as says no more than it does itself.
    const telling = (variant: Variant) => (variant.via === Via.TYPO ? Math.min(ofWord, idf(countOf(variant), entries)) : ofWord);
    return [...best.values()].map((variant) => ({ term: variant.term, word, via: variant.via, weight: variant.weight * telling(variant), admits, entries: countOf(variant) }));
  });
  return affordable(terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, MAX_TERMS), entries);
}

/** The first terms, until they have enough postings. */
function affordable(terms: readonly WeightedTerm[], entries: number): WeightedTerm[] {
  const enough = Math.max(MAX_POSTINGS, MAX_POSTINGS_AN_ENTRY * entries);
  const kept: WeightedTerm[] = [];
  let postings = 0;
  for (const term of terms) {
    if (postings >= enough) break;
    kept.push(term);
    postings += term.entries;
  }
  return kept;
}

/**
 * Concepts admit, but what is enough is measured by the words alone, where the library has any: a concept repeats what
 * a word says. Where it has none, by the concepts that the words name, so that having a neighbour of one is enough.
 */
function thresholdOf(terms: readonly WeightedTerm[]): number {
  const named = terms.filter(({ via }) => via !== Via.RELATED);
  const words = named.filter(({ via }) => via !== Via.CONCEPT);
  const measured = [words, named, terms].find((some) => some.some(({ admits }) => admits > 0)) ?? [];
  const ofWord = new Map(measured.map(({ word, admits }) => [word, admits]));
  return Math.ceil(ADMITTING_SHARE * [...ofWord.values()].reduce((sum, admits) => sum + admits, 0));
}
