import { Injectable } from '@nestjs/common';
import type { MultiSearchQuery, MultiSearchQueryWithFederation } from 'meilisearch';
import { FACET_FIELDS, type FacetCounts, facetCounts, type FacetField, filteredValues } from '../../taxonomy/facets.js';
import { conceptTerm, prefixTerm } from '../analyser/analyser.js';
import { BLOCK_UNIT, type Hit, placeOf, type SearchAnswer, type SearchEngine, type SearchRequest } from '../engine.js';
import { type CountedConcept, MAX_COUNTED } from '../entry-concepts.js';
import { PostgresEngine } from '../postgres.engine.js';
import type { WeightedTerm } from '../resolve.js';
import { codeOf, RARE_ENTRIES } from './documents.js';
import { admissionFilter, exclusionFilter, oneOf } from './filters.js';
import { Indexes } from './indexes.js';

/** How many candidates the server proposes at a time; the database ranks them, and pages never mix two blocks' ranks. */
const BLOCK = 150;
/** The server looks at so many words of a query. */
const MAX_WORDS = 10;
/** So many terms are asked for one by one. */
const TELLING_TERMS = 6;

/** No index of ours answers on this server, for now. */
export class NoIndexError extends Error {
  override name = 'NoIndexError';
}

type Candidate = { id: string };
type Counted = { estimatedTotalHits?: number; facetDistribution?: Record<string, Record<string, number>> };

/** Meilisearch finds, the database ranks. */
@Injectable()
export class MeilisearchEngine implements SearchEngine {
  /** How long the server may take before the built-in engine answers, in milliseconds. */
  patienceMs = 300;

  constructor(
    private readonly indexes: Indexes,
    private readonly postgres: PostgresEngine,
  ) {}

  /** @throws {NoIndexError}, or whatever kept the server from answering in {@link patienceMs}. */
  async search(request: SearchRequest): Promise<SearchAnswer> {
    const uid = await this.index();
    const signal = AbortSignal.timeout(this.patienceMs);
    const [counts, hits] = await Promise.all([this.counts(uid, request, signal), this.hits(uid, request, signal)]);
    return { ...counts, hits, degraded: false };
  }

  private async index(): Promise<string> {
    const uid = await this.indexes.current();
    if (uid === null) throw new NoIndexError('No index has been built yet.');
    return uid;
  }

  /** Ranks block by block until the page is full, from the position's block on. */
  private async hits(uid: string, request: SearchRequest, signal: AbortSignal): Promise<Hit[]> {
    const wanted = request.page.size + 1;
    const hits: Hit[] = [];
    const first = request.page.from && placeOf(request.page.from);
    for (let block = first?.block ?? 0; hits.length < wanted; block++) {
      const candidates = await this.candidates(uid, request, block, signal);
      if (candidates.length === 0) break;
      const ranked = await this.postgres.rank(request, candidates, first?.block === block ? first.within : null);
      hits.push(...ranked.map(({ uuid, order }) => ({ uuid, order: block * BLOCK_UNIT + order })));
      if (candidates.length < BLOCK) break;
    }
    return hits.slice(0, wanted);
  }

  /** The uuids of one block of the best candidates, in no order that matters. */
  async candidates(indexUid: string, request: SearchRequest, block: number, signal: AbortSignal): Promise<string[]> {
    const page = { limit: BLOCK, offset: block * BLOCK };
    const filter = conditions(request);
    const common = { indexUid, attributesToRetrieve: ['id'] };
    const sort = sortOf(request);
    if (sort) {
      const { results } = await this.indexes.client.multiSearch<{ queries: MultiSearchQuery[] }, Candidate>({ queries: [{ ...common, ...page, filter, q: '', sort }] }, { signal });
      return results[0]?.hits.map(({ id }) => id) ?? [];
    }
    const { hits } = await this.indexes.client.multiSearch<{ federation: object; queries: MultiSearchQueryWithFederation[] }, Candidate>(
      { federation: page, queries: rankedQueries(request, filter).map((query) => ({ ...common, ...query })) },
      { signal },
    );
    return hits.map(({ id }) => id);
  }

