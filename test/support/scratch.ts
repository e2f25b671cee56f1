import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A database of a test's own: a folder for the embedded one, a scratch database on the server of DATABASE_URL. */
export interface Scratch {
  /** The settings that select it. */
  readonly environment: { DATA_DIR: string; DATABASE_URL: string };
  drop(): Promise<void>;
}

const server = process.env['DATABASE_URL'];
export const isServed = Boolean(server);

/** @param from `library` has the starter library in it, `nothing` not even tables. */
export async function scratchDatabase(from: 'library' | 'nothing'): Promise<Scratch> {
  return server ? served(server, from) : embedded(from);
}

async function embedded(from: 'library' | 'nothing'): Promise<Scratch> {
  const root = process.env['ERFARA_TEST_FOLDER'] ?? '';
  const folder = await mkdtemp(join(root, 'data-'));
  if (from === 'library') await cp(join(root, 'template'), folder, { recursive: true });
  return {
    environment: { DATA_DIR: folder, DATABASE_URL: '' },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function served(url: string, from: 'library' | 'nothing'): Promise<Scratch> {
  const name = `erfara_test_${randomBytes(6).toString('hex')}`;
  const template = from === 'library' ? process.env['ERFARA_TEST_TEMPLATE'] : "template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
  await administer(url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    environment: { DATA_DIR: '', DATABASE_URL: Object.assign(new URL(url), { pathname: `/${name}` }).href },
    drop: () => administer(url, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Runs one statement beside all scratch databases; the named database itself is never written to. */
async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
