import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Language } from '../taxonomy/taxonomy.js';
import { annotate } from '../thesaurus/annotation.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { analyse, conceptTerm, FREQUENCY_UNIT, type FieldTexts, stemTerm } from './analyser/analyser.js';
import { isStopword } from './analyser/stem.js';
import { idf, scoreSql } from './bm25.js';
import { isConcept } from './entry-concepts.js';

/** How many of a text's most telling stems are compared. */
const TELLING = 20;
/** Entries that share fewer of them are alike by chance. */
const SHARED = 2;

interface Frequent {
  source: number;
  term: string;
  frequency: number;
  entries: number;
}

/** Finds entries about the same, by the stems and concepts that tell most of a text (tf · idf). */
@Injectable()
export class SimilarEntries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly thesauri: ThesaurusService,
  ) {}

  /** For each public entry the uuids of those most like it, best first. Two statements, however many entries. */
  async toEntries(uuids: readonly string[], limit: number): Promise<string[][]> {
    const frequent = await this.dataSource.query<Frequent[]>(
      `SELECT (array_position($1::uuid[], e.contribution_id) - 1)::integer AS source, p.term, p.frequency, t.entries
       FROM search_entry e JOIN search_posting p USING (entry) JOIN search_term t USING (term)
       WHERE e.contribution_id = ANY ($1::uuid[]) AND (p.term LIKE '~%' OR ${isConcept('p.term')})`,
      [uuids],
    );
    return this.rank(frequent, uuids, limit);
  }

  /** For a text that is not public, or not yet. Three statements. */
  async toText(texts: FieldTexts, language: Language, limit: number, except: string | null = null): Promise<string[]> {
    const thesaurus = await this.thesauri.now();
    const concepts = [...annotate(texts, language, thesaurus)].map(([slug, frequency]) => [conceptTerm(slug), frequency] as const);
    const postings = new Map([...[...analyse(texts, language).postings].filter(([term]) => term.startsWith(stemTerm(''))), ...concepts]);
    const known = await this.dataSource.query<{ term: string; entries: number }[]>(
      'SELECT term, entries FROM search_term WHERE term = ANY ($1) AND entries > 0',
      [[...postings.keys()]],
    );
    const frequent = known.map(({ term, entries }) => ({ source: 0, term, entries, frequency: postings.get(term) ?? 0 }));
    const [similar = []] = await this.rank(frequent, [except], limit);
    return similar;
  }

  private async rank(frequent: readonly Frequent[], sources: readonly (string | null)[], limit: number): Promise<string[][]> {
    const chosen = sources.flatMap((_, source) => mostTelling(frequent.filter((each) => each.source === source)));
    const rows = await this.dataSource.query<{ source: number; uuid: string }[]>(
      `WITH scored AS (
         SELECT q.source, p.entry, sum(${scoreSql('q.weight', 'average')})::integer AS score
         FROM (SELECT greatest(length, 1)::real / greatest(entries, 1) AS average FROM search_statistics) AS s,
           unnest($1::integer[], $2::text[], $3::real[]) AS q (source, term, weight)
         CROSS JOIN LATERAL (SELECT * FROM search_posting WHERE term = q.term OFFSET 0) AS p
         GROUP BY q.source, p.entry HAVING count(*) >= $4
       ), ranked AS (
         SELECT scored.source, e.contribution_id AS uuid,
           row_number() OVER (PARTITION BY scored.source ORDER BY score DESC, e.contribution_id DESC) AS place
         FROM scored JOIN search_entry e USING (entry)
         WHERE e.contribution_id IS DISTINCT FROM ($5::uuid[])[scored.source + 1]
       )
       SELECT source, uuid FROM ranked WHERE place <= $6 ORDER BY source, place`,
      [chosen.map(({ source }) => source), chosen.map(({ term }) => term), chosen.map(({ weight }) => weight), SHARED, sources, limit],
    );
    return sources.map((_, source) => rows.filter((row) => row.source === source).map(({ uuid }) => uuid));
  }
}

function mostTelling(frequent: readonly Frequent[]): { source: number; term: string; weight: number }[] {
  const total = Math.max(0, ...frequent.map(({ entries }) => entries));
  return frequent
    .filter(({ term }) => !isStopword(term.slice(1)))
    .map((each) => {
      const weight = idf(each.entries, total);
      return { source: each.source, term: each.term, weight, telling: weight * Math.log1p(each.frequency / FREQUENCY_UNIT) };
    })
    .sort((a, b) => b.telling - a.telling || (a.term < b.term ? -1 : 1))
    .slice(0, TELLING);
}
