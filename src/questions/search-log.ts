import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ResolvedQuery } from '../search/resolve.js';
import type { FacetMasks } from '../taxonomy/facets.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { groupOf, isWeak, knownWords } from './group.js';
import { masked } from './mask.js';

/** A text is gone when it is so many days old; so is a question that was not asked since, nor ever on enough days. */
export const KEPT_DAYS = 30;
/** On so many days a question must have been asked in vain before anybody is asked to answer it. */
export const ASKED_DAYS = 3;
/** More searches than these in one moment are not readers' and are not logged. */
const MAX_WAITING = 1_000;
const FORGET_EVERY_MS = 3_600_000;

/** A search that was answered. Nobody's: there is no place for who searched. */
export interface AnsweredSearch {
  readonly text: string;
  readonly masks: FacetMasks;
  readonly total: number;
  readonly query: ResolvedQuery;
}

/**
 * What is searched for, without whoever searched, and for how long it is remembered. Searches gather for a moment and
 * are written together, in one statement: neither does an answer wait for it, nor do many searches mean many writes.
 */
@Injectable()
export class SearchLog implements OnApplicationShutdown {
  /** How long searches gather, in milliseconds. */
  gatherMs = 1_000;
  private readonly logger = new Logger('SearchLog');
  private waiting: AnsweredSearch[] = [];
  private gathering: NodeJS.Timeout | undefined;
  private forgetting: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** The database's day on which this process last forgot what is old. */
  private forgotOn = '';

  constructor(
    private readonly dataSource: DataSource,
    private readonly thesauri: ThesaurusService,
  ) {}

  /** Forgets in time also while nobody searches, from now on. */
  start(): void {
    const forget = () => void (this.writing = this.writing.then(() => this.attempt('what is old was not forgotten', () => this.forget())));
    forget();
    this.forgetting ??= setInterval(forget, FORGET_EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.forgetting);
    await this.drain();
  }

  /** Logs a search, later. Never fails. */
  note(search: AnsweredSearch): void {
    if (this.waiting.length >= MAX_WAITING) return;
    this.waiting.push(search);
    this.gathering ??= setTimeout(() => void this.drain(), this.gatherMs).unref();
  }

  /** Writes all that was noted so far. Never fails. */
  async drain(): Promise<void> {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const searches = this.waiting;
    this.waiting = [];
    if (searches.length > 0) this.writing = this.writing.then(() => this.attempt(`${searches.length} searches were not logged`, () => this.write(searches)));
    await this.writing;
  }

  /** Deletes texts, and questions that were asked on too few days to be anybody's business, by the database's clock. */
  async forget(): Promise<void> {
    await this.dataSource.query(`DELETE FROM search_log WHERE day <= current_date - ${KEPT_DAYS}`);
    await this.dataSource.query(
      `DELETE FROM question q WHERE last_day <= current_date - ${KEPT_DAYS}
         AND (SELECT count(DISTINCT day) FROM question_day WHERE question_id = q.id AND weak > 0) < ${ASKED_DAYS}
         AND NOT EXISTS (SELECT FROM call WHERE question_id = q.id)`,
    );
  }

  private async write(searches: readonly AnsweredSearch[]): Promise<void> {
    const noted = searches.flatMap(({ text, masks, total, query }) => {
      const kept = masked(text);
      const group = groupOf(kept, knownWords(query), this.thesauri.current);
      return group ? [{ ...group, text: kept, facets: masks.roles | masks.phases, weak: isWeak(total, query, group) }] : [];
    });
    if (noted.length === 0) return;
    // Rows are written in the order of their keys, so that two processes never wait for each other crosswise.
    const [row] = await this.dataSource.query<{ day: string }[]>(
      `WITH noted AS (
         SELECT question, terms, words, text, facets, count(*)::integer AS searches, (count(*) FILTER (WHERE weak))::integer AS weak
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::boolean[]) AS n (question, terms, words, text, facets, weak)
         GROUP BY question, terms, words, text, facets
       ), questions AS (
         INSERT INTO question (id, terms, words, last_day)
         SELECT DISTINCT ON (question) question, string_to_array(terms, ' '), string_to_array(words, ' '), current_date FROM noted ORDER BY question
         ON CONFLICT (id) DO UPDATE SET last_day = excluded.last_day
       ), days AS (
         INSERT INTO question_day AS d (question_id, day, facets, searches, weak)
         SELECT question, current_date, facets, sum(searches), sum(weak) FROM noted GROUP BY question, facets ORDER BY question, facets
         ON CONFLICT (question_id, day, facets) DO UPDATE SET searches = d.searches + excluded.searches, weak = d.weak + excluded.weak
       )
       INSERT INTO search_log AS l (question_id, day, facets, text, searches, weak)
       SELECT question, current_date, facets, text, sum(searches), sum(weak) FROM noted GROUP BY question, facets, text ORDER BY question, facets, text
       ON CONFLICT (question_id, day, facets, text) DO UPDATE SET searches = l.searches + excluded.searches, weak = l.weak + excluded.weak
       RETURNING day::text`,
      [
        noted.map(({ uuid }) => uuid),
        noted.map(({ terms }) => terms.join(' ')),
        noted.map(({ words }) => words.join(' ')),
        noted.map(({ text }) => text),
        noted.map(({ facets }) => facets),
        noted.map(({ weak }) => weak),
      ],
    );
    if (row && row.day !== this.forgotOn) {
      await this.forget();
      this.forgotOn = row.day;
    }
  }

  /** The database's own message may quote what it was given; its code does not. */
  private async attempt(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code, name } = error as Error & { code?: unknown };
      this.logger.warn(`${failure}: ${typeof code === 'string' ? code : name}`);
    }
  }
}
