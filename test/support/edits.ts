const LETTERS = [...'abcdefghijklmnopqrstuvwxyzæøå0'];

/** A random choice below `limit`. */
export type Random = (limit: number) => number;

/** The same choices for the same seed, so that a failure can be looked at again (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** One mistake of the hand: a letter too many, too few, another one, or two neighbours exchanged. */
export function editedOnce(word: string, random: Random): string {
  const letters = [...word];
  const at = random(letters.length);
  const letter = LETTERS[random(LETTERS.length)] ?? '';
  switch (random(4)) {
    case 0:
      return letters.toSpliced(at, 0, letter).join('');
    case 1:
      return letters.toSpliced(at, 1).join('');
    case 2:
      return letters.with(at, letter).join('');
    default:
      return at + 1 < letters.length ? letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? '').join('') : letters.toSpliced(at, 1).join('');
  }
}
