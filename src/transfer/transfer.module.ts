import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { SearchModule } from '../search/search.module.js';
import { ThesaurusModule } from '../thesaurus/thesaurus.module.js';
import { Importer } from './importer.js';
import { StarterLibrary } from './starter-library.js';

@Module({ imports: [AuditModule, SearchModule, ThesaurusModule], providers: [Importer, StarterLibrary], exports: [Importer] })
export class TransferModule {}
