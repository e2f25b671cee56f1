import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsEnum, IsOptional, ValidateNested } from 'class-validator';
import { Payload } from '../api/errors.js';
import { PageInfo } from '../api/pagination.js';
import { Items, Text } from '../api/validation.js';
import { SaveInput } from '../content/contribution.inputs.js';
import type { CountedConcept } from '../search/entry-concepts.js';
import type { Highlighter } from '../search/highlight.js';
import { FacetCounts } from '../taxonomy/facet-counts.js';
import { CollaborationForm, Language, Phase, Role, Stage } from '../taxonomy/taxonomy.js';
import { Concept } from '../thesaurus/concept.type.js';
import { Advice, Basis, Source } from './advice.entity.js';

/** Limits of an advice's text, in characters. */
export const LIMITS = { title: 160, body: 20_000, why: 2_000, validWhen: 2_000, caseName: 200, sources: 20 } as const;

@InputType({ isAbstract: true })
export abstract class AdviceContentInput extends SaveInput {
  @Field(() => Language, { description: 'The language you write in.' })
  @IsEnum(Language)
  language!: Language;

  @Field({ description: `What to do, in one line of at most ${LIMITS.title} characters.` })
  @Text({ max: LIMITS.title })
  title!: string;

  @Field({ description: `What to do, so that somebody can act on it. Markdown, at most ${LIMITS.body} characters.` })
  @Text({ max: LIMITS.body })
  body!: string;

  @Field(() => String, { nullable: true, description: 'Why it is worth doing: what happened when you did, or did not.' })
  @Text({ max: LIMITS.why, optional: true })
  why?: string | null;

  @Field(() => String, { nullable: true, description: 'The situation in which it applies.' })
  @Text({ max: LIMITS.validWhen, optional: true })
  validWhen?: string | null;

  @Field(() => [Role], { description: 'Whom it speaks to, one or more.' })
  @Items({ max: 5 })
  @IsEnum(Role, { each: true })
  roles!: Role[];

  @Field(() => [Phase], { description: 'In which phases of OPI it helps, one or more.' })
  @Items({ max: 5 })
  @IsEnum(Phase, { each: true })
  phases!: Phase[];

  @Field(() => [Stage], { nullable: true, description: 'At which steps of an innovation partnership it helps.' })
  @Items({ max: 6, optional: true })
  @IsEnum(Stage, { each: true })
  stages?: Stage[] | null;

  @Field(() => [CollaborationForm], { nullable: true, description: 'The forms of collaboration it is limited to; leave out when it holds for any.' })
  @Items({ max: 5, optional: true })
  @IsEnum(CollaborationForm, { each: true })
  forms?: CollaborationForm[] | null;

  @Field(() => [Source], { nullable: true, description: `Where it comes from, at most ${LIMITS.sources}; leave out for your own experience.` })
  @Items({ max: LIMITS.sources, optional: true })
  @ValidateNested({ each: true })
  @Type(() => Source)
  sources?: Source[] | null;

  @Field(() => Basis, { nullable: true, description: 'How it follows from its sources.' })
  @IsOptional()
  @IsEnum(Basis)
  basis?: Basis | null;

  @Field(() => String, { nullable: true, description: 'The project it was learned in.' })
  @Text({ max: LIMITS.caseName, optional: true })
  caseName?: string | null;
}

@InputType({ description: 'An advice to keep as a draft, or the revision of a published one.' })
export class AdviceSaveInput extends AdviceContentInput {}

@InputType({ description: 'An advice to save and hand in for review in one step.' })
export class AdviceContributeInput extends AdviceContentInput {}

@ObjectType({ description: 'An advice in a list.' })
export class AdviceEdge {
  @Field({ description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => Advice, { description: 'The advice.' })
  node!: Advice;

  /** Marks what was searched for, when somebody asks for it; null without a search. */
  highlighter!: Highlighter | null;
}

@ObjectType({ description: 'A page of advice.' })
export class AdviceConnection {
  @Field(() => [AdviceEdge], { description: 'The advice, in order.' })
  edges!: AdviceEdge[];

  @Field({ description: 'Where the page lies in the list.' })
  pageInfo!: PageInfo;

  @Field({ description: 'True when the search engine was away or late, and the database answered in its place: the same advice, perhaps slower.' })
  degraded!: boolean;

  @Field(() => String, { nullable: true, description: 'What the search may have been meant as, when the library does not know a word of it; it was also searched for.' })
  didYouMean!: string | null;

  /** Total and facets, counted when first asked for. */
  counts!: () => Promise<{ total: number; facets: Omit<FacetCounts, 'concepts'> }>;

  /** The most frequent concepts, counted when first asked for. */
  conceptCounts!: () => Promise<CountedConcept[]>;
}

@ObjectType({ description: 'Something to search for, or to go to at once.' })
export class SearchSuggestion {
  @Field({ description: 'What to search for; the title of an advice.' })
  text!: string;

  @Field(() => Concept, { nullable: true, description: 'The concept that is called so.' })
  concept!: Concept | null;

  @Field(() => Advice, { nullable: true, description: 'The advice that is called so.' })
  advice!: Advice | null;
}

@ObjectType({ description: 'An advice that is much like another.' })
export class SimilarAdvice {
  @Field(() => Advice, { description: 'The advice.' })
  advice!: Advice;
}

@ObjectType({ description: 'What became of the advice.' })
export class AdvicePayload extends Payload {
  @Field(() => Advice, { nullable: true, description: 'The advice as it is now; null when there are userErrors.' })
  advice?: Advice | null;
}
