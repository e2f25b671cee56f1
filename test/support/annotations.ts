import { expect } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { Advice } from '../../src/advice/advice.entity.js';
import { ADVICE } from '../../src/advice/advice.kind.js';
import { searchable } from '../../src/content/kinds.js';
import { ContributionStatus } from '../../src/content/lifecycle.js';
import { conceptTerm } from '../../src/search/analyser/analyser.js';
import { annotate } from '../../src/thesaurus/annotation.js';
import { ThesaurusService } from '../../src/thesaurus/thesaurus.service.js';

const lines = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

/** All concept postings are what they must be, made from nothing but the rows that are public and the concepts as they are. */
export async function expectAnnotated(app: NestExpressApplication): Promise<void> {
  const database = app.get(DataSource);
  const stored = await database.query<Record<string, unknown>[]>(
    "SELECT e.contribution_id, p.term, p.frequency FROM search_posting p LEFT JOIN search_entry e USING (entry) WHERE p.term LIKE '#%'",
  );
  const thesaurus = await app.get(ThesaurusService).now();
  const rows = await database.getRepository(Advice).findBy({ status: ContributionStatus.PUBLISHED });
  const wanted = rows.flatMap((row) => {
    const { uuid, texts, language } = searchable(ADVICE, row);
    return [...annotate(texts, language, thesaurus)].map(([slug, frequency]) => [uuid, conceptTerm(slug), frequency]);
  });
  expect(lines(stored.map((row) => Object.values(row)))).toEqual(lines(wanted));
  const miscounted = await database.query<object[]>(
    "SELECT t.term FROM search_term t LEFT JOIN (SELECT term, count(*) AS n FROM search_posting GROUP BY term) p USING (term) WHERE t.term LIKE '#%' AND t.entries <> coalesce(p.n, 0)",
  );
  expect(miscounted).toEqual([]);
}
