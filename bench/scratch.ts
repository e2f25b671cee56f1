import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { dropIndexes } from '../test/support/indexes.js';

/**
 * Runs something on an application whose database is made for it and dropped afterwards: a folder, or with `server` a
 * database beside the named one.
 * @param settings further environment variables of the application; nothing else of the environment reaches it.
 */
export async function onScratchApp<T>(server: string | undefined, settings: Record<string, string>, run: (app: NestExpressApplication) => Promise<T>): Promise<T> {
  return onScratchDatabase(server, async (database) => {
    const app = await createApp(readConfig({ LIBRARY_DIR: 'none', LOG_LEVEL: 'error', ...database, ...settings }));
    try {
      await app.listen(0, '127.0.0.1');
      return await run(app);
    } finally {
      await dropIndexes(app);
      await app.close();
    }
  });
}

async function onScratchDatabase<T>(server: string | undefined, run: (environment: Record<string, string>) => Promise<T>): Promise<T> {
  if (!server) {
    const folder = await mkdtemp(join(tmpdir(), 'erfara-bench-'));
    return run({ DATA_DIR: folder }).finally(() => rm(folder, { recursive: true, force: true }));
  }
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const name = `erfara_bench_${process.pid}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  try {
    return await run({ DATABASE_URL: Object.assign(new URL(server), { pathname: `/${name}` }).href });
  } finally {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.end();
  }
}
