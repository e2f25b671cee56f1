import type { Page, Position } from '../api/pagination.js';
import type { FacetCounts, FacetMasks } from '../taxonomy/facets.js';
import type { CountedConcept } from './entry-concepts.js';
import type { ResolvedQuery } from './resolve.js';

export type SearchSort = 'RELEVANCE' | 'NEWEST' | 'OLDEST';

export interface SearchRequest {
  readonly kind: string;
  readonly query: ResolvedQuery;
  readonly masks: FacetMasks;
  /** Slugs; an entry has any of them. None: no condition. */
  readonly concepts: readonly string[];
  readonly sort: SearchSort;
  readonly page: Page;
}

export interface Hit {
  readonly uuid: string;
  /** What the hits are ordered by: the score, or the time of publication in milliseconds; and the block above {@link BLOCK_UNIT}. */
  readonly order: number;
}

/** An engine may rank hits in blocks, one after the other: a hit's order is the one within its block + block · this. */
export const BLOCK_UNIT = 2 ** 42;

/** Takes a cursor's position apart. */
export function placeOf([order, uuid]: Position): { block: number; within: Position } {
  return { block: Math.floor(order / BLOCK_UNIT), within: [order % BLOCK_UNIT, uuid] };
}

export interface SearchAnswer {
  /** In order; one more than the page's size where more follow. */
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly facets: FacetCounts;
  /** Whether the engine that should answer could not, and the built-in one answered in its place. */
  readonly degraded: boolean;
}

/** Finds and ranks. What it answers are proposals: rows are read from the database, under its visibility. */
export interface SearchEngine {
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** The most frequent concepts of what the request finds, whichever concepts it asks for. */
  conceptCounts(request: SearchRequest): Promise<CountedConcept[]>;
}
export const SEARCH_ENGINE = Symbol('SEARCH_ENGINE');
