import { command, say } from './command.js';
import { Rebuild } from './search/meilisearch/rebuild.js';

/** Builds the search index anew, beside the one that answers, and lets it answer. */
command('The index was not built, and searches go on as before.', async (app) => {
  const { entries, seconds } = await app.get(Rebuild).run(({ entries: done, total, seconds: so }) => say(`${done} of ${total} entries, ${(done / so).toFixed(0)} a second`));
  say(`An index of ${entries} entries answers now; it took ${seconds.toFixed(1)} s.`);
});
