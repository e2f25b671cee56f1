import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { Advice } from '../src/advice/advice.entity.js';
import { ADVICE, type AdviceContent } from '../src/advice/advice.kind.js';
import { searchable } from '../src/content/kinds.js';
import { ContributionStatus } from '../src/content/lifecycle.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { Postings } from '../src/search/postings.js';
import { Language, Phase, Role } from '../src/taxonomy/taxonomy.js';

/** A document of a retrieval collection. */
export interface CollectionDocument {
  id: string;
  language: string;
  title: string;
  body: string;
}

const BATCH = 500;

export async function readLines<T>(file: string): Promise<T[]> {
  return (await readFile(file, 'utf8')).split('\n').filter(Boolean).map((line) => JSON.parse(line) as T);
}

/** Documents of any collection as contents of advice: a role and a phase each, so that filters have something to do. */
export function contentOfDocument({ language, title, body }: CollectionDocument, index: number): AdviceContent {
  return {
    language: Language[language.toUpperCase() as keyof typeof Language],
    title,
    body,
    why: null,
    validWhen: null,
    roles: [Object.values(Role)[index % 5] ?? Role.SUPPLIER],
    phases: [Object.values(Phase)[index % 3] ?? Phase.IDEA],
    stages: [],
    forms: [],
    sources: [],
    basis: null,
    caseName: null,
  };
}

/** Publishes texts at once, as the importer does, without files. */
export async function publishAll(app: NestExpressApplication, texts: readonly { externalId: string; content: AdviceContent }[], { vacuum = true } = {}): Promise<void> {
  const now = new Date();
  for (let start = 0; start < texts.length; start += BATCH) {
    const rows = texts.slice(start, start + BATCH).map(({ externalId, content }) =>
      Object.assign(new Advice(), ADVICE.columns(content), {
        uuid: randomUUID(), externalId, kind: ADVICE.kind, status: ContributionStatus.PUBLISHED, version: 1, publishedVersion: 1, publishedAt: now, visibleFrom: now,
      }),
    );
    await app.get(UnitOfWork).run(async (tx) => {
      await tx.insert(Advice, rows);
      await app.get(Postings).change(tx, { added: rows.map((row) => searchable(ADVICE, row)) });
    });
  }
  if (vacuum) await app.get(DataSource).query('VACUUM (ANALYZE)');
}
