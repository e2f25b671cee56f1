import { Meilisearch } from 'meilisearch';
import { v5 as uuidOfName } from 'uuid';
import { INDEX_PREFIX } from './search/meilisearch/settings.js';

/** The same key for the same server and master key, however often this runs. */
const KEY_ID = uuidOfName('erfara', uuidOfName.URL);
const ACTIONS = ['search', 'documents.add', 'documents.get', 'documents.delete', 'indexes.create', 'indexes.get', 'indexes.delete', 'settings.update', 'settings.get', 'tasks.get', 'stats.get'] as const;

/** Makes the one key that Erfara needs, limited to its own indexes. The only program that reads MEILI_MASTER_KEY. */
async function main(): Promise<void> {
  const { MEILI_HOST: host, MEILI_MASTER_KEY: masterKey } = process.env;
  if (!host || !masterKey) throw new Error('Set MEILI_HOST to the address of the Meilisearch server and MEILI_MASTER_KEY to its master key.');
  const client = new Meilisearch({ host, apiKey: masterKey, timeout: 10_000 });
  const { results } = await client.getKeys({ limit: 1_000 });
  const known = results.find(({ uid }) => uid === KEY_ID);
  const key = known ?? (await client.createKey({ uid: KEY_ID, name: 'Erfara', description: 'Searches and keeps the indexes of Erfara', actions: [...ACTIONS], indexes: [`${INDEX_PREFIX}*`], expiresAt: null }));
  process.stdout.write(`MEILI_API_KEY=${key.key}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`No key was made. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
