import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Serialization failure and deadlock: the transaction did nothing and may simply run again. */
const REPEATABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/**
 * The only place that opens a transaction. The manager is handed to the work and passed on by hand.
 * Throwing rolls back; whatever is returned is committed, so an expected failure is thrown, not returned.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction, again when the database says that it lost a race. */
  async run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        if (attempt === ATTEMPTS || typeof code !== 'string' || !REPEATABLE.has(code)) throw error;
        await wait(Math.random() * 20 * attempt);
      }
    }
  }
}
