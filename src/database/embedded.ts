import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
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

async function openDatabase(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) await create(folder);
  return PGlite.create(folder);
}

/**
 * An empty database, unpacked rather than made by initdb: seconds faster. Made beside its place and then moved
 * there, so that a start which is cut off leaves nothing half-made.
 */
async function create(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const pglite = await PGlite.create(unfinished, { loadDataDir: await dataDir() });
  await pglite.close();
  await rename(unfinished, folder);
}
