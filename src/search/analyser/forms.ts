import { BEGINS_COMPOUNDS, lexicon, NOUN, OTHER, VERB_OR_NOUN } from './lexicon.js';
import { remember } from './memo.js';
import { ENDINGS, LINKED_BY_S, PREFIXES } from './morphemes.js';

const SHORTEST_BASE = 3;
/** An ending of one letter may as well belong to the word. */
const SHORTEST_INFLECTED = 4;
/** Nouns that the lexicon has in no compound are trusted from here on. */
const SHORTEST_ANY = 5;
/** Endings of Danish and Norwegian nouns, shortest first: what is left should be as much of the word as the lexicon has. */
const INFLECTIONS = ['e', 'r', 'n', 't', 'a', 's', 'er', 'en', 'et', 'ar', 'ne', 'es', 'ns', 'rs', 'ts', 'ers', 'ens', 'ets', 'ars', 'nes', 'rne', 'rnes', 'ene', 'ane', 'erne', 'enes', 'anes', 'ernes'];
/** Endings of verbs and adjectives, behind which an -e of the infinitive may be missing. */
const OTHER_INFLECTIONS = ['', 's', 'r', 't', 'd', 'e', 'de', 'te', 'st', 'es', 'er', 'et', 'ede', 'ende', 'ande', 'ere', 'est'];
/** kriterier of kriterium. */
const LATIN = /i(?:er|ene|erne|et|a)$/;
/** What stands behind a prefix is no shorter. */
const SHORTEST_PREFIXED = 4;
/** A shorter prefix may as well be the end of the word before: teknologi + valg. */
const LONG_PREFIX = 4;
const LONGEST_PREFIX = Math.max(...[...PREFIXES].map(({ length }) => length));

/** What a normalised word may be a form of, the longest first. */
export function basesOf(normal: string): string[] {
  const bases = [normal, ...(LATIN.test(normal) ? [normal.replace(LATIN, 'ium')] : [])];
  for (const inflection of INFLECTIONS) {
    if (!normal.endsWith(inflection)) continue;
    const base = normal.slice(0, -inflection.length);
    if (base.length < (inflection.length === 1 ? SHORTEST_INFLECTED : SHORTEST_BASE)) continue;
    bases.push(base);
    // avtalane of avtale.
    if (inflection.startsWith('a')) bases.push(`${base}e`);
    // tabeller of tabel: a short vowel doubles what follows it.
    if (/([bdfgklmnprst])\1$/.test(base)) bases.push(base.slice(0, -1));
  }
  return bases;
}

/** A noun that forms compounds. */
export function isNoun(word: string): boolean {
  if (PREFIXES.has(word) || ENDINGS.has(word)) return false;
  const bits = lexicon().get(word);
  if (bits & NOUN) return (bits & BEGINS_COMPOUNDS) !== 0 || LINKED_BY_S.test(word);
  return (bits & VERB_OR_NOUN) !== 0 && (bits & BEGINS_COMPOUNDS) !== 0 && !isFormOfNoun(word);
}

/** The Norwegian "teste" has the forms of both "å teste" and "en test"; beside "møte" there is no shorter noun. */
function isFormOfNoun(word: string): boolean {
  return word.endsWith('e') && (lexicon().get(word.slice(0, -1)) & NOUN) !== 0 && isNoun(word.slice(0, -1));
}

/** The prefixes that a word may begin with, if so much is left. */
export function prefixesOf(word: string, shortestRest = SHORTEST_PREFIXED): string[] {
  const found: string[] = [];
  for (let end = 1; end <= Math.min(LONGEST_PREFIX, word.length - shortestRest); end++) {
    const prefix = word.slice(0, end);
    if (PREFIXES.has(prefix)) found.push(prefix);
  }
  return found;
}

/** The lexicon has not every word that a prefix begins: gjennom + føring. */
export function behindPrefix(word: string, look: (rest: string) => string | undefined): string | undefined {
  for (const prefix of prefixesOf(word)) {
    const rest = look(word.slice(prefix.length));
    if (rest !== undefined && (prefix.length >= LONG_PREFIX || LINKED_BY_S.test(rest))) return prefix + rest;
  }
  return undefined;
}

/** The noun that a word is, uninflected. */
export function nounOf(word: string): string | undefined {
  return isNoun(word) ? word : behindPrefix(word, (rest) => (isNoun(rest) ? rest : undefined));
}

/** The noun of the lexicon that a normalised word is likeliest a form of: the longest, "læger" of læge rather than of læg. */
export const baseNounOf: (normal: string) => string | null = remember((normal) => {
  const bases = basesOf(normal);
  return bases.find(isNoun) ?? bases.map(nounOf).find((base) => base !== undefined) ?? null;
});

/** The words of the lexicon that form compounds, be they nouns or not, of which a normalised word may be a form; the longest first. */
export const wordsOf: (normal: string) => readonly string[] = remember((normal) => basesOf(normal).filter(formsCompounds));

function formsCompounds(word: string): boolean {
  const bits = lexicon().get(word);
  return bits !== 0 && !PREFIXES.has(word) && !ENDINGS.has(word) && ((bits & BEGINS_COMPOUNDS) !== 0 || LINKED_BY_S.test(word));
}

/** What the end of a compound may be a form of: any noun, also one that the lexicon has in no other compound. */
export function lastNounOf(ending: string): string | undefined {
  // skjema is no form of "skjem", pleiar none of pleie.
  return /ar?$/.test(ending) && isAnyNoun(ending) ? ending : (baseNounOf(ending) ?? basesOf(ending).find(isAnyNoun));
}

function isAnyNoun(word: string): boolean {
  return word.length >= SHORTEST_ANY && (lexicon().get(word) & NOUN) !== 0 && !ENDINGS.has(word);
}

/** An adjective or a verb at the end of a compound: faglig of innkjøpsfaglig. */
export function lastOtherOf(ending: string): string | undefined {
  const bases = [ending, ...['t', 'e'].flatMap((inflection) => (ending.endsWith(inflection) && ending.length > SHORTEST_INFLECTED ? [ending.slice(0, -1)] : []))];
  return bases.find((base) => {
    const bits = lexicon().get(base);
    return (bits & OTHER) !== 0 && (bits & BEGINS_COMPOUNDS) !== 0 && !ENDINGS.has(base);
  });
}

/** Whether the lexicon has the word as a form of a name, a verb or an adjective, and not as a noun. */
export function isOther(word: string): boolean {
  return OTHER_INFLECTIONS.some((ending) => {
    if (!word.endsWith(ending)) return false;
    const base = word.slice(0, word.length - ending.length);
    return [base, `${base}e`].some((each) => (lexicon().get(each) & (OTHER | NOUN)) === OTHER);
  });
}
