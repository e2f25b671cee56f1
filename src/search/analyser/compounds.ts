import { MAX_WORD } from './fold.js';
import { baseNounOf, basesOf, behindPrefix, isNoun, isOther, lastNounOf, lastOtherOf, nounOf, prefixesOf } from './forms.js';
import { AS_IS, E_TO_S, lexicon, NOUN, WITH_E, WITH_S, WITHOUT_E } from './lexicon.js';
import { remember } from './memo.js';
import { LINKED, LINKED_BY_S, PREFIXES, SHORT, WHOLE } from './morphemes.js';

/** Shorter words are no compounds that are worth taking apart. */
const SHORTEST_COMPOUND = 7;
const SHORTEST_PART = 3;
/** Listed nouns such as "kontakt" and "billede" are full of shorter ones (kont + akt, bil + lede) that mean nothing in them. */
const SHORTEST_UNLINKED = 4;
/** So are verbs and adjectives: mang + lede, fort + sette. */
const SHORTEST_OTHER = 5;
/** And the parts of a chain of more than two. */
const SHORTEST_LINK = 4;
/** Between two ways of splitting: a linking sound is worth so many letters of the shorter part. */
const LINK_BONUS = 1.5;
/** And two nouns that form compounds are likelier than other words by so many. */
const UNSURE_MALUS = 1.5;
/** A letter that belongs to both parts is the last resort. */
const SHARED_MALUS = 2;
const PARTICIPLE = /[ae]nde$/;
const ANY = ~0;

/** Which word of the lexicon stands like this in front of another: "behovs" is of behov. */
function modifierOf(written: string, kind = ANY): string | undefined {
  if (modifies(written, AS_IS, NOUN) && !LINKED.has(written)) return written;
  const short = written.slice(0, -1);
  if (written.endsWith('s')) {
    if (modifies(short, WITH_S)) return short;
    if (modifies(`${short}e`, E_TO_S)) return `${short}e`;
  }
  if (written.endsWith('e') && modifies(short, WITH_E)) return short;
  if (modifies(written, AS_IS, kind)) return written;
  return modifies(`${written}e`, WITHOUT_E) ? `${written}e` : undefined;
}

function modifies(word: string, way: number, kind = ANY): boolean {
  if (word.length < SHORTEST_PART || PREFIXES.has(word)) return false;
  const bits = lexicon().get(word);
  if (way === WITH_S) return (bits & WITH_S) !== 0 || ((bits & NOUN) !== 0 && takesS(word));
  if (way === AS_IS && bits & WITH_S && LINKED_BY_S.test(word)) return false;
  return (bits & way) !== 0 && (bits & kind) !== 0;
}

/** The Norwegian dictionaries seldom say so, but nouns that are derived, and compounds, take an -s- in front of another. */
function takesS(word: string): boolean {
  return LINKED_BY_S.test(word) || (!word.endsWith('e') && (prefixesOf(word, SHORTEST_PART).length > 0 || compoundParts(word).length > 0));
}

function isSurelyLinked(modifier: string): boolean {
  return (lexicon().get(modifier) & (WITH_S | WITH_E | E_TO_S)) !== 0 || LINKED_BY_S.test(modifier);
}

/** The best way to cut a word in two; a listed word ends uninflected. */
function bestPair(word: string, isListed: boolean): readonly string[] {
  const isUnsure = !isListed && (PARTICIPLE.test(word) || isOther(word));
  let best: readonly string[] = [];
  let worth = 0;
  for (const [written, ending] of cuts(word)) {
    const modifier = modifierOf(written) ?? behindPrefix(written, (rest) => modifierOf(rest));
    if (modifier === undefined) continue;
    const nounLast = isUnsure ? undefined : isListed ? nounOf(ending) : lastNounOf(ending);
    const head = nounLast ?? lastOtherOf(ending);
    if (head === undefined) continue;
    const isLinked = written !== modifier && !modifier.startsWith(written);
    const shortest = Math.min(written.length, ending.length);
    if (!isLinked && shortest < SHORTEST_UNLINKED && !areShort(modifier, head, isListed)) continue;
    if (!isLinked && nounLast === undefined && shortest < SHORTEST_OTHER) continue;
    const isShared = written.length + ending.length > word.length;
    if (isShared && (isUnsure || !isNoun(head) || ending.length < SHORTEST_OTHER)) continue;
    const areNouns = (lexicon().get(modifier) & NOUN) !== 0 && isNoun(head);
    const found = Math.min(modifier.length, head.length) + (isLinked && isSurelyLinked(modifier) ? LINK_BONUS : 0) - (areNouns ? 0 : UNSURE_MALUS) - (isShared ? SHARED_MALUS : 0);
    if (found > worth) [best, worth] = [[modifier, head], found];
  }
  return best;
}

/** The places where a word may be cut. Of three like letters where two words meet, one is not written: prosess + støtte. */
function cuts(word: string): [string, string][] {
  const found: [string, string][] = [];
  for (let end = SHORTEST_PART; end <= word.length - SHORTEST_PART; end++) {
    found.push([word.slice(0, end), word.slice(end)]);
    if (end > SHORTEST_PART && word[end - 1] === word[end - 2]) found.push([word.slice(0, end), word.slice(end - 1)]);
  }
  return found;
}

function areShort(modifier: string, head: string, isListed: boolean): boolean {
  if (isListed) return SHORT.has(modifier) && head.length >= SHORTEST_OTHER;
  return [modifier, head].every((part) => part.length > SHORTEST_PART || SHORT.has(part));
}

/** The fewest nouns that make up a compound of three and more, of whose own compounds the lexicon has none: innovations + partnerskabs + kontrakt. */
function bestChain(word: string): readonly string[] {
  const chains = new Map<number, readonly string[]>([[0, []]]);
  for (let end = SHORTEST_LINK; end <= word.length - SHORTEST_LINK; end++)
    for (const [start, before] of [...chains]) {
      if (end - start < SHORTEST_LINK || (chains.get(end)?.length ?? Infinity) <= before.length + 1) continue;
      const modifier = modifierOf(word.slice(start, end), NOUN);
      if (modifier !== undefined) chains.set(end, [...before, modifier]);
    }
  let best: readonly string[] = [];
  for (const [end, before] of chains) {
    if (before.length < 2 || (best.length > 0 && best.length <= before.length + 1)) continue;
    const head = lastNounOf(word.slice(end));
    if (head !== undefined) best = [...before, head];
  }
  return best;
}

function split(normal: string): readonly string[] {
  if (normal.length < SHORTEST_COMPOUND || normal.length > MAX_WORD) return [];
  // A noun that the lexicon has is taken apart as it stands there; any other word may be a compound that ends inflected.
  const listed = baseNounOf(normal);
  const word = listed ?? normal;
  if (basesOf(word).some((base) => WHOLE.has(base))) return [];
  const pair = bestPair(word, listed !== null);
  const parts = pair.length > 0 || listed !== null || isOther(word) ? pair : bestChain(word);
  return parts.flatMap((part) => [part, ...compoundParts(part)]);
}

/** The nouns that a normalised Danish or Norwegian compound is made of; none when it is no compound. */
export const compoundParts: (normal: string) => readonly string[] = remember(split);
