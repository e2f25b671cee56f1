import { expect, it } from '@jest/globals';
import { Autovacuum } from '../src/database/autovacuum.js';
import { Importer } from '../src/transfer/importer.js';
import { Server } from './support/server.js';

/** How much of each searched table is known to be visible to all, so that its index alone answers. */
const VISIBLE = "SELECT relname AS name, relpages > 0 AND relallvisible = relpages AS visible FROM pg_class WHERE relname IN ('search_posting', 'search_term') ORDER BY relname";

it('is done for the embedded database after many changes, and left to a server', async () => {
  const server = await Server.start();
  try {
    await server.app.get(Importer).import('library');
    const [{ embedded }] = await server.database.query<[{ embedded: boolean }]>("SELECT count(*) = 0 AS embedded FROM pg_stat_activity WHERE backend_type = 'autovacuum launcher'");
    if (embedded) expect(await server.database.query(VISIBLE)).toEqual([{ name: 'search_posting', visible: false }, { name: 'search_term', visible: false }]);
    await server.app.get(Autovacuum).drain();
    if (embedded) expect(await server.database.query(VISIBLE)).toEqual([{ name: 'search_posting', visible: true }, { name: 'search_term', visible: true }]);
    const [{ vacuums }] = await server.database.query<[{ vacuums: number }]>('SELECT sum(vacuum_count)::integer AS vacuums FROM pg_stat_user_tables');
    if (!embedded) expect(vacuums).toBe(0);
  } finally {
    await server.stop();
  }
});
