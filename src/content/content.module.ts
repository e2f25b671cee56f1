import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { SearchModule } from '../search/search.module.js';
import { ThesaurusModule } from '../thesaurus/thesaurus.module.js';
import { Annotations } from './annotations.service.js';
import { ContributionReads } from './contribution-reads.js';
import { ContributionsResolver } from './contributions.resolver.js';
import { Contributions } from './contributions.service.js';
import { Kinds } from './kinds.js';
import { Renewal } from './renewal.js';

@Module({
  imports: [AuditModule, SearchModule, ThesaurusModule],
  providers: [Annotations, Contributions, ContributionReads, ContributionsResolver, Kinds, Renewal],
  exports: [Contributions, ContributionReads, Kinds, Renewal],
})
export class ContentModule {}
