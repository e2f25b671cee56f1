import { ArgsType, Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { MaxLength } from 'class-validator';
import { PageArgs } from '../api/pagination.js';
import { MAX_SEARCH } from '../search/search.service.js';
import type { FacetFilter } from '../taxonomy/facets.js';
import { CollaborationForm, Language, Phase, Role, Stage } from '../taxonomy/taxonomy.js';
import { LIMITS } from './advice.inputs.js';

@InputType({ description: 'Any of the values within a field, and all of the fields. An empty list is no condition.' })
export class AdviceFilterInput implements FacetFilter {
  @Field(() => [Role], { nullable: true, description: 'Speaks to any of these.' })
  roles?: Role[] | null;

  @Field(() => [Phase], { nullable: true, description: 'Helps in any of these phases.' })
  phases?: Phase[] | null;

  @Field(() => [Stage], { nullable: true, description: 'Helps at any of these stages.' })
  stages?: Stage[] | null;

  @Field(() => [CollaborationForm], { nullable: true, description: 'Is limited to any of these forms.' })
  forms?: CollaborationForm[] | null;

  @Field(() => [Language], { nullable: true, description: 'Is written in any of these languages.' })
  languages?: Language[] | null;

  @Field(() => [ID], { nullable: true, description: 'Is about any of these concepts, at most 20.' })
  concepts?: string[] | null;
}

export enum AdviceSort {
  RELEVANCE = 'RELEVANCE',
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
}
registerEnumType(AdviceSort, {
  name: 'AdviceSort',
  description: 'The order of a list.',
  valuesMap: {
    RELEVANCE: { description: 'What answers the search best first; the default with a search.' },
    NEWEST: { description: 'Published last first; the default without a search. With a search it orders all hits.' },
    OLDEST: { description: 'Published first first.' },
  },
});

@ArgsType()
export class AdviceArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: `Words in any of the languages, at most ${MAX_SEARCH} characters; "a phrase" and -without work. Blank: the list.`,
  })
  search?: string | null;

  @Field(() => AdviceFilterInput, { nullable: true, description: 'What the advice must be about.' })
  filter?: AdviceFilterInput | null;

  @Field(() => AdviceSort, { nullable: true, description: 'The order; RELEVANCE with a search and NEWEST without when left out.' })
  sort?: AdviceSort | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Set it while somebody is still typing: such searches are not logged.' })
  typing?: boolean | null;
}

@ArgsType()
export class SimilarAdviceArgs {
  @Field({ defaultValue: '', description: 'The title so far.' })
  @MaxLength(LIMITS.title, { context: { code: 'TOO_LONG', values: { max: LIMITS.title } } })
  title!: string;

  @Field({ defaultValue: '', description: 'The text so far. Markdown.' })
  @MaxLength(LIMITS.body, { context: { code: 'TOO_LONG', values: { max: LIMITS.body } } })
  body!: string;

  @Field(() => Language, { description: 'The language it is written in.' })
  language!: Language;

  @Field(() => Int, { defaultValue: 5, description: 'How many, 1 to 20.' })
  first!: number;
}