  /** @throws as {@link search}. */
  async conceptCounts(request: SearchRequest): Promise<CountedConcept[]> {
    const uid = await this.index();
    const query = { indexUid: uid, q: '', limit: 0, filter: conditions({ ...request, concepts: [] }), facets: ['concepts'] };
    const { results } = (await this.indexes.client.multiSearch({ queries: [query] }, { signal: AbortSignal.timeout(this.patienceMs) })) as { results: Counted[] };
    const counted = Object.entries(results[0]?.facetDistribution?.['concepts'] ?? {}).map(([slug, count]) => ({ slug, count }));
    return counted.sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1)).slice(0, MAX_COUNTED);
  }

  /** The total under all filters, and each field's counts under the filters of all others. */
  private async counts(indexUid: string, request: SearchRequest, signal: AbortSignal): Promise<{ total: number; facets: FacetCounts }> {
    const values = filteredValues(request.masks);
    const filtered = FACET_FIELDS.filter((field) => values[field].length > 0);
    const queries: MultiSearchQuery[] = [
      { indexUid, q: '', limit: 0, filter: conditions(request), facets: FACET_FIELDS.filter((field) => !filtered.includes(field)) },
      ...filtered.map((field) => ({ indexUid, q: '', limit: 0, filter: conditions(request, field), facets: [field] })),
    ];
    const { results } = (await this.indexes.client.multiSearch({ queries }, { signal })) as { results: Counted[] };
    const distribution = Object.assign({}, ...results.map(({ facetDistribution = {} }) => facetDistribution)) as Partial<Record<FacetField, Record<string, number>>>;
    return { total: results[0]?.estimatedTotalHits ?? 0, facets: facetCounts((field, value) => distribution[field]?.[value] ?? 0) };
  }
}

/** What every hit must fulfil; `without` leaves one field's filter out. */
function conditions({ kind, query, masks, concepts }: SearchRequest, without?: FacetField): string[] {
  const values = filteredValues(masks);
  return [
    oneOf('kind', [kind]),
    ...FACET_FIELDS.filter((field) => field !== without && values[field].length > 0).map((field) => oneOf(field, values[field])),
    ...(concepts.length > 0 ? [oneOf('terms', concepts.map((slug) => codeOf(conceptTerm(slug))))] : []),
    ...(query.everything ? [] : [admissionFilter(query)]),
    ...(query.excludedTerms.length > 0 ? [exclusionFilter(query.excludedTerms)] : []),
  ];
}

function sortOf({ sort, query }: SearchRequest): string[] | null {
  if (sort === 'NEWEST') return ['at:desc', 'tie:desc'];
  if (sort === 'OLDEST') return ['at:asc', 'tie:asc'];
  return query.everything ? ['tie:desc'] : null;
}

/**
 * Queries whose best hits together are the candidates: the whole query, each of its most telling terms, weighed by what
 * they say, and last of all whatever fulfils the conditions, so that all hits come in the end. A rare term brings all
 * its entries. One that was rare when an entry was indexed may be missing in the entry's order, so whatever has any of
 * the telling terms comes before the rest.
 */
function rankedQueries({ query: { terms } }: SearchRequest, conditions: string[]) {
  const heaviest = terms.toSorted((a, b) => b.weight - a.weight);
  const ofWord = new Map(heaviest.filter(isOrdered).toReversed().map((term) => [term.word, term]));
  const whole = [...ofWord.values()].toSorted((a, b) => b.weight - a.weight).slice(0, MAX_WORDS);
  const telling = heaviest.filter((term) => isOrdered(term) || term.entries <= RARE_ENTRIES).slice(0, TELLING_TERMS);
  const having = (some: readonly WeightedTerm[]) => [...conditions, oneOf('terms', some.map(({ term }) => codeOf(term)))];
  const query = (q: string, weight: number, filter = conditions) => ({ q, filter, matchingStrategy: 'frequency' as const, federationOptions: { weight } });
  return [
    ...(whole.length > 1 ? [query(whole.map(({ term }) => codeOf(term)).join(' '), 1)] : []),
    ...telling.map((each) => {
      const weight = each.weight / (heaviest[0]?.weight ?? 1);
      return isOrdered(each) ? query(codeOf(each.term), weight) : query('', weight, having([each]));
    }),
    query('', 0.001, having(heaviest.slice(0, TELLING_TERMS))),
    query('', 0),
  ];
}

/** Whether the server has the term's entries in the order of what it says of them. */
function isOrdered({ term, entries }: WeightedTerm): boolean {
  return entries > RARE_ENTRIES && !term.startsWith(prefixTerm(''));
}
