import { lexicon, PREFIXES, WHOLE } from './lexicon.js';
import { remember } from './memo.js';

/** Shorter words are no compounds that are worth taking apart. */
const SHORTEST_COMPOUND = 7;
const SHORTEST_PART = 3;
/** Listed nouns such as "kontakt" and "billede" are full of shorter ones (kont + akt, bil + lede) that mean nothing in them. */
const SHORTEST_UNLINKED = 4;
/** Between two ways of splitting: a linking sound is worth so many letters of the shorter part. */
const LINK_BONUS = 1.5;
/** An ending of one letter may as well belong to the word. */
const SHORTEST_INFLECTED = 4;
/** Endings of Danish and Norwegian nouns, shortest first: what is left should be as much of the word as the lexicon has. */
const INFLECTIONS = ['e', 'r', 'n', 't', 'a', 's', 'er', 'en', 'et', 'ar', 'ne', 'es', 'ers', 'ens', 'ets', 'ars', 'nes', 'rne', 'ene', 'ane', 'erne', 'enes', 'anes', 'ernes'];

/** kriterier of kriterium. */
const LATIN = /i(?:er|ene|erne|et|a)$/;

/** The word as the lexicon has it, which knows not every word that a prefix begins: gjennom + føring. */
function known(word: string, look: (word: string) => string | undefined): string | undefined {
  const found = look(word);
  if (found !== undefined) return found;
  for (const prefix of PREFIXES) {
    if (!word.startsWith(prefix) || word.length - prefix.length < SHORTEST_INFLECTED) continue;
    const rest = look(word.slice(prefix.length));
    if (rest !== undefined) return prefix + rest;
  }
  return undefined;
}

const noun = (word: string): string | undefined => (lexicon().heads.has(word) ? word : undefined);

/** The nouns of the lexicon that a normalised word may be a form of, the longest first: "læger" of læge, but also of læg. */
export const nounsOf: (normal: string) => readonly string[] = remember((normal) => {
  const bases = [normal, ...(LATIN.test(normal) ? [normal.replace(LATIN, 'ium')] : [])];
  for (const inflection of INFLECTIONS) {
    if (!normal.endsWith(inflection)) continue;
    const base = normal.slice(0, -inflection.length);
    if (base.length < (inflection.length === 1 ? SHORTEST_INFLECTED : SHORTEST_PART)) continue;
    bases.push(base);
    // tabeller of tabel: a short vowel doubles what follows it.
    if (/([bdfgklmnprst])\1$/.test(base)) bases.push(base.slice(0, -1));
  }
  return bases.flatMap((base) => known(base, noun) ?? []);
});

function split(normal: string): readonly string[] {
  if (normal.length < SHORTEST_COMPOUND) return [];
  const { modifiers } = lexicon();
  // A noun that the lexicon has is taken apart as it stands there; any other word may be a compound that ends inflected.
  const [listed] = nounsOf(normal);
  const word = listed ?? normal;
  if (WHOLE.has(word)) return [];
  let best: { parts: [string, string]; worth: number } | null = null;
  for (let end = SHORTEST_PART; end <= word.length - SHORTEST_PART; end++) {
    const written = word.slice(0, end);
    const ending = word.slice(end);
    const modifier = known(written, (each) => modifiers.get(each));
    if (modifier === undefined) continue;
    const linked = written !== modifier;
    if (listed !== undefined && !linked && Math.min(written.length, ending.length) < SHORTEST_UNLINKED) continue;
    const head = listed === undefined ? nounsOf(ending)[0] : known(ending, noun);
    if (head === undefined) continue;
    const worth = Math.min(modifier.length, head.length) + (linked ? LINK_BONUS : 0);
    if (best === null || worth > best.worth) best = { parts: [modifier, head], worth };
  }
  return best === null ? [] : best.parts.flatMap((part) => [part, ...compoundParts(part)]);
}

/** The nouns that a normalised Danish or Norwegian compound is made of; none when it is no compound. */
export const compoundParts: (normal: string) => readonly string[] = remember(split);
