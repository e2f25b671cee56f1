import { command, say } from './command.js';
import { Indexer } from './search/meilisearch/indexer.js';
import { Verify } from './search/meilisearch/verify.js';

/** Compares the search index with the database; with --repair mends it. Exit code 1 while they differ. */
command('The index is not known to be right.', async (app, args) => {
  const repair = args.includes('--repair');
  if (args.some((arg) => arg !== '--repair')) throw new Error('Usage: npm run index:verify [-- --repair]');
  const [verify, indexer] = [app.get(Verify), app.get(Indexer)];
  const look = async () => {
    await indexer.drain();
    const differences = await verify.differences();
    if (differences === null) throw new Error('No index answers. Build one: npm run reindex');
    const { missing, stale, surplus } = differences;
    return { differences, equal: missing.length + stale.length + surplus.length === 0, text: `${missing.length} missing, ${stale.length} stale, ${surplus.length} surplus` };
  };
  const found = await look();
  say(found.text);
  if (found.equal) return;
  if (!repair) throw new Error('Mend it: npm run index:verify -- --repair');
  await verify.repair(found.differences);
  const after = await look();
  if (!after.equal) throw new Error(`After the repair: ${after.text}. Build it anew: npm run reindex`);
  say('mended');
});
