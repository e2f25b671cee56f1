import { execFileSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Makes the starter library's database once, by the command that users have; each test file gets a copy of its own. */
export default async function globalSetup() {
  const folder = await mkdtemp(join(tmpdir(), 'erfara-test-'));
  const server = process.env.DATABASE_URL;
  const template = `erfara_test_template_${process.pid}`;
  process.env.ERFARA_TEST_FOLDER = folder;
  process.env.ERFARA_TEST_TEMPLATE = template;
  if (!process.env.MEILI_HOST) process.stderr.write('\n*** MEILI_HOST is not set: every test of Meilisearch is SKIPPED. The built-in engine is tested alone. ***\n\n');
  if (server) {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(`CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
    await client.end();
  }
  const url = server ? Object.assign(new URL(server), { pathname: `/${template}` }).href : '';
  const env = { ...process.env, NODE_OPTIONS: '', DATA_DIR: join(folder, 'template'), DATABASE_URL: url, MEILI_HOST: '', LOG_LEVEL: 'error' };
  execFileSync(process.execPath, ['dist/import.command.js', 'library'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}
