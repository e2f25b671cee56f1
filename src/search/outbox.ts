import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';

/** Longer than pushing a batch takes, short enough to wait for when a process died with it. One that takes longer is done twice. */
const LEASE = "interval '10 seconds'";
/** The longest time before something that failed is tried again. */
const MAX_BACKOFF_SECONDS = 60;

export interface Change {
  readonly uuid: string;
  /** As a number in text: counts up with every change of any entry. */
  readonly sequence: string;
}

/** Notes, in the transaction that changes what is searched, which entries an outside index must look at again. */
export async function noteChanged(tx: EntityManager, uuids: readonly string[]): Promise<void> {
  // In the order of ids, so that two transactions never wait for each other crosswise.
  await tx.query(
    `INSERT INTO search_outbox (contribution_id, sequence)
     SELECT id, nextval('search_outbox_sequence') FROM (SELECT DISTINCT unnest($1::uuid[]) AS id ORDER BY id) AS changed
     ON CONFLICT (contribution_id) DO UPDATE
     SET sequence = excluded.sequence, changed_at = now(), available_at = now(), attempts = 0, pushed = false`,
    [uuids],
  );
}

/**
 * The entries that an outside index must look at again. A row says which, never what: whoever handles it reads the
 * entry as it is then. A worker claims rows by a lease, so that no two push the same entry at once.
 */
@Injectable()
export class Outbox {
  /** Who claims: this process. */
  private readonly me = randomUUID();

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Up to `limit` changes, for this process alone until its lease ends. */
  async claim(limit: number): Promise<Change[]> {
    const [rows] = await this.dataSource.query<[Change[], number]>(
      `UPDATE search_outbox SET claimed_by = $1, claimed_until = now() + ${LEASE}
       WHERE contribution_id IN (
         SELECT contribution_id FROM search_outbox
         WHERE NOT pushed AND available_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
         ORDER BY available_at, sequence LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING contribution_id AS uuid, sequence`,
      [this.me, limit],
    );
    return rows;
  }

  /**
   * The index has these now. What changed again meanwhile stays; what is kept for an index that is being built is only
   * marked. Whatever another process claimed after our lease ended is looked at once more: ours may have come last.
   */
  async done(changes: readonly Change[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const parameters = [changes.map(({ uuid }) => uuid), changes.map(({ sequence }) => sequence), this.me];
      const ours = `FROM unnest($1::uuid[], $2::bigint[]) AS c (id, sequence) WHERE contribution_id = c.id AND claimed_by = $3`;
      const [released] = await tx.query<[{ id: string }[], number]>(
        `UPDATE search_outbox o SET claimed_by = NULL, claimed_until = NULL, pushed = o.sequence = c.sequence ${ours} RETURNING c.id`,
        parameters,
      );
      const kept = new Set(released.map(({ id }) => id));
      const lost = changes.filter(({ uuid }) => !kept.has(uuid)).map(({ uuid }) => uuid);
      if (lost.length > 0) await noteChanged(tx, lost);
      await tx.query(
        `DELETE FROM search_outbox WHERE pushed AND claimed_by IS NULL AND contribution_id = ANY ($1)
           AND NOT EXISTS (SELECT FROM search_index WHERE status = 'BUILDING')`,
        [[...kept]],
      );
    });
  }

  /** Gives claimed changes back, to be tried again later and later. */
  async failed(changes: readonly Change[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE search_outbox SET claimed_by = NULL, claimed_until = NULL, attempts = attempts + 1,
         available_at = now() + least(${MAX_BACKOFF_SECONDS}, power(2, least(attempts, 10)) * 0.25) * interval '1 second'
       WHERE contribution_id = ANY ($1) AND claimed_by = $2`,
      [changes.map(({ uuid }) => uuid), this.me],
    );
  }

  /** How many changes the index does not have yet, how long the oldest waits in seconds, and how many failed at least once. */
  async waiting(): Promise<{ changes: number; oldestSeconds: number; failing: number }> {
    const [row] = await this.dataSource.query<[{ changes: number; oldestSeconds: number; failing: number }]>(
      `SELECT count(*)::integer AS changes, coalesce(extract(epoch FROM now() - min(changed_at)), 0)::float8 AS "oldestSeconds",
         (count(*) FILTER (WHERE attempts > 0))::integer AS failing
       FROM search_outbox WHERE NOT pushed`,
    );
    return row;
  }
}
