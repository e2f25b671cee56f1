import { v5 as uuidOfName } from 'uuid';
import { conceptTerm, slugsIn, stemTerm } from '../search/analyser/analyser.js';
import { baseNounOf } from '../search/analyser/forms.js';
import { fold, type Word, words } from '../search/analyser/fold.js';
import { isStopword, stemsIn } from '../search/analyser/stem.js';
import { parseQuery } from '../search/query.js';
import type { ResolvedQuery } from '../search/resolve.js';
import { Via } from '../search/variants.js';
import { Language } from '../taxonomy/taxonomy.js';
import { LANGUAGES, type Thesaurus } from '../thesaurus/thesaurus.js';

/** The same question has the same id wherever and whenever it is asked. */
const NAMESPACE = '5c6c0d4e-52a8-4b5b-9d0e-6d4b9c1f7a21';
/** Fewer hits hardly answer a question. */
const ENOUGH_HITS = 3;
/** A guess at what was meant is no answer, nor is something beside it. */
const GUESSED = new Set<Via>([Via.RELATED, Via.TYPO]);
const KNOWN = new Set<Via>([Via.EXACT, Via.STEM, Via.COMPOUND]);

/** What searches ask for that differ only in word order, inflection or language. */
export interface QuestionGroup {
  readonly uuid: string;
  /** `#concept` and `~stem`, in the order of their letters. */
  readonly terms: readonly string[];
  /** For each stem a word, in the same order, to call the question by: stems are no words. */
  readonly words: readonly string[];
  /** Whether a noun is among them that no entry has, so that whatever was found is about the rest; a typing mistake is no noun. */
  readonly isMissing: boolean;
}

/** Whether a search found too little: fewer than three entries, all of them by guessing at its words, or none with one of its nouns. */
export function isWeak(total: number, { terms }: Pick<ResolvedQuery, 'terms'>, { isMissing }: Pick<QuestionGroup, 'isMissing'>): boolean {
  return total < ENOUGH_HITS || isMissing || terms.every(({ via }) => GUESSED.has(via));
}

/** The words of a search that entries have, folded. */
export function knownWords({ terms, words: asked }: Pick<ResolvedQuery, 'terms' | 'words'>): Set<string> {
  return new Set(terms.filter(({ via }) => KNOWN.has(via)).flatMap(({ word }) => (asked[word] ?? []).map(({ folded }) => folded)));
}

/**
 * What a search asks for: the concepts it names, and the words that no entry has; where there are neither, all its
 * words. Stop words and what it excludes say nothing; null when there is nothing else.
 * @param known of its words, folded, those that entries have.
 */
export function groupOf(text: string, known: ReadonlySet<string>, thesaurus: Thesaurus): QuestionGroup | null {
  const { excludedWords, excludedPhrases } = parseQuery(text);
  const excluded = new Set([...excludedWords, ...excludedPhrases.flatMap((phrase) => words(phrase.text))].map(({ folded }) => folded));
  const asked = words(text).filter(({ folded }) => !excluded.has(folded));
  const named = namedIn(asked, thesaurus);
  const telling = asked.filter((word, index) => !isStopword(word.folded) && !named.some(({ start, end }) => start <= index && index < end));
  const unknown = telling.filter(({ folded }) => !known.has(folded));
  const concepts = named.map(({ concept }) => conceptTerm(concept));
  const stems = new Map((concepts.length + unknown.length > 0 ? unknown : telling).map((word) => [stemTerm(commonForm(word)), nounOf(word) ?? word.plain]));
  const terms = [...new Set([...concepts, ...stems.keys()])].sort();
  if (terms.length === 0) return null;
  return { uuid: uuidOfName(terms.join(' '), NAMESPACE), terms, words: terms.flatMap((term) => stems.get(term) ?? []), isMissing: unknown.some((word) => nounOf(word) !== undefined) };
}

/** The concepts that the words name, without those whose name is only a part of a longer one. */
function namedIn(asked: readonly Word[], thesaurus: Thesaurus) {
  const matches = thesaurus.labels.find(asked, LANGUAGES);
  const length = ({ start, end }: { start: number; end: number }) => end - start;
  return matches.filter((match) => !matches.some((other) => other.start <= match.start && match.end <= other.end && length(match) < length(other)));
}

function nounOf({ normal }: Word): string | undefined {
  return baseNounOf(normal) ?? undefined;
}

/** What the forms of a word have in common: its noun, if the lexicon has it, else as little as the stemmers leave. */
function commonForm(word: Word): string {
  return fold(nounOf(word) ?? shortest(stemsIn(shortest(stemsIn(word.normal, Language.DA)), Language.EN)));
}

function shortest(stems: readonly string[]): string {
  return stems.reduce((a, b) => (b.length < a.length ? b : a));
}

/** What a question is called: its concepts by their names, then its words. */
export function labelOf({ terms, words: written }: Pick<QuestionGroup, 'terms' | 'words'>, language: Language, thesaurus: Thesaurus): string {
  const names = slugsIn(terms).map((slug) => thesaurus.bySlug.get(slug)?.names[language].preferred ?? slug.replaceAll('-', ' '));
  return [...names, ...written].join(', ');
}
