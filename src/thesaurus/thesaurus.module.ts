import { Module } from '@nestjs/common';
import { NodeModule } from '../api/node.js';
import { AuditModule } from '../audit/audit.module.js';
import { ConceptStore } from './concept-store.js';
import { ConceptPayloadResolver, ConceptsResolver, FacetConceptsResolver } from './concepts.resolver.js';
import { Concepts } from './concepts.service.js';
import { ThesaurusService } from './thesaurus.service.js';

@Module({
  imports: [AuditModule, NodeModule],
  providers: [ConceptPayloadResolver, Concepts, ConceptsResolver, ConceptStore, FacetConceptsResolver, ThesaurusService],
  exports: [Concepts, ConceptStore, ThesaurusService],
})
export class ThesaurusModule {}
