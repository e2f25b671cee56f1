import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { ConfigError, readConfig } from './config.js';
import { Renewal } from './content/renewal.js';
import { Autovacuum } from './database/autovacuum.js';
import { DataFolderInUseError } from './database/embedded.js';
import { SearchLog } from './questions/search-log.js';
import { Indexer } from './search/meilisearch/indexer.js';
import { ImportError } from './transfer/importer.js';

/** Starts Erfara; a wrong setting or a database that cannot be opened ends in one message, not in a stack. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApp(config);
  await app.listen(config.port).catch(async (error: unknown) => {
    await app.close();
    throw new ConfigError(`PORT is ${config.port}, which cannot be listened on (${(error as Error).message}). Choose another, or stop the program that uses it.`);
  });
  app.get(Autovacuum).start();
  app.get(Renewal).start();
  app.get(SearchLog).start();
  if (config.meiliHost) app.get(Indexer).start();
  const url = config.publicUrl ?? (await app.getUrl()).replace('[::1]', 'localhost');
  new Logger('Erfara').log(`ready: ${url}/graphql`);
}

/** These say what to do; where they were thrown helps nobody. */
const TOLD = [ConfigError, DataFolderInUseError, ImportError];

main().catch((error: unknown) => {
  const told = TOLD.some((kind) => error instanceof kind);
  process.stderr.write(`Erfara cannot start. ${told ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
