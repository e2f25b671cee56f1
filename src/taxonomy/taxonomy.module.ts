import { Module } from '@nestjs/common';
import { PhaseInfoResolver, StageInfoResolver, TaxonomyResolver, TaxonomyTermResolver } from './taxonomy.resolver.js';

@Module({ providers: [PhaseInfoResolver, StageInfoResolver, TaxonomyResolver, TaxonomyTermResolver] })
export class TaxonomyModule {}
