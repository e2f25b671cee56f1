import { remember } from './memo.js';

/** A longer run of letters than any word; the rest of it carries no meaning and is cut. */
export const MAX_WORD = 48;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const NOT_LETTERS = /[^\p{L}\p{N}]+/gu;

/** The forms in which words are compared. */
export interface Forms {
  /** Lower case with the Scandinavian letters æ ø å, whichever way they were written. */
  readonly normal: string;
  /** `normal` with every letter reduced to its base: what readers who lack the keys type. */
  readonly folded: string;
  /** Lower case as written: the oe of "risikoen" is no ø. */
  readonly plain: string;
  /** `plain` folded: the ae of "hvaet" is no æ but a mistake for "havet", that of "gaende" the åe of "gående". */
  readonly spelt: string;
}

/** One word of a text, and where it stands. */
export interface Word extends Forms {
  readonly start: number;
  readonly end: number;
}

const LETTERS: Record<string, string> = { ä: 'æ', ae: 'æ', ö: 'ø', oe: 'ø', aa: 'å' };

/**
 * Danish and Norwegian write the same letters in several ways: ä for æ, ö for ø, and ae, oe, aa where the keys are missing.
 * Follows the rules of Lucene's NorwegianNormalizationFilter.
 */
export function normalise(word: string): string {
  return beginningOf(lowerCase(word).replace(/ä|ae|ö|oe|aa/g, (written) => LETTERS[written] ?? written), MAX_WORD);
}

function lowerCase(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

/** The first `length` UTF-16 units of a text, less half a character at the end: no database stores halves. */
export function beginningOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Reduces a normalised word to base letters: å and æ to a, ø to o (as Lucene's ScandinavianFoldingFilter), é to e.
 * Letters and digits are all that is left: one sign may stand for several, such as ½ for 1⁄2.
 */
export function fold(normal: string): string {
  return normal.replace(/[åæ]/g, 'a').replace(/ø/g, 'o').replace(/ß/g, 'ss').replace(/[ðđ]/g, 'd').replace(/þ/g, 'th').replace(/ł/g, 'l').normalize('NFKD').replace(NOT_LETTERS, '');
}

function formsOf(written: string): Forms {
  const normal = normalise(written);
  const plain = beginningOf(lowerCase(written), MAX_WORD);
  return { normal, folded: fold(normal), plain, spelt: fold(plain) };
}
const rememberedForms = remember(formsOf);

/** The words of a text, in order. Letters and digits make words; everything else parts them. */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const { 0: written, index: start } of text.matchAll(WORD)) {
    const forms = written.length <= MAX_WORD ? rememberedForms(written) : formsOf(written);
    if (forms.folded) found.push({ start, end: start + written.length, ...forms });
  }
  return found;
}

/** A text's words, folded, with single spaces. */
export function foldedText(text: string): string {
  return words(text).map(({ folded }) => folded).join(' ');
}

/** What a word may be before it is folded: mostly one. */
export function readings({ normal, plain, folded, spelt }: Forms): string[] {
  return folded === spelt ? [normal] : [normal, plain];
}

/** The ways in which a word is looked up: mostly one. */
export function spellings({ folded, spelt }: Pick<Word, 'folded' | 'spelt'>): string[] {
  return folded === spelt ? [folded] : [folded, spelt];
}
