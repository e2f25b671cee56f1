import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type EnqueuedTaskPromise, Meilisearch, MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';
import { DataSource } from 'typeorm';
import { CONFIG, type Config, ConfigError } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { IndexDocument } from './documents.js';
import { send } from './http.js';
import { INDEX_PREFIX, INDEX_SETTINGS, SETTINGS_VERSION } from './settings.js';

/** How long a task of the engine may take, in milliseconds. */
const TASK_MS = 60_000;
const TASK_POLL_MS = 20;
/** How long a build may be silent before another process takes over. */
const LEASE = "interval '1 minute'";
/** How long a process trusts what it last read of the active index, in milliseconds. */
const TRUSTED_MS = 1_000;
/** How long an index is kept after another one has taken its place: longer than it is trusted. */
const GRACE = "interval '5 seconds'";

/** A build whose process has died. */
const RETIRE_ABANDONED = "UPDATE search_index SET status = 'RETIRED', changed_at = now() WHERE status = 'BUILDING' AND lease_until < now()";

/** Another process is building an index. */
export class IndexBeingBuiltError extends Error {
  override name = 'IndexBeingBuiltError';
  constructor() {
    super('Another process is building the index already. Wait until it is done.');
  }
}

/** The engine took a task and could not do it. */
export class IndexTaskError extends Error {
  override name = 'IndexTaskError';
}

/** The indexes on the Meilisearch server, and the rows of the database that say which one answers. */
@Injectable()
export class Indexes {
  private connected: Meilisearch | null = null;
  private active: { uid: string | null; until: number } = { uid: null, until: 0 };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws {ConfigError} when no server is set. */
  get client(): Meilisearch {
    const { meiliHost: host, meiliApiKey: apiKey } = this.config;
    if (host === undefined) throw new ConfigError('MEILI_HOST is not set, so there is no index: the database itself searches.');
    return (this.connected ??= new Meilisearch({
      host,
      ...(apiKey === undefined ? {} : { apiKey }),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Node's fetch costs 40 ms a search (http.ts); nothing else is offered: https://github.com/meilisearch/meilisearch-js/issues/1824
      httpClient: send,
    }));
  }

  /** The index that answers, made with today's settings; null when there is none. Read anew every second. */
  async current(): Promise<string | null> {
    if (this.active.until < performance.now()) {
      const [row] = await this.dataSource.query<{ uid: string }[]>("SELECT uid FROM search_index WHERE status = 'ACTIVE' AND settings_version = $1", [SETTINGS_VERSION]);
      this.active = { uid: row?.uid ?? null, until: performance.now() + TRUSTED_MS };
    }
    return this.active.uid;
  }

  /** Whether the server has this index. @throws when the server does not answer. */
  async exists(uid: string): Promise<boolean> {
    try {
      await this.client.getRawIndex(uid);
      return true;
    } catch (error) {
      // The client wraps what our own sender throws.
      const answer = error instanceof MeilisearchRequestError ? error.cause : error;
      if (answer instanceof MeilisearchApiError && answer.cause?.code === 'index_not_found') return false;
      throw error;
    }
  }

  /**
   * Begins a new index beside the one that answers, in the database. From here on changes are kept in the outbox until it answers.
   * @throws {IndexBeingBuiltError} when another process is at it.
   */
  async begin(): Promise<string> {
    const uid = `${INDEX_PREFIX}${Date.now().toString(36)}${randomBytes(4).toString('hex')}`;
    await this.unitOfWork.run(async (tx) => {
      await tx.query(RETIRE_ABANDONED);
      const begun = await tx.query<object[]>(
        `INSERT INTO search_index (uid, status, settings_version, lease_until) VALUES ($1, 'BUILDING', $2, now() + ${LEASE}) ON CONFLICT DO NOTHING RETURNING uid`,
        [uid, SETTINGS_VERSION],
      );
      if (begun.length === 0) throw new IndexBeingBuiltError();
      // While nothing answers, what changed so far is in what is about to be read.
      await tx.query("DELETE FROM search_outbox WHERE NOT EXISTS (SELECT FROM search_index WHERE status = 'ACTIVE')");
    });
    return uid;
  }

