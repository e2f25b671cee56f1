import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { Indexes } from '../../src/search/meilisearch/indexes.js';

/** Deletes the indexes that an application made, if it has a search server. */
export async function dropIndexes(app: NestExpressApplication): Promise<void> {
  const made = await app.get(DataSource).query<{ uid: string }[]>('SELECT uid FROM search_index');
  for (const { uid } of made) await app.get(Indexes).client.deleteIndexIfExists(uid);
}
