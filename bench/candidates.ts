import type { NestExpressApplication } from '@nestjs/platform-express';
import { Indexes } from '../src/search/meilisearch/indexes.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { PostgresEngine } from '../src/search/postgres.engine.js';
import { parseQuery } from '../src/search/query.js';
import { Resolver } from '../src/search/resolve.js';
import { type FacetFilter, filterMasks } from '../src/taxonomy/facets.js';

const DEPTH = 10;

/** Of the full SQL ranking's first ten, how many the search server proposes first; the mean over the queries that find anything. */
export async function candidateRecall(app: NestExpressApplication, queries: readonly { search: string; filter: FacetFilter | null }[]): Promise<number> {
  const [engine, sql, uid] = [app.get(MeilisearchEngine), app.get(PostgresEngine), await app.get(Indexes).current()];
  const shares: number[] = [];
  for (const { search, filter } of queries) {
    const query = await app.get(Resolver).resolve(parseQuery(search));
    if (query.phrases.length + query.excludedPhrases.length > 0) continue;
    const request = { kind: 'ADVICE', query, masks: filterMasks(filter), concepts: [], sort: 'RELEVANCE' as const, page: { size: DEPTH, backward: false, from: null, scope: '' } };
    const best = (await sql.search(request)).hits.slice(0, DEPTH).map(({ uuid }) => uuid);
    const proposed = new Set(await engine.candidates(uid ?? '', request, 0, AbortSignal.timeout(10_000)));
    if (best.length > 0) shares.push(best.filter((uuid) => proposed.has(uuid)).length / best.length);
  }
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}
