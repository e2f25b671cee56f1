import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AdviceContent } from '../src/advice/advice.kind.js';
import { type Random, randomFrom } from '../test/support/edits.js';
import { type AdviceFile, readAdviceFile } from '../src/transfer/advice-file.js';

export function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

export async function readLibrary(folder: string): Promise<AdviceFile[]> {
  const names = (await readdir(join(folder, 'advice'))).sort();
  const read = await Promise.all(names.map(async (name) => readAdviceFile(name, await readFile(join(folder, 'advice', name), 'utf8'))));
  return read.flatMap((file) => (Array.isArray(file) ? [] : [file]));
}

/**
 * `count` entries: sentences of the real library mixed within a language, with some words joined to compounds, so that
 * the vocabulary grows with the number of entries as it does in real collections.
 */
export function* synthetic(library: readonly AdviceFile[], count: number): Generator<{ externalId: string; content: AdviceContent }> {
  const random = randomFrom(42);
  const sentences = (text: string) => text.split(/(?<=[.:])\s+/);
  const words = (text: string) => text.match(/\p{L}{5,9}/gu) ?? ['erfaring'];
  for (let index = 0; index < count; index++) {
    const { content: first } = pick(library, random);
    const alike = library.filter(({ content }) => content.language === first.language);
    const { content: other } = pick(alike, random);
    const compound = () => pick(words(pick(alike, random).content.body), random).toLowerCase() + pick(words(pick(alike, random).content.body), random).toLowerCase();
    const body = Array.from({ length: 5 }, () => pick(sentences(pick(alike, random).content.body), random)).join(' ');
    yield {
      externalId: `S${index}`,
      content: {
        ...other,
        language: first.language,
        title: `${first.title} ${compound()}`.slice(0, 150),
        body: `${body} ${compound()} ${compound()}.`,
        validWhen: null,
        roles: pick(library, random).content.roles,
        forms: first.forms,
        sources: [],
        basis: null,
        caseName: null,
      },
    };
  }
}

/** The same as files that the importer reads. */
export async function writeSynthetic(library: readonly AdviceFile[], count: number, folder: string): Promise<void> {
  await mkdir(join(folder, 'advice'), { recursive: true });
  for (const { externalId, content } of synthetic(library, count)) {
    const { body, language, title, roles, phases, stages, forms, why } = content;
    const frontMatter = { externalId, language, title, roles, phases, stages, forms, ...(why === null ? {} : { why }) };
    await writeFile(join(folder, 'advice', `${externalId}.md`), `---\n${stringify(frontMatter)}---\n\n${body}\n`);
  }
}
