import { resolve } from 'node:path';
import { command, say } from './command.js';
import { Importer } from './transfer/importer.js';

/** Imports a folder into the database that the environment names, and says what became of each file. */
command('Nothing was imported.', async (app, [folder, ...rest]) => {
  if (!folder || rest.length > 0) throw new Error('Usage: npm run import -- DIR, where DIR holds advice/*.md');
  const { created, updated, unchanged, kept } = await app.get(Importer).import(resolve(folder));
  say(`${created.length} created, ${updated.length} updated, ${unchanged.length} unchanged`);
  if (kept.length > 0) say(`${kept.length} kept as they are, because they were edited or withdrawn here: ${kept.join(', ')}`);
});
