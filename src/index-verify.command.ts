import { command, say } from './command.js';
import { Indexer } from './search/meilisearch/indexer.js';
import { Verify } from './search/meilisearch/verify.js';

/** Compares the search index with the database; with --repair mends it. Exit code 1 while they differ. */
command('The index is not known to be right.', async (app, args) => {
  const repair = args.includes('--repair');
  if (args.some((arg) => arg !== '--repair')) throw new Error('Usage: npm run index:verify [-- --repair]');
  const verify = app.get(Verify);
  const indexer = app.get(Indexer);
  await indexer.drain();
  let differences = await verify.differences();
  if (differences === null) throw new Error('No index answers. Build one: npm run reindex');
  let { missing, stale, surplus } = differences;
  say(`${missing.length} missing, ${stale.length} stale, ${surplus.length} surplus`);
  if (missing.length + stale.length + surplus.length === 0) return;
  if (!repair) throw new Error('Mend it: npm run index:verify -- --repair');
  await verify.repair(differences);
  await indexer.drain();
  differences = await verify.differences();
  ({ missing, stale, surplus } = differences ?? { missing, stale, surplus });
  if (missing.length + stale.length + surplus.length > 0) throw new Error(`After the repair ${missing.length} are missing, ${stale.length} stale, ${surplus.length} surplus; build it anew: npm run reindex`);
  say('mended');
});
