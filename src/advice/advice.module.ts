import { Module } from '@nestjs/common';
import { NodeModule } from '../api/node.js';
import { ContentModule } from '../content/content.module.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { SearchModule } from '../search/search.module.js';
import { ThesaurusModule } from '../thesaurus/thesaurus.module.js';
import { AdviceConnectionResolver, AdviceEdgeResolver, AdvicePayloadResolver, AdviceResolver, ConceptAdviceResolver, PhaseAdviceResolver } from './advice.resolver.js';
import { AdviceService } from './advice.service.js';

@Module({
  imports: [ContentModule, NodeModule, QuestionsModule, SearchModule, ThesaurusModule],
  providers: [AdviceConnectionResolver, AdviceEdgeResolver, AdvicePayloadResolver, AdviceResolver, AdviceService, ConceptAdviceResolver, PhaseAdviceResolver],
})
export class AdviceModule {}
