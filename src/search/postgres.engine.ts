import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Position } from '../api/pagination.js';
import { countFacets, FACET_FIELDS, type FacetMasks, kindMask } from '../taxonomy/facets.js';
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
    const { parameters, bind } = binding();
    const proposed = `SELECT entry, facets, kind FROM search_entry WHERE contribution_id = ANY (${bind(uuids, 'uuid[]')})`;
    const sql = `WITH proposed AS MATERIALIZED (${proposed}), ${hitTables(request, bind, 'proposed')} ${pageSql(request, from, bind)}`;
    return this.dataSource.query<Hit[]>(sql, parameters);
  }
}

/** All that a request finds, before its facet filters, perhaps only `among` a table of entries: table `hit`. */
function hitTables(request: SearchRequest, bind: Bind, among?: string): string {
  const { query, concepts } = request;
  const conditions = [...conceptConditions(concepts, bind), ...phraseConditions(query, bind)];
  const found = foundSql(request, bind, among);
  if (conditions.length === 0) return `hit AS MATERIALIZED (${found})`;
  return `found AS MATERIALIZED (${found}), hit AS MATERIALIZED (SELECT found.* FROM found JOIN search_entry e USING (entry) WHERE ${conditions.join(' AND ')})`;
}

/** What passes the facet filters is little; only that is looked up, to be ordered and named. */
function pageSql({ masks, sort, page }: SearchRequest, from: Position | null, bind: Bind): string {
  const order = ORDERS[sort];
  const passing = `SELECT entry, score FROM hit WHERE ${[...facetConditions(masks, bind), 'true'].join(' AND ')}`;
  const limit = bind(page.size + 1, 'integer');
  return `
    SELECT contribution_id AS uuid, ${order.value} AS order FROM (${sort === 'RELEVANCE' ? bestOf(passing, limit, from, bind) : passing}) AS passing JOIN search_entry USING (entry)
    ${from ? `WHERE ${order.beyond(from, bind)}` : ''}
    ORDER BY ${order.by} LIMIT ${limit}`;
}

/** Enough of the best by score alone: ties are broken by uuids, which are looked up, so all that tie with the last are taken, and all that tie with where the page begins. */
function bestOf(passing: string, limit: string, from: Position | null, bind: Bind): string {
  if (!from) return `${passing} ORDER BY score DESC FETCH FIRST (${limit}) ROWS WITH TIES`;
  const [score] = from;
  const at = bind(score, 'bigint');
  return `${passing} AND score <= ${at} ORDER BY score DESC FETCH FIRST (${limit} + (SELECT count(*) FROM hit WHERE score = ${at})) ROWS WITH TIES`;
}

/** Having an excluded term weighs more than all that an entry can have. Sums stay below 2^24, which a real holds exactly. */
const EXCLUDED = -(2 ** 24);

/** Entries whose words reach the threshold, and that have nothing that is excluded. */
function foundSql({ kind, query }: SearchRequest, bind: Bind, among?: string): string {
  const bit = bind(kindMask(kind), 'integer');
  const only = among ? ` AND entry = ANY (ARRAY(SELECT entry FROM ${among}))` : '';
  const having = query.everything
    ? [`SELECT entry, facets | ${bit} AS facets, 0 AS admits, 0 AS score FROM ${among ?? 'search_entry'} WHERE kind = ${bind(kind, 'text')}`]
    : termsSql(query, only, bind);
  const excluded = query.excludedTerms.length > 0 ? [`SELECT entry, facets, ${EXCLUDED}, 0 FROM search_posting WHERE term = ANY (${bind(query.excludedTerms, 'text[]')})${only}`] : [];
  return `
    SELECT entry, max(facets) AS facets, sum(score::real)::integer AS score FROM (${[...having, ...excluded].join(' UNION ALL ')}) AS had
    WHERE facets & ${bit} <> 0
    GROUP BY entry HAVING sum(admits::real) >= ${bind(query.threshold, 'integer')}`;
}

/** What entries have of each word; of the terms that stand for one word the best counts. */
function termsSql({ terms, averageLength }: ResolvedQuery, only: string, bind: Bind): string[] {
  const score = scoreSql('q.weight', bind(averageLength, 'real'));
  const counts = new Map<number, number>();
  for (const { word } of terms) counts.set(word, (counts.get(word) ?? 0) + 1);
  const postings = (of: readonly WeightedTerm[]) => {
    const columns = [
      bind(of.map(({ term }) => term), 'text[]'),
      bind(of.map(({ word }) => word), 'integer[]'),
      bind(of.map(({ weight }) => weight), 'real[]'),
      bind(of.map(({ admits }) => admits), 'integer[]'),
    ];
    // OFFSET 0 makes it one index scan a term, whatever the planner believes of the number of terms.
    return `unnest(${columns.join(', ')}) AS q (term, word, weight, admits)
      CROSS JOIN LATERAL (SELECT * FROM search_posting WHERE term = q.term${only} OFFSET 0) AS p`;
  };
  // Most terms are concepts, each the only one of its group: there is nothing to choose from, so they are not grouped.
  const [alone, several] = [terms.filter(({ word }) => counts.get(word) === 1), terms.filter(({ word }) => counts.get(word) !== 1)];
  return [
    `SELECT p.entry, p.facets, q.admits, ${score} AS score FROM ${postings(alone)}`,
    `SELECT p.entry, max(p.facets), max(q.admits), max(${score}) FROM ${postings(several)} GROUP BY p.entry, q.word`,
  ];
}

function phraseConditions({ phrases, excludedPhrases }: ResolvedQuery, bind: Bind): string[] {
  const conditions: string[] = [];
  if (phrases.length > 0) conditions.push(`e.words LIKE ALL (${bind(phrases.map(pattern), 'text[]')})`);
  if (excludedPhrases.length > 0) conditions.push(`NOT e.words LIKE ANY (${bind(excludedPhrases.map(pattern), 'text[]')})`);
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
    by: 'score DESC, contribution_id DESC',
    beyond: ([score, uuid], bind) => `(score, contribution_id) < (${bind(score, 'bigint')}, ${bind(uuid, 'uuid')})`,
  },
  NEWEST: {
    value: MILLISECONDS,
    by: 'published_at DESC, contribution_id DESC',
    beyond: ([at, uuid], bind) => `(published_at, contribution_id) < (${time(at, bind)}, ${bind(uuid, 'uuid')})`,
  },
  OLDEST: {
    value: MILLISECONDS,
    by: 'published_at, contribution_id',
    beyond: ([at, uuid], bind) => `(published_at, contribution_id) > (${time(at, bind)}, ${bind(uuid, 'uuid')})`,
  },
};
