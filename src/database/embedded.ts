import { existsSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { tryLock } from 'fs-native-extensions';
import { ConfigError } from '../config.js';

/** The folder of the embedded database is open in another process. */
export class DataFolderInUseError extends Error {
  override name = 'DataFolderInUseError';
  constructor(folder: string) {
    super(
      `The folder ${folder} is in use by another Erfara process. Stop that process first, ` +
        'or set DATA_DIR to another folder, or set DATABASE_URL to a PostgreSQL server, which many processes can share.',
    );
  }
}

/** The embedded database; null when a server is used. */
export const EMBEDDED = Symbol('EMBEDDED');

export interface EmbeddedDatabase {
  /** What node-postgres needs in order to talk to the database in this process. */
  readonly connection: unknown;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL inside this process, with its data in `folder`.
 * PGlite itself takes no lock and two processes would silently destroy the data; the lock taken here
 * belongs to the open file, so the operating system releases it however this process ends.
 * @throws {DataFolderInUseError} when another process holds the folder.
 */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new ConfigError(`DATA_DIR is ${folder}, which cannot be used (${(error as Error).message}); it takes a folder that Erfara may write to.`);
  });
  const lock = await open(join(folder, 'lock'), 'a+');
  if (!tryLock(lock.fd)) {
    await lock.close();
    throw new DataFolderInUseError(folder);
  }
  const pglite = await openDatabase(join(folder, 'postgres')).catch(async (error: unknown) => {
    await lock.close();
    throw error;
  });
  return {
    connection: createPgConfig(pglite).connection,
    async close() {
      await pglite.close();
      await lock.close();
    },
  };
}

/**
 * A new database is unpacked rather than made by initdb: seconds faster. What a cut-off start left half-unpacked is
 * known by the file beside it, and begun anew.
 */
async function openDatabase(folder: string): Promise<PGlite> {
  const unfinished = `${folder}.unfinished`;
  if (existsSync(folder) && !existsSync(unfinished)) return PGlite.create(folder);
  await writeFile(unfinished, '');
  await rm(folder, { recursive: true, force: true });
  const pglite = await PGlite.create(folder, { loadDataDir: await dataDir() });
  await rm(unfinished);
  return pglite;
}
