import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Language } from '../taxonomy/taxonomy.js';
import type { Labels } from '../thesaurus/labels.js';
import type { Thesaurus } from '../thesaurus/thesaurus.js';
import { conceptTerm, partStems, slugsIn, stemTerm } from './analyser/analyser.js';
import { beginningOf, spellings, type Word, words } from './analyser/fold.js';
import { stemsOf } from './analyser/stem.js';
import type { ResolvedQuery, WeightedTerm } from './resolve.js';
import { Via } from './variants.js';

/** Characters of an excerpt, marks and entities included. */
const MAX_EXCERPT = 240;
/** Of a long text full of marks only so many windows are weighed. */
const MAX_CANDIDATES = 100;
/** Characters that an excerpt shows before its first mark, at the most. */
const MAX_LEAD_IN = 90;
const MARKS = { open: '<mark>', close: '</mark>' } as const;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

registerEnumType(Via, {
  name: 'MatchVia',
  description: 'How a word of the search led to a word of the entry.',
  valuesMap: {
    EXACT: { description: 'It is the same word.' },
    STEM: { description: 'It is another form of the word.' },
    COMPOUND: { description: 'One is a part of the other, or both have a part in common.' },
    CONCEPT: { description: 'Both name the same concept, perhaps in two languages.' },
    RELATED: { description: 'It names a concept next to the one searched for.' },
    TYPO: { description: 'The search was taken to mean this word.' },
    PREFIX: { description: 'It begins with what was typed so far.' },
  },
});

@ObjectType({ description: 'Where the search was found in the text. HTML: escaped, with <mark> as the only tag.' })
export class Highlight {
  @Field({ description: 'The whole title.' })
  title!: string;

  @Field({ description: `The passage that holds most of what was searched for, at most ${MAX_EXCERPT} characters.` })
  excerpt!: string;
}

@ObjectType({ description: 'Why an entry was found: a word of the search, and the words of the entry that it led to.' })
export class Match {
  @Field({ description: 'What was searched for, as typed.' })
  search!: string;

  @Field({ description: 'What stands in the entry, as written.' })
  term!: string;

  @Field(() => Via, { description: 'How one led to the other.' })
  via!: Via;
}

/** A word of an entry that the search led to. */
interface Reason {
  readonly word: number;
  readonly via: Via;
  readonly weight: number;
}
/** Where it stands in the text, and what makes two the same. */
interface Span extends Reason {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
}

/** Whether a way leads to what was searched for itself. */
function standing(via: Via): number {
  return via === Via.RELATED ? 0 : 1;
}

/** Marks words in an entry's own text by the same terms that found the entry, and says how they led there. */
export class Highlighter {
  private readonly terms = new Map<string, WeightedTerm[]>();
  private readonly growingWord: number;
  /** Names of the concepts that were searched for. */
  private readonly labels: Labels;
  /** What led to each word so far: the texts of a page repeat their words. */
  private readonly reasons = new Map<string, readonly Reason[]>();

  constructor(
    private readonly query: Pick<ResolvedQuery, 'terms' | 'words' | 'growing'>,
    thesaurus: Thesaurus,
  ) {
    for (const term of query.terms) this.terms.set(term.term, [...(this.terms.get(term.term) ?? []), term]);
    this.growingWord = query.words.findIndex((each) => each.some(({ folded }) => folded === query.growing));
    this.labels = thesaurus.labels.among(slugsIn(this.terms.keys()));
  }

  highlight({ title, text, language }: { title: string; text: string; language: Language }): Highlight {
    return { title: mark(title, this.marked(words(title), language)), excerpt: this.excerpt(text, language) };
  }

  /** For what was searched for the best that led to this entry, heaviest first. */
  matches({ texts, language }: { texts: readonly string[]; language: Language }): Match[] {
    const best = new Map<string, Match & { weight: number }>();
    for (const text of texts) {
      for (const { start, end, word, via, weight } of this.spans(words(text), language)) {
        const search = this.query.words[word]?.map(({ plain }) => plain).join(' ') ?? '';
        const known = best.get(search);
        // The concept next to what was meant explains nothing where the thing itself stands.
        if (!known || standing(via) > standing(known.via) || (standing(via) === standing(known.via) && weight > known.weight)) best.set(search, { search, term: text.slice(start, end), via, weight });
      }
    }
    return [...best.values()].sort((a, b) => b.weight - a.weight).map(({ search, term, via }) => ({ search, term, via }));
  }

