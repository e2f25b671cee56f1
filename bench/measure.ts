import { words } from '../src/search/analyser/fold.js';
import { isStopword } from '../src/search/analyser/stem.js';
import { Phase, Role } from '../src/taxonomy/taxonomy.js';
import type { AdviceFile } from '../src/transfer/advice-file.js';
import type { Random } from '../test/support/edits.js';
import { pick } from './synthetic.js';

/** Not counted: the first ones meet cold caches. */
export const WARM_UP = 60;

export interface Query {
  search: string;
  filter: { roles: Role[]; phases: Phase[] };
}
export interface Times {
  p50: number;
  p99: number;
  max: number;
}

export function times(samples: number[]): Times {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export const milliseconds = ({ p50, p99 }: Times): string => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;

export async function measure<Asked>(queries: readonly Asked[], run: (query: Asked) => Promise<unknown>): Promise<Times> {
  const samples: number[] = [];
  for (const [index, query] of queries.entries()) {
    const start = performance.now();
    await run(query);
    if (index >= WARM_UP) samples.push(performance.now() - start);
  }
  return times(samples);
}

/** One to four words in a row of a title, not all of them stop words, and two filters. */
export function queryFrom(library: readonly AdviceFile[], random: Random): Query {
  const titled = pick(library, random).content.title.split(' ');
  const start = random(titled.length);
  const search = titled.slice(start, start + 1 + random(4)).join(' ');
  if (words(search).every(({ folded }) => isStopword(folded))) return queryFrom(library, random);
  return { search, filter: { roles: [pick([Role.PUBLIC_BUYER, Role.SUPPLIER], random)], phases: [pick(Object.values(Phase), random), pick(Object.values(Phase), random)] } };
}

/** Often enough that the first {@link WARM_UP} are over. */
export const repeated = <Asked>(queries: readonly Asked[]): Asked[] => Array.from({ length: WARM_UP + 3 * queries.length }, (_, index) => queries[index % queries.length] as Asked);

const full = (text: string) => text.repeat(300).slice(0, 300);
/** Searches that ask for as much work as they can. */
export const HOSTILE: readonly string[] = [
  full('leverandørudviklingskontrakt'),
  full('leverandørudviklingskontraktsforhandling behovsbeskrivelsesdokument '),
  full('udvikilng anskafelse kontrakkt leverandrøer innovatoin løsnign '),
  full('"i '),
  full('"til og '),
  full('-a '),
  full('-"a b" '),
  full('<script>alert(1)</script> '),
  'og i at det som en på er til af for med',
  'udbud konkurrence marked dialog behov risiko rettigheder gevinst finansiering pilot prototype evaluering kontrakt',
  'hvordan kan vi som offentlig ordregiver sammen med leverandører udvikle nye løsninger på behov uden at miste rettigheder',
];
