import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { CONFIG, type Config, ConfigError } from '../config.js';
import { Autovacuum } from './autovacuum.js';
import { EMBEDDED, type EmbeddedDatabase, openEmbedded } from './embedded.js';
import { migrations } from './migrations/index.js';
import { SnakeCaseNaming } from './naming.js';
import { UnitOfWork } from './unit-of-work.js';

/** Any number that nothing else in the database takes as an advisory lock. */
const MIGRATION_LOCK = 727_115_001;
/** Longer than the longest honest queue for the one connection; shorter than a query waiting for itself. */
const EMBEDDED_QUEUE_MS = 30_000;
const SERVED_POOL = 10;

/** The one connection pool, on embedded or served PostgreSQL, with all migrations applied. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EMBEDDED) private readonly embedded: EmbeddedDatabase | null,
  ) {}

  /** @param entities every TypeORM entity of the application. */
  static with(entities: EntityTarget<ObjectLiteral>[]): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: EMBEDDED,
          inject: [CONFIG],
          useFactory: (config: Config) => (config.databaseUrl ? null : openEmbedded(config.dataDir)),
        },
        {
          provide: DataSource,
          inject: [CONFIG, EMBEDDED],
          useFactory: (config: Config, embedded: EmbeddedDatabase | null) => connect(config, embedded, entities),
        },
        UnitOfWork,
        Autovacuum,
      ],
      exports: [DataSource, UnitOfWork, Autovacuum],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
    await this.embedded?.close();
  }
}

async function connect(
  config: Config,
  embedded: EmbeddedDatabase | null,
  entities: EntityTarget<ObjectLiteral>[],
): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    ...(embedded
      ? {
          poolSize: 1,
          connectTimeoutMS: EMBEDDED_QUEUE_MS,
          extra: { connection: embedded.connection, idleTimeoutMillis: 0 },
        }
      : { url: config.databaseUrl, poolSize: SERVED_POOL, connectTimeoutMS: 10_000 }),
    applicationName: 'erfara',
    entities: entities as never,
    migrations,
    namingStrategy: new SnakeCaseNaming(),
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    migrationsTransactionMode: 'each',
  });
  await dataSource.initialize().catch((error: unknown) => {
    if (embedded) throw error;
    const { message, code } = error as Error & { code?: string };
    throw new ConfigError(`The database of DATABASE_URL does not open: ${message || String(code)}. Check the address, and that the server runs.`);
  });
  try {
    if (embedded) await dataSource.runMigrations();
    else await migrateServed(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/** Several processes may start at once on one server: one migrates, the others wait and find it done. */
async function migrateServed(dataSource: DataSource): Promise<void> {
  const [{ server_encoding: encoding }] = await dataSource.query<[{ server_encoding: string }]>('SHOW server_encoding');
  if (encoding !== 'UTF8')
    throw new ConfigError(`The database of DATABASE_URL is encoded in ${encoding}; create it with ENCODING 'UTF8' and start again.`);
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
  }
}
