import { Module } from '@nestjs/common';
import { NodeModule } from '../api/node.js';
import { AuditModule } from '../audit/audit.module.js';
import { ContentModule } from '../content/content.module.js';
import { ThesaurusModule } from '../thesaurus/thesaurus.module.js';
import { Calls } from './calls.service.js';
import { OpenQuestions } from './open-questions.js';
import { CallsResolver, OpenQuestionResolver } from './questions.resolver.js';
import { SearchLog } from './search-log.js';

@Module({
  imports: [AuditModule, ContentModule, NodeModule, ThesaurusModule],
  providers: [Calls, CallsResolver, OpenQuestionResolver, OpenQuestions, SearchLog],
  exports: [SearchLog],
})
export class QuestionsModule {}
