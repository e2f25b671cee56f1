import { beginningOf } from '../search/analyser/fold.js';
import { MAX_SEARCH } from '../search/search.service.js';

/** What stands in place of something that may point at a person. It has no letter or digit, so nothing is grouped by it. */
export const MASK = '***';

const EMAIL = /[^\s@]+(?:\s?@\s?[^\s@]+)+/gu;
const WRITTEN_AT = /\s?[([{]\s?at\s?[)\]}]\s?/giu;
/** CPR numbers have ten digits, fødselsnummer and D-numbers eleven, phone numbers eight or more, however they are grouped. */
const NUMBER = /\+?\p{N}(?:[^\p{L}\p{N}]{0,3}\p{N}){7,}/gu;
/** 2020-2024 has eight digits as well. */
const YEARS = /^(?:19|20)\d\d(?:\s?[-–—/,;]\s?(?:19|20)\d\d)+$/u;

/**
 * A search without e-mail addresses and without numbers of eight digits or more, with whatever stands between the
 * digits: which of them is a person's number nobody can tell by looking. Years and amounts below ten million stay.
 */
export function masked(text: string): string {
  const plain = beginningOf(text.normalize('NFKC'), MAX_SEARCH).replace(WRITTEN_AT, '@').replace(/\s+/g, ' ').trim();
  return plain.replace(EMAIL, MASK).replace(NUMBER, (number) => (YEARS.test(number) ? number : MASK));
}