  /** Every way in which the search leads to these words of a text. */
  private spans(found: readonly Word[], language: Language): Span[] {
    const own: Span[] = [];
    for (const word of found) for (const reason of this.knownReasonsOf(word, language)) own.push({ ...reason, start: word.start, end: word.end, folded: word.folded });
    const named = this.labels.find(found, [language]).flatMap(({ concept, start, end }) =>
      (this.terms.get(conceptTerm(concept)) ?? []).map(({ word, via, weight }) => ({ word, via, weight, start: found[start]?.start ?? 0, end: found[end - 1]?.end ?? 0, folded: concept })),
    );
    return [...own, ...named];
  }

  private knownReasonsOf(word: Word, language: Language): readonly Reason[] {
    const key = `${language} ${word.normal} ${word.plain}`;
    let reasons = this.reasons.get(key);
    if (!reasons) this.reasons.set(key, (reasons = this.reasonsOf(word, language)));
    return reasons;
  }

  private reasonsOf(word: Word, language: Language): Reason[] {
    const reasons: Reason[] = [];
    const add = (term: string) => {
      const found = this.terms.get(term);
      if (found) reasons.push(...found);
    };
    for (const spelling of spellings(word)) add(spelling);
    for (const stemmed of stemsOf(word, language)) add(stemTerm(stemmed));
    for (const stemmed of partStems(word, language)) {
      // What is a form of the whole word is here only a form of its part.
      for (const term of this.terms.get(stemTerm(stemmed)) ?? []) reasons.push({ ...term, via: term.via === Via.STEM ? Via.COMPOUND : term.via, weight: term.weight / 2 });
    }
    if (this.query.growing !== null && word.folded.startsWith(this.query.growing)) reasons.push({ word: this.growingWord, via: Via.PREFIX, weight: Number.MIN_VALUE });
    return reasons;
  }

  /** What to mark, in order: of what overlaps the heaviest. */
  private marked(found: readonly Word[], language: Language): Span[] {
    const marked: Span[] = [];
    for (const span of this.spans(found, language).sort((a, b) => b.weight - a.weight || a.start - b.start))
      if (!marked.some(({ start, end }) => span.start < end && start < span.end)) marked.push(span);
    return marked.sort((a, b) => a.start - b.start);
  }

  /** The window of whole words with the heaviest different marks; the beginning when there are none. */
  private excerpt(text: string, language: Language): string {
    const found = words(text);
    const marked = this.marked(found, language);
    let best = { from: 0, weight: -1 };
    for (const { start } of marked.slice(0, MAX_CANDIDATES)) {
      const from = leadIn(text, start, found);
      const distinct = new Map(marked.filter((word) => word.start >= from && word.end <= from + 200).map((word) => [word.folded, word.weight]));
      const weight = [...distinct.values()].reduce((sum, each) => sum + each, 0);
      if (weight > best.weight) best = { from, weight };
    }
    return fitting(text, best.from, found, marked);
  }
}

/** Where to begin, so that a word at `at` is read in its sentence: with the sentence, or else some words before. */
function leadIn(text: string, at: number, found: readonly Word[]): number {
  const near = found.filter(({ start }) => start <= at && start >= at - MAX_LEAD_IN).map(({ start }) => start);
  return near.findLast((start) => start === 0 || /[.!?:]\s+\P{L}*$|\n\P{L}*$/u.test(text.slice(Math.max(0, start - 6), start))) ?? near[Math.floor(near.length / 2)] ?? 0;
}

/** The longest passage of whole words from `from` that fits once it is escaped and marked. */
function fitting(text: string, from: number, found: readonly Word[], marked: readonly Span[]): string {
  const lead = from > 0 ? '… ' : '';
  const to = text.trimEnd().length;
  const whole = to - from <= MAX_EXCERPT ? lead + mark(text, marked, from, to) : null;
  if (whole !== null && whole.length <= MAX_EXCERPT) return whole;
  const ends = found.filter(({ start, end }) => start >= from && end - from <= MAX_EXCERPT).map(({ end }) => end);
  const render = (end: number) => `${lead}${mark(text, marked, from, end)} …`;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (render(ends[middle - 1] ?? from).length <= MAX_EXCERPT) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? render(ends[low - 1] ?? from) : `${lead}${escape(beginningOf(text.slice(from), 30))} …`;
}

/** HTML of a part of a text, with the words in it marked that stand there whole. */
function mark(text: string, marked: readonly Span[], from = 0, to = text.length): string {
  let html = '';
  let at = from;
  for (const { start, end } of marked) {
    if (start < from || end > to) continue;
    html += escape(text.slice(at, start)) + MARKS.open + escape(text.slice(start, end)) + MARKS.close;
    at = end;
  }
  return html + escape(text.slice(at, to));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
