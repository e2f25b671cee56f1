import { wordsOf } from '../search/analyser/forms.js';
import { remember } from '../search/analyser/memo.js';
import { type Forms, readings, words } from '../search/analyser/fold.js';
import { ownStem } from '../search/analyser/stem.js';
import { Language } from '../taxonomy/taxonomy.js';

/** One name of a concept in one language. */
export interface Label {
  readonly concept: string;
  readonly language: Language;
  readonly text: string;
}

/** Where a concept is named in a row of words: from `start` up to, not with, `end`. */
export interface LabelMatch {
  readonly concept: string;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly concept: string;
  /** For each word of the label the keys of which a text's word must have one. */
  readonly keys: readonly (readonly string[])[];
  /** Which of the words it is looked up by: the longest, since many labels begin with the same short ones. */
  readonly anchor: number;
}

/**
 * Finds labels in texts, in whatever form the text has them. A stem alone would find too much ("får" and "fare" share
 * one, "mot" and "møte"), so a noun is found by its forms, and only what the lexicon does not know by its stem.
 */
export class Labels {
  private readonly anchoredAt = new Map<string, Entry[]>();
  private readonly entriesOf = new Map<string, Entry[]>();

  /** @param known labels that were read before, of which those of some concepts are taken as they are. */
  constructor(labels: Iterable<Label>, known?: { labels: Labels; concepts: Iterable<string> }) {
    for (const { concept, language, text } of labels) {
      const found = words(text);
      const anchor = found.reduce((longest, { plain }, index) => (plain.length > (found[longest]?.plain.length ?? 0) ? index : longest), 0);
      this.add({ concept, keys: found.map(({ plain }) => keysOfLabel[language](plain)), anchor });
    }
    for (const concept of known?.concepts ?? []) for (const entry of known?.labels.entriesOf.get(concept) ?? []) this.add(entry);
  }

  /** The labels of some of the concepts, which are found faster than all. */
  among(concepts: Iterable<string>): Labels {
    return new Labels([], { labels: this, concepts });
  }

  /** Every concept that the words name in one of the languages, also by a label within a longer one. */
  find(text: readonly Forms[], languages: readonly Language[]): LabelMatch[] {
    const found = new Map<string, LabelMatch>();
    for (const language of languages) for (const match of this.findIn(text, language)) found.set(`${match.start} ${match.end} ${match.concept}`, match);
    return [...found.values()];
  }

  private add(entry: Entry): void {
    push(this.entriesOf, entry.concept, entry);
    for (const key of entry.keys[entry.anchor] ?? []) push(this.anchoredAt, key, entry);
  }

  private findIn(text: readonly Forms[], language: Language): LabelMatch[] {
    const keys = text.map((word) => keysOf(word, language));
    const matches: LabelMatch[] = [];
    keys.forEach((own, at) => {
      for (const key of own)
        for (const entry of this.anchoredAt.get(key) ?? []) {
          const start = at - entry.anchor;
          if (stands(entry, keys, start)) matches.push({ concept: entry.concept, start, end: start + entry.keys.length });
        }
    });
    return matches;
  }
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function keysOf(word: Forms, language: Language): readonly string[] {
  const [first = '', second] = readings(word);
  const keys = keysOfWord[language](first);
  return second === undefined ? keys : [...keys, ...keysOfWord[language](second)];
}

/** Whether all words of a label stand from `start` on. */
function stands({ keys: label }: Entry, text: readonly (readonly string[])[], start: number): boolean {
  return label.every((some, offset) => text[start + offset]?.some((key) => some.includes(key)) ?? false);
}

/** What is left of shorter stems is in too many words that mean something else: "viden" (knowledge) and "videre" (further). */
const SHORTEST_LIKE = 4;
const SHORTEST_AGENT = 7;

/** A noun goes by itself, or by its stem where the text's word is no noun of the lexicon; any other word by its stem. */
function keysInLabel(normal: string, language: Language): string[] {
  const stem = ownStem(normal, language);
  const [noun] = nounsIn(normal, language);
  if (noun === undefined) return [`${language} ${stem}`];
  return [`${language} =${noun}`, ...(stem.length >= SHORTEST_LIKE ? [`${language} ${stem}?`] : [])];
}

function keysInText(normal: string, language: Language): string[] {
  const stem = ownStem(normal, language);
  const nouns = nounsIn(normal, language);
  const stems = [
    stem,
    // Advice begins with imperatives: "Inviter" of "invitere".
    ...(normal.endsWith('er') ? [ownStem(`${normal}e`, language)] : []),
    // Who does something has two endings: oppdragsgiver-en is stemmed to oppdragsgiver, and that to oppdragsgiv.
    ...(nouns.length === 0 && stem.endsWith('er') && stem.length >= SHORTEST_AGENT ? [ownStem(stem, language)] : []),
  ];
  return [...nouns.map((noun) => `${language} =${noun}`), ...stems.map((each) => `${language} ${each}`), ...(nouns.length > 0 ? [] : [`${language} ${stem}?`])];
}

/** Texts and labels repeat their words, and every search looks at the texts of its hits. */
function inEach(keys: (normal: string, language: Language) => readonly string[]): Record<Language, (normal: string) => readonly string[]> {
  const remembered = (language: Language) => remember((normal: string) => keys(normal, language));
  return { DA: remembered(Language.DA), NB: remembered(Language.NB), NN: remembered(Language.NN), EN: remembered(Language.EN) };
}
const keysOfWord = inEach(keysInText);
const keysOfLabel = inEach(keysInLabel);

/** The lexicon is of Danish and Norwegian. */
function nounsIn(normal: string, language: Language): readonly string[] {
  return language === Language.EN ? [] : wordsOf(normal);
}
