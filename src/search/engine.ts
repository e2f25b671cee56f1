import type { Page } from '../api/pagination.js';
import type { FacetMasks } from '../taxonomy/facets.js';
import type { ResolvedQuery } from './resolve.js';

export type SearchSort = 'RELEVANCE' | 'NEWEST' | 'OLDEST';

export interface SearchRequest {
  readonly kind: string;
  readonly query: ResolvedQuery;
  readonly masks: FacetMasks;
  readonly sort: SearchSort;
  readonly page: Page;
}

export interface Hit {
  readonly uuid: string;
  /** What the hits are ordered by: the score, or the time of publication in milliseconds. */
  readonly order: number;
}

export interface SearchAnswer {
  /** In order; one more than the page's size where more follow. */
  readonly hits: readonly Hit[];
  /** All hits before any filter, grouped by their facet values: total and facets follow from it. */
  readonly groups: readonly { facets: number; count: number }[];
}

/** Finds and ranks. What it answers are proposals: rows are read from the database, under its visibility. */
export interface SearchEngine {
  search(request: SearchRequest): Promise<SearchAnswer>;
}
export const SEARCH_ENGINE = Symbol('SEARCH_ENGINE');
