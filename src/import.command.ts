import { resolve } from 'node:path';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { Importer } from './transfer/importer.js';

const USAGE = 'Usage: npm run import -- DIR, where DIR holds advice/*.md';

/** Imports a folder into the database that the environment names, and says what became of each file. */
async function main([folder, ...rest]: string[]): Promise<void> {
  if (!folder || rest.length > 0) throw new Error(USAGE);
  const app = await createApp({ ...readConfig(process.env), libraryDir: null });
  try {
    await app.init();
    const { created, updated, unchanged, kept } = await app.get(Importer).import(resolve(folder));
    process.stdout.write(`${created.length} created, ${updated.length} updated, ${unchanged.length} unchanged\n`);
    if (kept.length > 0) process.stdout.write(`${kept.length} kept as they are, because they were edited or withdrawn here: ${kept.join(', ')}\n`);
  } finally {
    await app.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`Nothing was imported. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
