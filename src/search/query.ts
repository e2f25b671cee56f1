import { type Word, words } from './analyser/fold.js';

export interface Phrase {
  /** Folded words with single spaces. */
  readonly text: string;
  /** The closing quotation mark is not typed yet: the last word may go on. */
  readonly open: boolean;
}

/** What a reader typed, taken apart. */
export interface SearchQuery {
  /** As typed; words say where they stand in it. */
  readonly text: string;
  readonly words: readonly Word[];
  readonly phrases: readonly Phrase[];
  readonly excludedWords: readonly Word[];
  readonly excludedPhrases: readonly Phrase[];
  /** The last word, when it may still be growing: nothing follows it. */
  readonly growing: Word | null;
}

/** What different keyboards and languages write for a quotation mark. */
const QUOTATION_MARKS = /[“”„‟«»]/g;
const PART = /(?<minus>-)?(?:"(?<phrase>[^"]*)(?<closed>"?)|(?<plain>[^\s"]+))/gu;

/** Reads words, `"phrases"` (also “so”, „so“ and «so»), `-excluded` words and phrases. Everything else is punctuation. */
export function parseQuery(text: string): SearchQuery {
  const query = { text, words: [] as Word[], phrases: [] as Phrase[], excludedWords: [] as Word[], excludedPhrases: [] as Phrase[] };
  let growing: Word | null = null;
  for (const match of text.replace(QUOTATION_MARKS, '"').matchAll(PART)) {
    const { minus, phrase, closed, plain = '' } = match.groups ?? {};
    // A minus in front of the very first letter excludes; inside a word ("offentlig-privat") it parts words.
    const offset = match.index + (minus ? 1 : 0) + (phrase === undefined ? 0 : 1);
    const found = words(phrase ?? plain).map((word) => ({ ...word, start: word.start + offset, end: word.end + offset }));
    growing = null;
    if (found.length === 0) continue;
    // A single word behind a quotation mark that is not closed yet is a word so far.
    if (phrase !== undefined && (closed || minus || found.length > 1)) {
      const read = { text: found.map(({ folded }) => folded).join(' '), open: closed === '' };
      if (minus) query.excludedPhrases.push(read);
      else query.phrases.push(read);
    } else if (minus) {
      query.excludedWords.push(...found);
    } else {
      query.words.push(...found);
      if (match.index + match[0].length === text.length && !/\s$/.test(text)) growing = found.at(-1) ?? null;
    }
  }
  return { ...query, growing };
}

/** Nothing to search for: the reader sees the list. */
export function isBlank(query: SearchQuery): boolean {
  return query.words.length + query.phrases.length + query.excludedWords.length + query.excludedPhrases.length === 0;
}
