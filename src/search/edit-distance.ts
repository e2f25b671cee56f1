/**
 * Damerau–Levenshtein distance: the least number of letters inserted, deleted, replaced or exchanged with their
 * neighbour that turns one word into the other, also where letters are inserted between two exchanged ones.
 * Source: Lowrance and Wagner, "An Extension of the String-to-String Correction Problem", J. ACM 22(2), 1975.
 */
export function editDistance(a: string, b: string): number {
  const from = [...a];
  const to = [...b];
  const far = from.length + to.length;
  const width = to.length + 2;
  // Row and column 0 are a border that no path crosses; distances stand from 1 on.
  const distances = new Uint16Array((from.length + 2) * width).fill(far);
  const at = (i: number, j: number) => distances[(i + 1) * width + j + 1] ?? far;
  const set = (i: number, j: number, distance: number) => void (distances[(i + 1) * width + j + 1] = distance);
  for (let i = 0; i <= from.length; i++) set(i, 0, i);
  for (let j = 0; j <= to.length; j++) set(0, j, j);
  const lastRowOf = new Map<string, number>();
  for (let i = 1; i <= from.length; i++) {
    let lastMatch = 0;
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const row = lastRowOf.get(to[j - 1] ?? '') ?? 0;
      const exchanged = row > 0 && lastMatch > 0 ? at(row - 1, lastMatch - 1) + (i - row - 1) + 1 + (j - lastMatch - 1) : far;
      set(i, j, Math.min(at(i - 1, j - 1) + (same ? 0 : 1), at(i, j - 1) + 1, at(i - 1, j) + 1, exchanged));
      if (same) lastMatch = j;
    }
    lastRowOf.set(from[i - 1] ?? '', i);
  }
  return at(from.length, to.length);
}
