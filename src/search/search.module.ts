import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { ThesaurusModule } from '../thesaurus/thesaurus.module.js';
import { Dictionary } from './dictionary.js';
import { EntryConcepts } from './entry-concepts.js';
import { SEARCH_ENGINE, type SearchEngine } from './engine.js';
import { FallbackEngine } from './meilisearch/fallback.engine.js';
import { Indexer } from './meilisearch/indexer.js';
import { Indexes } from './meilisearch/indexes.js';
import { MeilisearchEngine } from './meilisearch/meilisearch.engine.js';
import { Rebuild } from './meilisearch/rebuild.js';
import { Verify } from './meilisearch/verify.js';
import { Outbox } from './outbox.js';
import { PostgresEngine } from './postgres.engine.js';
import { Postings } from './postings.js';
import { Resolver } from './resolve.js';
import { SearchService } from './search.service.js';
import { SimilarEntries } from './similar.js';
import { Suggestions } from './suggestions.js';

const MEILISEARCH = [FallbackEngine, Indexer, Indexes, MeilisearchEngine, Rebuild, Verify];

@Module({
  imports: [ThesaurusModule],
  providers: [
    Dictionary, EntryConcepts, Outbox, PostgresEngine, Postings, Resolver, SearchService, SimilarEntries, Suggestions, ...MEILISEARCH,
    {
      provide: SEARCH_ENGINE,
      inject: [CONFIG, PostgresEngine, FallbackEngine],
      useFactory: ({ meiliHost }: Config, postgres: PostgresEngine, meilisearch: FallbackEngine): SearchEngine => (meiliHost ? meilisearch : postgres),
    },
  ],
  exports: [EntryConcepts, FallbackEngine, Outbox, Postings, SearchService, SimilarEntries, Suggestions],
})
export class SearchModule {}
