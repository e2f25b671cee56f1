import { expect } from '@jest/globals';
import { fingerprint } from './fingerprint.js';
import type { Answer, Server } from './server.js';

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

/** Sends it in each language of messages: what is wrong is said in that language, by a stable code, and nothing is done. */
export async function expectRefused(
  { database }: Server,
  send: (headers: Record<string, string>) => Promise<Answer>,
  code: string,
  field: string | null,
): Promise<void> {
  const before = await fingerprint(database);
  const messages = new Set<string>();
  for (const language of ['da', 'nb', 'en']) {
    const answer = await send({ 'accept-language': language });
    const refusal = refusalOf(answer);
    expect(refusal).toMatchObject({ code, field });
    expect(refusal.message).toMatch(/^\p{Lu}[^{}]{15,}\.$/u);
    expectNothingInside(answer.text);
    messages.add(refusal.message);
  }
  expect(messages.size).toBe(3);
  expect(await fingerprint(database)).toEqual(before);
}
