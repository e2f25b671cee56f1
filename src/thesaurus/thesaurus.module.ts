import { Module } from '@nestjs/common';
import { ConceptStore } from './concept-store.js';
import { ThesaurusService } from './thesaurus.service.js';

@Module({ providers: [ConceptStore, ThesaurusService], exports: [ConceptStore, ThesaurusService] })
export class ThesaurusModule {}
