import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { dan, eng, nob } from 'stopword';
import { Language } from '../../taxonomy/taxonomy.js';
import { fold, normalise } from './fold.js';
import { remember } from './memo.js';

/** The folded stems that these stemmers make of a normalised word. */
const stemmedBy = (...stemmers: ((word: string) => string)[]) => remember((normal): readonly string[] => [...new Set(stemmers.map((stemmer) => fold(stemmer(normal))))]);

/**
 * Which Snowball stemmers read a language. Danish and Norwegian texts are stemmed both ways: the two stemmers part
 * the same inflections at different places (rettigheder is "ret" to one and "rettighed" to the other, rettighederne
 * "rettighed" and "rettighedern"), so that what one keeps apart the other brings together, also across the languages.
 * There is one Norwegian stemmer; its endings cover nynorsk (-ar, -ane) as well as bokmål.
 */
const scandinavian = stemmedBy(danish, norwegian);
const STEMS: Record<Language, (normal: string) => readonly string[]> = { DA: scandinavian, NB: scandinavian, NN: scandinavian, EN: stemmedBy(english) };
const NYNORSK_STOPWORDS = 'eg ikkje ein ei eit dei den det som kva kven korleis kvifor kvar når frå vere vore er var blir vart har hadde kan skal vil må om av på til for med og eller men mot nokon noko ho han me vi de dykk seg sin si sitt sine'.split(' ');
const STOPWORDS = new Set([...dan, ...nob, ...eng, ...NYNORSK_STOPWORDS].map((word) => fold(normalise(word))));

/** The folded Snowball stems of a normalised word of a text in `language`. */
export function stemsIn(normal: string, language: Language): readonly string[] {
  return STEMS[language](normal);
}

/** The folded stems of a normalised word in every language: readers don't say which one they write. */
export function stems(normal: string): string[] {
  return [...new Set(Object.values(Language).flatMap((language) => stemsIn(normal, language)))];
}

/** Whether a folded word is too common in any of the languages to say what a text is about. */
export function isStopword(folded: string): boolean {
  return STOPWORDS.has(folded);
}
