import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Position } from '../api/pagination.js';
import { countFacets, FACET_FIELDS, type FacetMasks } from '../taxonomy/facets.js';
import { conceptTerm } from './analyser/analyser.js';
import { scoreSql } from './bm25.js';
import { type Hit, placeOf, type SearchAnswer, type SearchEngine, type SearchRequest, type SearchSort } from './engine.js';
import { type CountedConcept, countedSql, hasConcept } from './entry-concepts.js';
import type { Phrase } from './query.js';
import type { ResolvedQuery, WeightedTerm } from './resolve.js';

/** Adds a value to a statement's parameters and returns its placeholder. */
type Bind = (value: unknown, type: string) => string;

function binding(): { parameters: unknown[]; bind: Bind } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value, type) => `$${parameters.push(value)}::${type}` };
}

/** The search engine that is always there: postings in tables, BM25 in one statement. */
@Injectable()
export class PostgresEngine implements SearchEngine {
  constructor(private readonly dataSource: DataSource) {}

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const { parameters, bind } = binding();
    const sql = `
      WITH ${hitTables(request, bind)}
      SELECT
        (SELECT coalesce(json_agg(g), '[]') FROM (SELECT facets, count(*) AS count FROM hit GROUP BY facets) AS g) AS groups,
        (SELECT coalesce(json_agg(h), '[]') FROM (${pageSql(request, request.page.from && placeOf(request.page.from).within, bind)}) AS h) AS hits`;
    const [{ groups, hits }] = await this.dataSource.query<[{ groups: { facets: number; count: number }[]; hits: Hit[] }]>(sql, parameters);
    return { hits, ...countFacets(groups, request.masks), degraded: false };
  }

  async conceptCounts(request: SearchRequest): Promise<CountedConcept[]> {
    const { parameters, bind } = binding();
    const sql = `WITH ${hitTables({ ...request, concepts: [] }, bind)} ${countedSql(`SELECT entry FROM hit WHERE ${[...facetConditions(request.masks, bind), 'true'].join(' AND ')}`)}`;
    return this.dataSource.query<CountedConcept[]>(sql, parameters);
  }

  /** Ranks what another engine proposes, by the same formula and under the same conditions: at most `page.size` + 1 hits beyond `from`. */
  async rank(request: SearchRequest, uuids: readonly string[], from: Position | null): Promise<Hit[]> {
    const { query } = request;
    const { parameters, bind } = binding();
    const proposed = `SELECT * FROM search_entry WHERE contribution_id = ANY (${bind(uuids, 'uuid[]')})`;
    const sql = `
      WITH proposed AS MATERIALIZED (${proposed}),
      found AS MATERIALIZED (${query.everything ? 'SELECT entry, 0 AS score FROM proposed' : foundByTerms(query, bind, 'ARRAY(SELECT entry FROM proposed)')}),
      hit AS MATERIALIZED (${hitsSql(request, 'proposed', bind)})
      ${pageSql(request, from, bind)}`;
    return this.dataSource.query<Hit[]>(sql, parameters);
  }
}

/** All that a request finds, before its facet filters: tables `found` and `hit`. */
function hitTables(request: SearchRequest, bind: Bind): string {
  const { query } = request;
  return `found AS (${query.everything ? 'SELECT entry, 0 AS score FROM search_entry' : foundByTerms(query, bind)}),
    hit AS MATERIALIZED (${hitsSql(request, entriesFor(query), bind)})`;
}

function hitsSql({ kind, query, concepts }: SearchRequest, entries: string, bind: Bind): string {
  return `
    SELECT e.entry, e.contribution_id AS id, found.score, e.facets, e.published_at
    FROM found JOIN ${entries} e USING (entry)
    WHERE ${[`e.kind = ${bind(kind, 'text')}`, ...conceptConditions(concepts, bind), ...phraseConditions(query, bind)].join(' AND ')}`;
}

function pageSql({ masks, sort, page }: SearchRequest, from: Position | null, bind: Bind): string {
  const order = ORDERS[sort];
  return `
    SELECT id AS uuid, ${order.value} AS order FROM hit
    WHERE ${[...facetConditions(masks, bind), ...(from ? [order.beyond(from, bind)] : []), 'true'].join(' AND ')}
    ORDER BY ${order.by} LIMIT ${bind(page.size + 1, 'integer')}`;
}

/**
 * The planner takes every query to find a hundred entries and looks each up. From half the library on,
 * reading all of it once is faster; OFFSET 0 keeps the planner from looking entries up all the same.
 */
