import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder with these files; it goes when all tests are over. */
export async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(process.env['ERFARA_TEST_FOLDER'] ?? '', 'files-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** An advice file. Fields are YAML as written; null leaves one out. */
export function adviceFile(fields: Record<string, string | null>, body = 'Skriv det i avtalen.'): string {
  const all: Record<string, string | null> = {
    externalId: 'X1',
    language: 'NB',
    title: 'Avtal hvem som eier dataene',
    roles: '[PUBLIC_BUYER]',
    phases: '[START_UP]',
    sources: '\n  - title: Kilden\n    url: https://example.org/',
    ...fields,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== null).map(([field, value]) => `${field}: ${value}`);
  return ['---', ...lines, '---', '', body, ''].join('\n');
}
