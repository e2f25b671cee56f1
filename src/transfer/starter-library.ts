import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Importer } from './importer.js';

/** Loads the starter library into an empty database, so that a first start has something to read. */
@Injectable()
export class StarterLibrary implements OnApplicationBootstrap {
  private readonly logger = new Logger('Library');

  constructor(
    private readonly dataSource: DataSource,
    private readonly importer: Importer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.libraryDir === null) return;
    const [{ empty }] = await this.dataSource.query<[{ empty: boolean }]>('SELECT NOT EXISTS (SELECT FROM contribution) AS empty');
    if (!empty) return;
    const { created } = await this.importer.import(this.config.libraryDir);
    // Nobody else tells the embedded database how its new tables look; the planner guesses badly until told.
    await this.dataSource.query('ANALYZE');
    this.logger.log(`loaded ${created.length} entries of the starter library`);
  }
}