function entriesFor({ terms, entries }: ResolvedQuery): string {
  const reached = terms.reduce((sum, term) => sum + term.entries, 0);
  return reached > entries / 2 ? '(SELECT * FROM search_entry OFFSET 0)' : 'search_entry';
}

/** Entries whose words reach the threshold, perhaps only `among` an array of them; of the terms that stand for one word the best counts. */
function foundByTerms({ terms, threshold, averageLength }: ResolvedQuery, bind: Bind, among?: string): string {
  const average = bind(averageLength, 'float8');
  const counts = new Map<number, number>();
  for (const { word } of terms) counts.set(word, (counts.get(word) ?? 0) + 1);
  const postings = (of: readonly WeightedTerm[]) => {
    const columns = [
      bind(of.map(({ term }) => term), 'text[]'),
      bind(of.map(({ word }) => word), 'integer[]'),
      bind(of.map(({ weight }) => weight), 'float8[]'),
      bind(of.map(({ admits }) => admits), 'integer[]'),
    ];
    // OFFSET 0 makes it one index scan a term, whatever the planner believes of the number of terms.
    return `unnest(${columns.join(', ')}) AS q (term, word, weight, admits)
      CROSS JOIN LATERAL (SELECT * FROM search_posting WHERE term = q.term${among ? ` AND entry = ANY (${among})` : ''} OFFSET 0) AS p`;
  };
  const score = scoreSql('q.weight', average);
  // Most terms are concepts, each the only one of its group: there is nothing to choose from, so they are not grouped.
  const [alone, several] = [terms.filter(({ word }) => counts.get(word) === 1), terms.filter(({ word }) => counts.get(word) !== 1)];
  return `
    SELECT entry, sum(score)::integer AS score FROM (
      SELECT p.entry, q.admits, ${score} AS score FROM ${postings(alone)}
      UNION ALL
      SELECT p.entry, max(q.admits), max(${score}) FROM ${postings(several)} GROUP BY p.entry, q.word
    ) AS by_word
    GROUP BY entry HAVING sum(admits) >= ${bind(threshold, 'integer')}`;
}

function phraseConditions({ phrases, excludedPhrases, excludedTerms }: ResolvedQuery, bind: Bind): string[] {
  const conditions: string[] = [];
  if (phrases.length > 0) conditions.push(`e.words LIKE ALL (${bind(phrases.map(pattern), 'text[]')})`);
  if (excludedPhrases.length > 0) conditions.push(`NOT e.words LIKE ANY (${bind(excludedPhrases.map(pattern), 'text[]')})`);
  if (excludedTerms.length > 0)
    conditions.push(`NOT EXISTS (SELECT FROM search_posting x WHERE x.term = ANY (${bind(excludedTerms, 'text[]')}) AND x.entry = e.entry)`);
  return conditions;
}

function conceptConditions(concepts: readonly string[], bind: Bind): string[] {
  return concepts.length > 0 ? [hasConcept('e.entry', bind(concepts.map(conceptTerm), 'text[]'))] : [];
}

/** Folded words hold letters and digits only, so nothing in a pattern needs escaping. */
function pattern({ text, open }: Phrase): string {
  return open ? `% ${text}%` : `% ${text} %`;
}

function facetConditions(masks: FacetMasks, bind: Bind): string[] {
  return FACET_FIELDS.filter((field) => masks[field] !== 0).map((field) => `facets & ${bind(masks[field], 'integer')} <> 0`);
}

const MILLISECONDS = '(extract(epoch FROM published_at) * 1000)::float8';
const time = (milliseconds: number, bind: Bind) => bind(new Date(milliseconds).toISOString(), 'timestamptz');
const ORDERS: Record<SearchSort, { value: string; by: string; beyond: (position: Position, bind: Bind) => string }> = {
  RELEVANCE: {
    value: 'score',
    by: 'score DESC, id DESC',
    beyond: ([score, uuid], bind) => `(score, id) < (${bind(score, 'bigint')}, ${bind(uuid, 'uuid')})`,
  },
  NEWEST: {
    value: MILLISECONDS,
    by: 'published_at DESC, id DESC',
    beyond: ([at, uuid], bind) => `(published_at, id) < (${time(at, bind)}, ${bind(uuid, 'uuid')})`,
  },
  OLDEST: {
    value: MILLISECONDS,
    by: 'published_at, id',
    beyond: ([at, uuid], bind) => `(published_at, id) > (${time(at, bind)}, ${bind(uuid, 'uuid')})`,
  },
};
