import type { NestExpressApplication } from '@nestjs/platform-express';
import type { MatchingStrategies } from 'meilisearch';
import { DataSource } from 'typeorm';
import { Indexes } from '../src/search/meilisearch/indexes.js';

const PAGE = 10;
const BATCH = 5_000;

export interface PlainQuery {
  search: string;
  filter: Record<string, string[] | null | undefined> | null;
}
export interface PlainAnswer {
  /** External ids, best first. */
  found: string[];
  total: number;
}

/** What is run beside ours: the same server on the texts as they are, one plain request, its own settings but for what is searched and filtered. */
export async function onPlainIndex<T>(app: NestExpressApplication, matchingStrategy: MatchingStrategies, run: (ask: (query: PlainQuery) => Promise<PlainAnswer>) => Promise<T>): Promise<T> {
  const { client } = app.get(Indexes);
  const uid = `erfara_plain${Date.now()}`;
  await client.createIndex(uid, { primaryKey: 'id' }).waitTask();
  try {
    const index = client.index<{ externalId: string }>(uid);
    await index.updateSettings({ searchableAttributes: ['title', 'body', 'why'], filterableAttributes: ['roles', 'phases', 'stages', 'forms', 'languages'] }).waitTask();
    for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
      const rows = await app
        .get(DataSource)
        .query<{ id: string; externalId: string }[]>(
          `SELECT id, external_id AS "externalId", title, body, why, roles, phases, stages, forms, language AS languages FROM contribution WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
          [last],
        );
      if (rows.length === 0) break;
      last = rows.at(-1)?.id ?? last;
      await index.addDocuments(rows).waitTask({ timeout: 600_000 });
    }
    return await run(async ({ search, filter }) => {
      const { hits, estimatedTotalHits } = await index.search(search, {
        matchingStrategy,
        limit: PAGE,
        filter: Object.entries(filter ?? {}).flatMap(([field, values]) => (values?.length ? [`${field} IN [${values.join(', ')}]`] : [])),
        facets: ['roles', 'phases', 'stages', 'forms', 'languages'],
        attributesToHighlight: ['title'],
        attributesToCrop: ['body'],
      });
      return { found: hits.map(({ externalId }) => externalId), total: estimatedTotalHits };
    });
  } finally {
    await client.deleteIndexIfExists(uid);
  }
}
