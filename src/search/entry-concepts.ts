import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FACET_FIELDS, type FacetMasks } from '../taxonomy/facets.js';
import { conceptTerm } from './analyser/analyser.js';
import { idf, scoreSql } from './bm25.js';

/** So many concepts are counted: what a reader can choose from. */
export const MAX_COUNTED = 20;

/** By slug. */
export interface CountedConcept {
  readonly slug: string;
  readonly count: number;
}

/** Which concepts public entries have. */
@Injectable()
export class EntryConcepts {
  constructor(private readonly dataSource: DataSource) {}

  /** For each entry the slugs of its concepts, those that say most of it first. One statement, however many entries. */
  async of(uuids: readonly string[]): Promise<string[][]> {
    const rows = await this.dataSource.query<{ uuid: string; slug: string; entries: number; total: number; share: number }[]>(
      `SELECT e.contribution_id AS uuid, ${SLUG} AS slug, t.entries, s.entries AS total, ${scoreSql('1', 'greatest(s.length, 1)::real / greatest(s.entries, 1)')} AS share
       FROM search_entry e JOIN search_posting p USING (entry) JOIN search_term t USING (term) CROSS JOIN search_statistics s
       WHERE e.contribution_id = ANY ($1) AND ${isConcept('p.term')}`,
      [uuids],
    );
    const saying = rows.map(({ uuid, slug, entries, total, share }) => ({ uuid, slug, says: share * idf(entries, total) }));
    return uuids.map((uuid) => saying.filter((row) => row.uuid === uuid).sort((a, b) => b.says - a.says || (a.slug < b.slug ? -1 : 1)).map(({ slug }) => slug));
  }

  /** The most frequent concepts of all public entries of a kind under filters. */
  async counts(kind: string, masks: FacetMasks): Promise<CountedConcept[]> {
    const filters = FACET_FIELDS.filter((field) => masks[field] !== 0);
    return this.dataSource.query<CountedConcept[]>(
      countedSql(`SELECT entry FROM search_entry e WHERE e.kind = $1 ${filters.map((_, index) => `AND e.facets & $${index + 2} <> 0`).join(' ')}`),
      [kind, ...filters.map((field) => masks[field])],
    );
  }
}

/** SQL of the slug of a posting `p` of a concept. */
const SLUG = 'substr(p.term, 2)';

/** SQL of the most frequent concepts of some entries, given SQL of those. */
export function countedSql(entries: string): string {
  return `SELECT ${SLUG} AS slug, count(*)::integer AS count FROM (${entries}) AS counted JOIN search_posting p USING (entry)
    WHERE ${isConcept('p.term')} GROUP BY p.term ORDER BY count DESC, p.term LIMIT ${MAX_COUNTED}`;
}

/** SQL of whether a term is a concept's; as a range, which an index answers. */
export function isConcept(column: string): string {
  return `${column} >= '${conceptTerm('')}' AND ${column} < '${String.fromCharCode(conceptTerm('').charCodeAt(0) + 1)}'`;
}

/** SQL of whether an entry has any of the concepts that `terms`, an array of terms, names. */
export function hasConcept(entry: string, terms: string): string {
  return `EXISTS (SELECT FROM search_posting c WHERE c.entry = ${entry} AND c.term = ANY (${terms}))`;
}
