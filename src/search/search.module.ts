import { Module } from '@nestjs/common';
import { Dictionary } from './dictionary.js';
import { SEARCH_ENGINE } from './engine.js';
import { PostgresEngine } from './postgres.engine.js';
import { Postings } from './postings.js';
import { Resolver } from './resolve.js';
import { SearchService } from './search.service.js';
import { SimilarEntries } from './similar.js';

@Module({
  providers: [Dictionary, Postings, Resolver, SearchService, SimilarEntries, { provide: SEARCH_ENGINE, useClass: PostgresEngine }],
  exports: [Postings, SearchService, SimilarEntries],
})
export class SearchModule {}
