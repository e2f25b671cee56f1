import type { ResolvedQuery } from '../resolve.js';
import { codeOf } from './documents.js';

/** Enum values, and our codes: nothing that a filter's grammar gives a meaning to. */
const PLAIN = /^[A-Za-z_]+$/;

/** A condition of Meilisearch's filter language: the attribute has any of these values. @throws {TypeError} for values that are not plain words. */
export function oneOf(attribute: string, values: readonly string[]): string {
  for (const value of values) if (!PLAIN.test(value)) throw new TypeError(`${value} is no value that is filtered by`);
  return `${attribute} IN [${values.join(', ')}]`;
}

export function exclusionFilter(terms: readonly string[]): string {
  return `NOT ${oneOf('terms', terms.map(codeOf))}`;
}

interface Word {
  codes: string[];
  admits: number;
}

/** The query's words reach its threshold together: the same rule as `HAVING sum(admits) >= threshold` in SQL, written out. */
export function admissionFilter({ terms, threshold }: Pick<ResolvedQuery, 'terms' | 'threshold'>): string {
  if (terms.length === 0) return oneOf('terms', ['nothing']);
  if (threshold === 0) return oneOf('terms', terms.map(({ term }) => codeOf(term)));
  const byWord = new Map<number, Word>();
  for (const { term, word, admits } of terms) {
    const known = byWord.get(word);
    if (known) known.codes.push(codeOf(term));
    else byWord.set(word, { codes: [codeOf(term)], admits });
  }
  const deciding = [...byWord.values()].filter(({ admits }) => admits > 0).sort((a, b) => b.admits - a.admits);
  return reaching(deciding, threshold) ?? oneOf('terms', ['nothing']);
}

/** The words, heaviest first, of which some add up to `needed`; null when all together do not. */
function reaching(words: readonly Word[], needed: number): string | null {
  if (words.reduce((sum, { admits }) => sum + admits, 0) < needed) return null;
  const alone = words.filter(({ admits }) => admits >= needed);
  const together = words.slice(alone.length);
  const ways = alone.length > 0 ? [oneOf('terms', alone.flatMap(({ codes }) => codes))] : [];
  together.forEach(({ codes, admits }, index) => {
    const rest = reaching(together.slice(index + 1), needed - admits);
    if (rest !== null) ways.push(`(${oneOf('terms', codes)} AND ${rest})`);
  });
  return ways.length > 1 ? `(${ways.join(' OR ')})` : (ways[0] ?? null);
}
