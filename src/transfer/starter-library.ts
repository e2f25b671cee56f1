import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { Importer } from './importer.js';

/** Loads the starter library into an empty database, so that a first start has something to read; and its thesaurus where there is none. */
@Injectable()
export class StarterLibrary implements OnApplicationBootstrap {
  private readonly logger = new Logger('Library');

  constructor(
    private readonly dataSource: DataSource,
    private readonly importer: Importer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { libraryDir } = this.config;
    if (libraryDir === null) return;
    const [{ entries, concepts }] = await this.dataSource.query<[{ entries: boolean; concepts: boolean }]>(
      'SELECT EXISTS (SELECT FROM contribution) AS entries, EXISTS (SELECT FROM concept) AS concepts',
    );
    if (entries && concepts) return;
    if (entries) {
      // An installation from before there was a thesaurus: its entries are annotated in the background.
      await this.importer.importThesaurus(libraryDir);
      this.logger.log('loaded the thesaurus of the starter library');
      return;
    }
    const { created } = await this.importer.import(libraryDir);
    // The planner guesses badly until it is told how the new tables look; the first search need not wait for autovacuum.
    await this.dataSource.query('ANALYZE');
    this.logger.log(`loaded ${created.length} entries of the starter library`);
  }
}
