import { expect } from '@jest/globals';
import type { Answer } from './server.js';

export interface Told {
  code: string;
  field: string | null;
  message: string;
}

/** Why an operation was refused: of a mutation's payload, else of the GraphQL error. */
export function refusalOf({ data, errors, text }: Answer): Told {
  const [error] = errors ?? [];
  if (error) return { code: String(error.extensions['code']), field: (error.extensions['field'] as string | undefined) ?? null, message: error.message };
  const [payload] = Object.values((data ?? {}) as Record<string, { userErrors?: Told[] } | null>);
  const [told] = payload?.userErrors ?? [];
  if (!told) throw new Error(`not refused: ${text}`);
  return told;
}

/** SQL, tables and columns, stacks and paths: of no use to whoever asks, unless they attack. */
const INSIDE = [
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE)\b/,
  /\b(relation|syntax error at|QueryFailedError|TypeError|undefined)\b/,
  /\b[a-z]+_[a-z_]+\b/,
  /\\n\s+at |:\d+:\d+|node_modules|stacktrace|\.[jt]s\b/,
  /\/(work|home|root|tmp|usr|dist|src)\//,
];

/** The answer tells nothing of what is inside: a column or table is two words with an underscore between. */
export function expectNothingInside(text: string): void {
  for (const pattern of INSIDE) expect(text).not.toMatch(pattern);
}
