import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import CircuitBreaker from 'opossum';
import type { SearchAnswer, SearchEngine, SearchRequest } from '../engine.js';
import { PostgresEngine } from '../postgres.engine.js';
import { MeilisearchEngine } from './meilisearch.engine.js';

/** After a failure no search waits for the server for so long; then one tries it again. In milliseconds. */
const BREAK_MS = 2_000;

/** Meilisearch while it answers in time, else the built-in engine. */
@Injectable()
export class FallbackEngine implements SearchEngine, OnApplicationShutdown {
  private readonly logger = new Logger('Search');
  private readonly breaker: CircuitBreaker<[SearchRequest], SearchAnswer>;

  constructor(
    meilisearch: MeilisearchEngine,
    private readonly postgres: PostgresEngine,
  ) {
    // The engine itself is out of patience in time. One failure is enough: the next search must not wait as well.
    this.breaker = new CircuitBreaker((request) => meilisearch.search(request), { timeout: false, errorThresholdPercentage: 0, resetTimeout: BREAK_MS });
    this.breaker.on('failure', (error: Error) => this.logger.warn(`Meilisearch did not answer (${error.message}); the database searches`));
    this.breaker.fallback(async (request: SearchRequest): Promise<SearchAnswer> => ({ ...(await postgres.search(request)), degraded: true }));
  }

  /** Phrases are looked for in the text itself, which only the database has. */
  search(request: SearchRequest): Promise<SearchAnswer> {
    const { phrases, excludedPhrases } = request.query;
    return phrases.length + excludedPhrases.length > 0 ? this.postgres.search(request) : this.breaker.fire(request);
  }

  /** Whether searches go to the database for now. */
  get isDegraded(): boolean {
    return this.breaker.opened || this.breaker.halfOpen;
  }

  onApplicationShutdown(): void {
    this.breaker.shutdown();
  }
}
