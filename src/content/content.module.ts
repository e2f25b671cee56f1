import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { SearchModule } from '../search/search.module.js';
import { ContributionReads } from './contribution-reads.js';
import { ContributionsResolver } from './contributions.resolver.js';
import { Contributions } from './contributions.service.js';
import { Kinds } from './kinds.js';

@Module({
  imports: [AuditModule, SearchModule],
  providers: [Contributions, ContributionReads, ContributionsResolver, Kinds],
  exports: [Contributions, ContributionReads, Kinds],
})
export class ContentModule {}