  /** Makes the index on the server. */
  async create(uid: string): Promise<void> {
    await this.finish(this.client.createIndex(uid, { primaryKey: 'id' }));
    await this.finish(this.client.index(uid).updateSettings(INDEX_SETTINGS));
  }

  /** Says that the build goes on. @throws {IndexBeingBuiltError} when another process has taken over. */
  async renew(uid: string): Promise<void> {
    const [, count] = await this.dataSource.query<[unknown, number]>(`UPDATE search_index SET lease_until = now() + ${LEASE} WHERE uid = $1 AND status = 'BUILDING'`, [uid]);
    if (count === 0) throw new IndexBeingBuiltError();
  }

  /** Lets a built index answer, in one transaction; what changed meanwhile is pushed to it as well. */
  async activate(uid: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.query("UPDATE search_index SET status = 'RETIRED', changed_at = now() WHERE status = 'ACTIVE'");
      const [, count] = await tx.query<[unknown, number]>("UPDATE search_index SET status = 'ACTIVE', lease_until = NULL WHERE uid = $1 AND status = 'BUILDING'", [uid]);
      if (count === 0) throw new IndexBeingBuiltError();
      await tx.query('UPDATE search_outbox SET pushed = false, available_at = now() WHERE pushed');
    });
    this.active.until = 0;
  }

  /** Takes an index out of use: its build failed, or the server has lost it. */
  async retire(uid: string): Promise<void> {
    await this.dataSource.query("UPDATE search_index SET status = 'RETIRED', changed_at = now() WHERE uid = $1", [uid]);
    this.active.until = 0;
  }

  /** Deletes indexes that no process can be searching in any more, also those that a process left when it was killed, and what was kept for them. */
  async removeRetired(): Promise<void> {
    await this.dataSource.query(RETIRE_ABANDONED);
    await this.dataSource.query("DELETE FROM search_outbox WHERE pushed AND claimed_by IS NULL AND NOT EXISTS (SELECT FROM search_index WHERE status = 'BUILDING')");
    const retired = await this.dataSource.query<{ uid: string }[]>(`SELECT uid FROM search_index WHERE status = 'RETIRED' AND changed_at < now() - ${GRACE}`);
    for (const { uid } of retired) {
      await this.client.deleteIndexIfExists(uid);
      await this.dataSource.query("DELETE FROM search_index WHERE uid = $1 AND status = 'RETIRED'", [uid]);
    }
  }

  /** Puts and deletes documents; returns when the index has them. @throws when it could not, then perhaps some of them. */
  async push(uid: string, documents: readonly IndexDocument[], deleted: readonly string[] = []): Promise<void> {
    const index = this.client.index<IndexDocument>(uid);
    const tasks = [
      ...(deleted.length > 0 ? [index.deleteDocuments([...deleted])] : []),
      ...(documents.length > 0 ? [index.addDocuments([...documents], { primaryKey: 'id' })] : []),
    ];
    for (const task of await Promise.allSettled(tasks.map((each) => this.finish(each)))) if (task.status === 'rejected') throw task.reason;
  }

  /** Follows a task to its end. Not by the client's own `waitTask`, whose timer outlives a failure by a minute. */
  private async finish(enqueued: EnqueuedTaskPromise): Promise<void> {
    const { taskUid } = await enqueued;
    const until = performance.now() + TASK_MS;
    for (;;) {
      const { status, error } = await this.client.tasks.getTask(taskUid);
      if (status === 'succeeded') return;
      if (status !== 'enqueued' && status !== 'processing') throw new IndexTaskError(`Meilisearch's task ${taskUid} ended as ${status}: ${error?.message ?? 'no reason given'}`);
      if (performance.now() > until) throw new IndexTaskError(`Meilisearch's task ${taskUid} was still ${status} after ${TASK_MS / 1_000} s`);
      await wait(TASK_POLL_MS);
    }
  }
}
