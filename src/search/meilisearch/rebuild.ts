import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { documentsOf } from './documents.js';
import { Indexes } from './indexes.js';

const BATCH = 1_000;
/** Batches on their way to the server at a time. */
const IN_FLIGHT = 3;

export interface Progress {
  readonly entries: number;
  readonly total: number;
  readonly seconds: number;
}

/** Builds an index anew, beside the one that answers. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: Indexes,
  ) {}

  /**
   * Fills a new index, catches up with what changed meanwhile, and lets it answer.
   * @throws {IndexBeingBuiltError} when another process builds one.
   */
  async run(report: (progress: Progress) => void = () => {}): Promise<Progress> {
    const started = performance.now();
    const uid = await this.indexes.begin();
    try {
      await this.indexes.create(uid);
      const [{ total }] = await this.dataSource.query<[{ total: number }]>('SELECT entries AS total FROM search_statistics');
      const progress = (entries: number): Progress => ({ entries, total, seconds: (performance.now() - started) / 1_000 });
      const entries = await this.fill(uid, (filled) => report(progress(filled)));
      await this.catchUp(uid);
      await this.indexes.activate(uid);
      return progress(entries);
    } catch (error) {
      await this.indexes.retire(uid);
      throw error;
    }
  }

  private async fill(uid: string, report: (entries: number) => void): Promise<number> {
    const flying = new Set<Promise<void>>();
    let filled = 0;
    for (let last = 0; ; ) {
      const rows = await this.dataSource.query<{ entry: number; uuid: string }[]>(
        `SELECT entry, contribution_id AS uuid FROM search_entry WHERE entry > $1 ORDER BY entry LIMIT ${BATCH}`,
        [last],
      );
      if (rows.length === 0) break;
      last = rows.at(-1)?.entry ?? last;
      const documents = [...(await documentsOf(this.dataSource, rows.map(({ uuid }) => uuid))).values()];
      await this.indexes.renew(uid);
      if (flying.size >= IN_FLIGHT) await Promise.race(flying);
      const flight: Promise<void> = this.indexes.push(uid, documents).then(() => {
        flying.delete(flight);
        report((filled += documents.length));
      });
      // Awaited in the race or at the end; until then a failure must not end the process.
      flight.catch(() => {});
      flying.add(flight);
    }
    await Promise.all(flying);
    return filled;
  }

  /** Pushes what changed while the index was filled, until little is left: what changes then follows once it answers. */
  private async catchUp(uid: string): Promise<void> {
    for (let from = '0'; ; ) {
      const changes = await this.dataSource.query<{ uuid: string; sequence: string }[]>(
        `SELECT contribution_id AS uuid, sequence FROM search_outbox WHERE sequence > $1 ORDER BY sequence LIMIT ${BATCH}`,
        [from],
      );
      from = changes.at(-1)?.sequence ?? from;
      await this.indexes.renew(uid);
      const uuids = changes.map((change) => change.uuid);
      const documents = await documentsOf(this.dataSource, uuids);
      await this.indexes.push(uid, [...documents.values()], uuids.filter((uuid) => !documents.has(uuid)));
      if (changes.length < BATCH) return;
    }
  }
}
