import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ANALYSER_VERSION } from '../search/analyser/analyser.js';
import { Postings, type SearchableEntry } from '../search/postings.js';
import { Worker } from '../worker.js';
import { Contribution } from './contribution.entity.js';
import { Kinds, searchable } from './kinds.js';

/** Entries at a time: few, since the embedded database answers nobody else meanwhile. */
const ANNOTATED_AT_ONCE = 80;
const ANALYSED_AT_ONCE = 10;
/** Between two batches others have the database to themselves. */
const RESTS = { busy: 1, idle: 500, failed: 5_000 };

/**
 * Keeps what is searched up with the thesaurus and the analyser: entries that a changed concept touches are annotated
 * anew, entries that an earlier analyser read are read again. One worker a process, any number of processes; searches
 * go on, and find by what each entry has at the time. A transaction does a few entries, so that one that is cut off
 * leaves them to the next.
 */
@Injectable()
export class Renewal implements OnApplicationShutdown {
  private readonly logger = new Logger('Search');
  private readonly worker = new Worker(() => this.step(), RESTS, (reason) => this.logger.warn(`some entries could not be read anew, and are tried again: ${reason}`));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly kinds: Kinds,
    private readonly postings: Postings,
  ) {}

  /** Works until the application ends. */
  start(): void {
    this.worker.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.worker.stop();
  }

  /** Does all there is to do. */
  async drain(): Promise<void> {
    while ((await this.step()) > 0);
  }

  /** A few entries. @returns how many. */
  async step(): Promise<number> {
    return (await this.annotateSome()) || (await this.analyseSome());
  }

  private annotateSome(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const [taken] = await tx.query<[{ uuid: string }[], number]>(
        `DELETE FROM annotation_queue WHERE contribution_id IN (
           SELECT contribution_id FROM annotation_queue ORDER BY contribution_id LIMIT ${ANNOTATED_AT_ONCE} FOR UPDATE SKIP LOCKED)
         RETURNING contribution_id AS uuid`,
      );
      if (taken.length > 0) await this.postings.annotate(tx, await this.entries(tx, taken.map(({ uuid }) => uuid)));
      return taken.length;
    });
  }

  private analyseSome(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const outdated = await tx.query<{ uuid: string }[]>(
        `SELECT c.id AS uuid FROM search_entry e JOIN contribution c ON c.id = e.contribution_id
         WHERE e.analyser < $1 ORDER BY e.analyser, e.entry LIMIT ${ANALYSED_AT_ONCE} FOR UPDATE OF c SKIP LOCKED`,
        [ANALYSER_VERSION],
      );
      if (outdated.length === 0) return 0;
      const added = await this.entries(tx, outdated.map(({ uuid }) => uuid));
      await this.postings.change(tx, { removed: added.map(({ uuid }) => uuid), added });
      return outdated.length;
    });
  }

  /** Held, so that nobody publishes or withdraws them meanwhile. */
  private async entries(tx: EntityManager, uuids: readonly string[]): Promise<SearchableEntry[]> {
    const rows = await tx.find(Contribution, { where: { uuid: In([...uuids]) }, order: { uuid: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    return rows.map((row) => searchable(this.kinds.of(row), row));
  }
}
