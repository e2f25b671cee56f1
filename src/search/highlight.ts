import { Field, ObjectType } from '@nestjs/graphql';
import type { Language } from '../taxonomy/taxonomy.js';
import { stemTerm } from './analyser/analyser.js';
import { beginningOf, spellings, type Word, words } from './analyser/fold.js';
import { stemsIn } from './analyser/stem.js';
import type { ResolvedQuery } from './resolve.js';

/** Characters of an excerpt, marks and entities included. */
const MAX_EXCERPT = 240;
/** Of a long text full of marks only so many windows are weighed. */
const MAX_CANDIDATES = 100;
/** Characters that an excerpt shows before its first mark, at the most. */
const MAX_LEAD_IN = 90;
const MARKS = { open: '<mark>', close: '</mark>' } as const;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

@ObjectType({ description: 'Where the search was found in the text. HTML: escaped, with <mark> as the only tag.' })
export class Highlight {
  @Field({ description: 'The whole title.' })
  title!: string;

  @Field({ description: `The passage that holds most of what was searched for, at most ${MAX_EXCERPT} characters.` })
  excerpt!: string;
}

/** Marks words in an entry's own text by the same terms that found the entry. */
export class Highlighter {
  private readonly terms: ReadonlyMap<string, number>;

  constructor(private readonly query: Pick<ResolvedQuery, 'terms' | 'growing'>) {
    this.terms = new Map(query.terms.map(({ term, weight }) => [term, weight]));
  }

  highlight({ title, text, language }: { title: string; text: string; language: Language }): Highlight {
    return { title: mark(title, this.marked(words(title), language)), excerpt: this.excerpt(text, language) };
  }

  private marked(found: readonly Word[], language: Language): MarkedWord[] {
    const marked: MarkedWord[] = [];
    for (const word of found) {
      const weight = this.weightOf(word, language);
      if (weight > 0) marked.push({ ...word, weight });
    }
    return marked;
  }

  private weightOf(word: Word, language: Language): number {
    let weight = this.query.growing !== null && word.folded.startsWith(this.query.growing) ? Number.MIN_VALUE : 0;
    for (const spelling of spellings(word)) weight = Math.max(weight, this.terms.get(spelling) ?? 0);
    for (const stemmed of stemsIn(word.normal, language)) weight = Math.max(weight, this.terms.get(stemTerm(stemmed)) ?? 0);
    return weight;
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

interface MarkedWord extends Word {
  weight: number;
}

/** The longest passage of whole words from `from` that fits once it is escaped and marked. */
function fitting(text: string, from: number, found: readonly Word[], marked: readonly MarkedWord[]): string {
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
function mark(text: string, marked: readonly MarkedWord[], from = 0, to = text.length): string {
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
