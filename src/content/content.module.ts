import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { SearchModule } from '../search/search.module.js';
import { ContributionReads } from './contribution-reads.js';
import { ContributionsResolver } from './contributions.resolver.js';
import { Contributions } from './contributions.service.js';
import { Kinds } from './kinds.js';
import { Renewal } from './renewal.js';

@Module({
  imports: [AuditModule, SearchModule],
  providers: [Contributions, ContributionReads, ContributionsResolver, Kinds, Renewal],
  exports: [Contributions, ContributionReads, Kinds, Renewal],
})
export class ContentModule {}
