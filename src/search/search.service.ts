import { Inject, Injectable } from '@nestjs/common';
import { type Connection, type Edge, connect, encodeCursor, type PageArgs, readPage } from '../api/pagination.js';
import { refuse } from '../api/errors.js';
import type { FacetCounts } from '../taxonomy/facets.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { SEARCH_ENGINE, type Hit, type SearchEngine, type SearchRequest, type SearchSort } from './engine.js';
import type { CountedConcept } from './entry-concepts.js';
import { Highlighter } from './highlight.js';
import { isBlank, parseQuery } from './query.js';
import { type ResolvedQuery, Resolver } from './resolve.js';

/** Characters that a search may have. */
export const MAX_SEARCH = 300;

/** What the entries found must be about. */
export type SearchFilter = Pick<SearchRequest, 'masks' | 'concepts'>;

export interface FoundEdge extends Edge<string> {
  /** The entry's uuid; whoever asked reads the row, under its visibility. */
  node: string;
}
export interface Found extends Connection<FoundEdge> {
  total: number;
  facets: FacetCounts;
  /** The most frequent concepts of what is found, counted when asked for. */
  conceptCounts: () => Promise<CountedConcept[]>;
  /** Whether another engine than the configured one answered. */
  degraded: boolean;
  /** What the text was taken to ask for. */
  query: ResolvedQuery;
  highlighter: Highlighter;
}

/** Full-text search over everything public, whichever engine finds. */
@Injectable()
export class SearchService {
  constructor(
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly resolver: Resolver,
    private readonly thesauri: ThesaurusService,
  ) {}

  /** Null when the text holds nothing to search for: the reader sees the list. @throws {Refusal} SEARCH_TOO_LONG. */
  isSearch(text: string | null | undefined): text is string {
    if (text && text.length > MAX_SEARCH) refuse('SEARCH_TOO_LONG', 'search', { max: MAX_SEARCH, got: text.length });
    return text != null && !isBlank(parseQuery(text));
  }

  /**
   * One page of the entries of a kind that a text finds.
   * @throws {Refusal} SEARCH_PAGES_FORWARD_ONLY, PAGE_SIZE_INVALID or CURSOR_INVALID.
   */
  async find(kind: string, text: string, { masks, concepts }: SearchFilter, sort: SearchSort, args: PageArgs): Promise<Found> {
    if (args.last != null || args.before != null) refuse('SEARCH_PAGES_FORWARD_ONLY', args.last != null ? 'last' : 'before');
    const page = readPage(args, ['search', kind, text, masks, concepts, sort]);
    const query = await this.resolver.resolve(parseQuery(text));
    const request = { kind, query, masks, concepts, sort, page };
    const { hits, total, facets, degraded } = await this.engine.search(request);
    return {
      ...connect(page, hits, ({ uuid, order }: Hit): FoundEdge => ({ node: uuid, cursor: encodeCursor(page, [order, uuid]) })),
      total,
      facets,
      conceptCounts: () => this.engine.conceptCounts(request),
      degraded,
      query,
      highlighter: new Highlighter(query, this.thesauri.current),
    };
  }
}
