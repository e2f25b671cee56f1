import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Worker } from '../worker.js';
import { EMBEDDED, type EmbeddedDatabase } from './embedded.js';

const RESTS = { busy: 100, idle: 60_000, failed: 60_000 };

/**
 * What a PostgreSQL server does by itself and the embedded one does not. Without it rows that are gone keep their
 * place, and a search reads each posting twice, from the index and from the table.
 */
@Injectable()
export class Autovacuum implements OnApplicationShutdown {
  private readonly worker = new Worker(() => this.step(), RESTS, (reason) => new Logger('Database').warn(`tables could not be vacuumed: ${reason}`));

  constructor(
    private readonly dataSource: DataSource,
    @Inject(EMBEDDED) private readonly embedded: EmbeddedDatabase | null,
  ) {}

  /** Works until the application ends. */
  start(): void {
    if (this.embedded) this.worker.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.worker.stop();
  }

  /** Does all there is to do. */
  async drain(): Promise<void> {
    while ((await this.step()) > 0);
  }

  /** Vacuums the table that needs it most, if one does by the thresholds of PostgreSQL's documentation, 24.1.6. @returns how many. */
  private async step(): Promise<number> {
    if (!this.embedded) return 0;
    const [table] = await this.dataSource.query<{ name: string }[]>(
      `SELECT quote_ident(relname) AS name FROM pg_stat_user_tables
       WHERE n_dead_tup > 50 + 0.2 * n_live_tup OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
       ORDER BY n_dead_tup + n_ins_since_vacuum + n_mod_since_analyze DESC LIMIT 1`,
    );
    if (!table) return 0;
    // One after the other, so that somebody who searches meanwhile waits for one only.
    await this.dataSource.query(`VACUUM ${table.name}`);
    await this.dataSource.query(`ANALYZE ${table.name}`);
    return 1;
  }
}
