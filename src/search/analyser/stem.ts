import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { dan, eng, nob } from 'stopword';
import { Language } from '../../taxonomy/taxonomy.js';
import { fold, type Forms, normalise, readings } from './fold.js';
import { remember } from './memo.js';

const NYNORSK_STOPWORDS = 'eg ikkje ein ei eit dei den det som kva kven korleis kvifor kvar når frå vere vore er var blir vart har hadde kan skal vil må om av på til for med og eller men mot nokon noko ho han me vi de dykk seg sin si sitt sine'.split(' ');
const STOPWORDS = new Set([...dan, ...nob, ...eng, ...NYNORSK_STOPWORDS].map((word) => fold(normalise(word))));
const ENDING = /(?:erne|ene|ane|ing|en|et|er|ar|e|s)$/;

/** Whether a folded word is too common in any of the languages to say what a text is about. */
export function isStopword(folded: string): boolean {
  return STOPWORDS.has(folded);
}

/** A stemmer that leaves more of a word than a stop word: "varighed" (duration) is not "var", "skalere" (scale) not "skal". */
const careful = (stemmer: (word: string) => string) => (normal: string): string => {
  const stemmed = stemmer(normal);
  return isStopword(fold(stemmed)) && !isStopword(fold(normal)) ? normal.replace(ENDING, '') : stemmed;
};
const DANISH = careful(danish);
const NORWEGIAN = careful(norwegian);
const ENGLISH = careful(english);

const stemmedBy = (...stemmers: ((normal: string) => string)[]) => remember((normal): readonly string[] => [...new Set(stemmers.map((stemmer) => fold(stemmer(normal))))]);

/**
 * Which Snowball stemmers read a language. Danish and Norwegian texts are stemmed both ways: the two stemmers part
 * the same inflections at different places (rettigheder is "ret" to one and "rettighed" to the other, rettighederne
 * "rettighed" and "rettighedern"), so that what one keeps apart the other brings together, also across the languages.
 * There is one Norwegian stemmer; its endings cover nynorsk (-ar, -ane) as well as bokmål.
 */
const scandinavian = stemmedBy(DANISH, NORWEGIAN);
const STEMS: Record<Language, (normal: string) => readonly string[]> = { DA: scandinavian, NB: scandinavian, NN: scandinavian, EN: stemmedBy(ENGLISH) };
const OWN: Record<Language, (normal: string) => string> = { DA: DANISH, NB: NORWEGIAN, NN: NORWEGIAN, EN: ENGLISH };

/** The folded Snowball stems of a normalised word of a text in `language`. */
export function stemsIn(normal: string, language: Language): readonly string[] {
  return STEMS[language](normal);
}

/** The stem by the language's own stemmer alone and not folded, which keeps words apart: da virksomhed and nb virksomhet, mot and møt. */
export function ownStem(normal: string, language: Language): string {
  return OWN[language](normal);
}

/** The folded stems of a word in every language: readers don't say which one they write. */
export function stems(normal: string): string[] {
  return [...new Set(Object.values(Language).flatMap((language) => stemsIn(normal, language)))];
}

/** The folded stems of all that a written word may be. */
export function stemsOf(word: Forms, language?: Language): readonly string[] {
  const stemmed = (reading: string) => (language === undefined ? stems(reading) : stemsIn(reading, language));
  const [first = '', second] = readings(word);
  return second === undefined ? stemmed(first) : [...new Set([...stemmed(first), ...stemmed(second)])];
}
