/**
 * Notes on hundreds of thousands of words, for which strings in a map would take ten times the memory: of each word
 * only two hashes are kept, 64 bits together, so that no word is taken for another.
 */
export class WordTable {
  private readonly first: Int32Array;
  private readonly second: Int32Array;
  private readonly notes: Uint8Array;
  private readonly mask: number;

  /** `room` is a power of two, well above the number of words. */
  constructor(room: number) {
    this.first = new Int32Array(room);
    this.second = new Int32Array(room);
    this.notes = new Uint8Array(room);
    this.mask = room - 1;
  }

  /** What is noted of a word, as bits; 0 when it is not known. */
  get(word: string): number {
    let one = SEED;
    let other = OTHER_SEED;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      one = mix(one, code);
      other = mixOther(other, code);
    }
    return this.notes[this.slot(one, other)] ?? 0;
  }

  /** Notes bits, not all 0, of a word of Latin-1 letters given in UTF-8; A to Z are taken as small. */
  note(bytes: Uint8Array, start: number, end: number, bits: number): void {
    let one = SEED;
    let other = OTHER_SEED;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      const code = byte < 0x80 ? byte | SMALL : ((byte & 0x1f) << 6) | ((bytes[++at] ?? 0) & 0x3f);
      one = mix(one, code);
      other = mixOther(other, code);
    }
    const slot = this.slot(one, other);
    this.first[slot] = one;
    this.second[slot] = other;
    this.notes[slot] = (this.notes[slot] ?? 0) | bits;
  }

  /** Where a word of these hashes is, or may be put. */
  private slot(one: number, other: number): number {
    let slot = (one ^ (one >>> 15)) & this.mask;
    while (this.notes[slot] !== 0 && (this.first[slot] !== one || this.second[slot] !== other)) slot = (slot + 1) & this.mask;
    return slot;
  }
}

/** What a small letter of ASCII has and a capital has not. */
export const SMALL = 0x20;
/** FNV-1a; and the same with another factor, turned. */
const SEED = 0x811c9dc5 | 0;
const OTHER_SEED = 0x9e3779b9 | 0;
const mix = (hash: number, code: number) => Math.imul(hash ^ code, 0x01000193);
const mixOther = (hash: number, code: number) => Math.imul(((hash << 5) | (hash >>> 27)) ^ code, 0x85ebca6b);
