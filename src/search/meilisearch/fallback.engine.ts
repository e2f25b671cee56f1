import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import CircuitBreaker from 'opossum';
import type { CountedConcept } from '../entry-concepts.js';
import type { SearchAnswer, SearchEngine, SearchRequest } from '../engine.js';
import { PostgresEngine } from '../postgres.engine.js';
import { MeilisearchEngine } from './meilisearch.engine.js';

/** After a failure no search waits for the server for so long; then one tries it again. In milliseconds. */
const BREAK_MS = 2_000;

type Question<T> = (engine: SearchEngine) => Promise<T>;
const AWAY = Symbol('away');

/** Meilisearch while it answers in time, else the built-in engine. */
@Injectable()
export class FallbackEngine implements SearchEngine, OnApplicationShutdown {
  private readonly logger = new Logger('Search');
  private readonly breaker: CircuitBreaker<[Question<unknown>]>;

  constructor(
    meilisearch: MeilisearchEngine,
    private readonly postgres: PostgresEngine,
  ) {
    // The engine itself is out of patience in time. One failure is enough: the next search must not wait as well.
    this.breaker = new CircuitBreaker((ask: Question<unknown>) => ask(meilisearch), { timeout: false, errorThresholdPercentage: 0, resetTimeout: BREAK_MS });
    this.breaker.on('failure', (error: Error) => this.logger.warn(`Meilisearch did not answer (${error.message}); the database searches`));
    this.breaker.fallback(() => AWAY);
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const { answer, away } = await this.ask(request, (engine) => engine.search(request));
    return away ? { ...answer, degraded: true } : answer;
  }

  async conceptCounts(request: SearchRequest): Promise<CountedConcept[]> {
    return (await this.ask(request, (engine) => engine.conceptCounts(request))).answer;
  }

  /** Phrases are looked for in the text itself, which only the database has. */
  private async ask<T>({ query: { phrases, excludedPhrases } }: SearchRequest, question: Question<T>): Promise<{ answer: T; away: boolean }> {
    if (phrases.length + excludedPhrases.length > 0) return { answer: await question(this.postgres), away: false };
    const answer = (await this.breaker.fire(question)) as T | typeof AWAY;
    return answer === AWAY ? { answer: await question(this.postgres), away: true } : { answer: answer, away: false };
  }

  /** Whether searches go to the database for now. */
  get isDegraded(): boolean {
    return this.breaker.opened || this.breaker.halfOpen;
  }

  onApplicationShutdown(): void {
    this.breaker.shutdown();
  }
}
