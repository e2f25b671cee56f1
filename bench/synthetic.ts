import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 * A library of `count` entries: sentences of the real one mixed within a language, with some words joined to
 * compounds, so that the vocabulary grows with the number of entries as it does in real collections.
 */
export async function writeSynthetic(library: readonly AdviceFile[], count: number, folder: string): Promise<void> {
  const random = randomFrom(42);
  await mkdir(join(folder, 'advice'), { recursive: true });
  for (let index = 0; index < count; index++) {
    const first = pick(library, random);
    const alike = library.filter(({ content }) => content.language === first.content.language);
    const sentences = (text: string) => text.split(/(?<=[.:])\s+/);
    const words = (text: string) => text.match(/\p{L}{5,9}/gu) ?? ['erfaring'];
    const other = pick(alike, random);
    const compound = () => pick(words(pick(alike, random).content.body), random).toLowerCase() + pick(words(pick(alike, random).content.body), random).toLowerCase();
    const body = Array.from({ length: 5 }, () => pick(sentences(pick(alike, random).content.body), random)).join(' ');
    const file = `---
externalId: S${index}
language: ${first.content.language}
title: ${JSON.stringify(`${first.content.title} ${compound()}`.slice(0, 150))}
roles: [${pick(library, random).content.roles.join(', ')}]
phases: [${other.content.phases.join(', ')}]
stages: [${other.content.stages.join(', ')}]
forms: [${first.content.forms.join(', ')}]
why: ${JSON.stringify(other.content.why)}
---
${body} ${compound()} ${compound()}.
`;
    await writeFile(join(folder, 'advice', `S${index}.md`), file);
  }
}
