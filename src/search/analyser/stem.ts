import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { dan, eng, nob } from 'stopword';
import { Language } from '../../taxonomy/taxonomy.js';
import { fold, normalise } from './fold.js';

/**
 * Which Snowball stemmers read a language. Danish and Norwegian texts are stemmed both ways: the two stemmers part
 * the same inflections at different places (rettigheder is "ret" to one and "rettighed" to the other, rettighederne
 * "rettighed" and "rettighedern"), so that what one keeps apart the other brings together, also across the languages.
 * There is one Norwegian stemmer; its endings cover nynorsk (-ar, -ane) as well as bokmål.
 */
const STEMMERS: Record<Language, readonly ((word: string) => string)[]> = {
  DA: [danish, norwegian],
  NB: [norwegian, danish],
  NN: [norwegian, danish],
  EN: [english],
};
/** Stemming is the dearest step and words repeat: so many are stemmed once. */
const REMEMBERED = 50_000;
const remembered = new Map<string, readonly string[]>();
const NYNORSK_STOPWORDS = 'eg ikkje ein ei eit dei den det som kva kven korleis kvifor kvar når frå vere vore er var blir vart har hadde kan skal vil må om av på til for med og eller men mot nokon noko ho han me vi de dykk seg sin si sitt sine'.split(' ');
const STOPWORDS = new Set([...dan, ...nob, ...eng, ...NYNORSK_STOPWORDS].map((word) => fold(normalise(word))));

/** The folded Snowball stems of a normalised word of a text in `language`. */
export function stemsIn(normal: string, language: Language): readonly string[] {
  const key = `${language} ${normal}`;
  let found = remembered.get(key);
  if (!found) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, (found = [...new Set(STEMMERS[language].map((stemmer) => fold(stemmer(normal))))]));
  }
  return found;
}

/** The folded stems of a normalised word in every language: readers don't say which one they write. */
export function stems(normal: string): string[] {
  return [...new Set(Object.values(Language).flatMap((language) => stemsIn(normal, language)))];
}

/** Whether a folded word is too common in any of the languages to say what a text is about. */
export function isStopword(folded: string): boolean {
  return STOPWORDS.has(folded);
}
