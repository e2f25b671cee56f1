import { FREQUENCY_UNIT } from './analyser/analyser.js';

/*
 * BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the
 * fields' frequencies weighted and summed before saturation: Robertson, Zaragoza and Taylor, "Simple BM25 Extension
 * to Multiple Weighted Fields" (CIKM 2004). The idf is Lucene's, which is never negative.
 */
const K1 = 1.5;
const B = 0.3;
/** Scores are whole numbers, so that their sum does not depend on the order of adding: thousandths of a nat. */
const SCALE = 1_000;

/** How much it says that an entry has a term which `entries` of `total` have, in nats. */
export function idf(entries: number, total: number): number {
  return Math.log(1 + (Math.max(total, entries) - entries + 0.5) / (entries + 0.5));
}

/**
 * SQL of how much of a term's weight one posting `p` earns, from 0 to 1, given SQL of the mean entry length.
 * Computed once a posting, thousands of times a search, so in `real`: numeric takes ten times as long, and the
 * embedded database, which has 32 bits, allocates memory for every float8.
 */
export function saturationSql(averageLength: string): string {
  const [least, perLength] = [K1 * FREQUENCY_UNIT * (1 - B), K1 * FREQUENCY_UNIT * B];
  return `(p.frequency::real / (p.frequency::real + ${least}::real + ${perLength}::real / ${averageLength}::real * p.length::real))`;
}

/** SQL of one posting's score, given SQL of the term's weight, a real, and of the mean entry length; the posting is `p`. */
export function scoreSql(weight: string, averageLength: string): string {
  return `(${SCALE * (K1 + 1)}::real * ${weight} * ${saturationSql(averageLength)})::integer`;
}
