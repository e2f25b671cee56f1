import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Worker } from '../../worker.js';
import { Outbox } from '../outbox.js';
import { documentsOf } from './documents.js';
import { IndexBeingBuiltError, Indexes } from './indexes.js';
import { Rebuild } from './rebuild.js';

const BATCH = 500;
const RESTS = { busy: 0, idle: 200, failed: 2_000 };
/** How often it looks whether the server still has the index, in milliseconds. */
const CHECK_MS = 10_000;

/** Keeps the index equal to the database: one worker a process, any number of processes. */
@Injectable()
export class Indexer implements OnApplicationShutdown {
  private readonly logger = new Logger('Search');
  private readonly worker = new Worker(() => this.step(), RESTS, (reason) => this.logger.warn(`the index is not up to date, and is tried again: ${reason}`));
  private nextCheck = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: Indexes,
    private readonly rebuild: Rebuild,
    private readonly outbox: Outbox,
  ) {}

  /** Works until the application ends. */
  start(): void {
    this.worker.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.worker.stop();
  }

  /** Pushes one batch of changes; where no index answers, builds one. @returns how many changes were pushed. */
  async step(): Promise<number> {
    let uid = await this.indexes.current();
    if (uid !== null && this.nextCheck < performance.now()) {
      await this.check(uid);
      uid = await this.indexes.current();
    }
    if (uid === null) return this.build();
    const changes = await this.outbox.claim(BATCH);
    if (changes.length === 0) return 0;
    try {
      // The server would make an index without settings, were it gone.
      if (!(await this.indexes.exists(uid))) throw new Error('the server has lost the index');
      const uuids = changes.map((change) => change.uuid);
      const documents = await documentsOf(this.dataSource, uuids);
      await this.indexes.push(uid, [...documents.values()], uuids.filter((uuid) => !documents.has(uuid)));
    } catch (error) {
      this.nextCheck = 0;
      await this.outbox.failed(changes);
      throw error;
    }
    await this.outbox.done(changes);
    return changes.length;
  }

  /** Pushes all that waits, also what failed before. For commands; @throws what kept it from doing so. */
  async drain(): Promise<void> {
    await this.dataSource.query('UPDATE search_outbox SET available_at = now() WHERE NOT pushed AND claimed_by IS NULL');
    while ((await this.step()) > 0);
  }

  private async check(uid: string): Promise<void> {
    if (!(await this.indexes.exists(uid))) {
      this.logger.warn(`the server has lost the index ${uid}; a new one is built`);
      await this.indexes.retire(uid);
    }
    await this.indexes.removeRetired();
    this.nextCheck = performance.now() + CHECK_MS;
  }

  private async build(): Promise<number> {
    try {
      const { entries, seconds } = await this.rebuild.run();
      this.logger.log(`built an index of ${entries} entries in ${seconds.toFixed(1)} s`);
    } catch (error) {
      if (!(error instanceof IndexBeingBuiltError)) throw error;
    }
    return 0;
  }
}
