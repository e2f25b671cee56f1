import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsOptional, Min, ValidateNested } from 'class-validator';
import { Payload } from '../api/errors.js';
import { Node } from '../api/node.js';
import { Text } from '../api/validation.js';
import { Language } from '../taxonomy/taxonomy.js';
import { LIMITS } from './check.js';
import type { Thesaurus, ThesaurusConcept } from './thesaurus.js';

@ObjectType({ description: 'A theme of the field with its names in four languages, as SKOS describes concepts.', implements: () => [Node] })
export class Concept extends Node {
  readonly typeName = 'Concept';
  readonly uuid: string;

  @Field({ description: 'Its short name, the same in every language, such as market-dialogue.' })
  readonly slug: string;

  @Field(() => Int, { description: 'Counts up with every change; give it with yours.' })
  readonly version: number;

  constructor(readonly content: ThesaurusConcept) {
    super();
    this.uuid = content.uuid;
    this.slug = content.slug;
    this.version = content.version;
  }

  /** Those of the named concepts that there are, in the order asked for. */
  static named(slugs: Iterable<string>, { bySlug }: Thesaurus): Concept[] {
    return [...slugs].flatMap((slug) => bySlug.get(slug) ?? []).map((content) => new Concept(content));
  }
}

@ObjectType({ description: "A concept's names in one language." })
export class ConceptLabels {
  @Field(() => Language, { description: 'The language.' })
  language!: Language;

  @Field({ description: 'The name to show.' })
  preferred!: string;

  @Field(() => [String], { description: 'Other names, also found.' })
  alternative!: string[];

  @Field(() => [String], { description: 'Found as well, but not shown: irregular forms, misspellings.' })
  hidden!: string[];

  @Field(() => String, { nullable: true, description: 'What the concept covers, and where its neighbours begin.' })
  note!: string | null;
}

@ObjectType({ description: 'A concept, and how many entries are about it.' })
export class ConceptCount {
  @Field(() => Concept, { description: 'The concept.' })
  concept!: Concept;

  @Field(() => Int, { description: 'Entries that have it, under the search and the filters of all other fields.' })
  count!: number;
}

@ArgsType()
export class ConceptsArgs {
  @Field(() => String, { nullable: true, description: 'What one of its names begins with, in any language; all concepts by name when left out.' })
  @Text({ max: LIMITS.label, optional: true })
  prefix?: string | null;

  @Field(() => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
  first!: number;

  @Field(() => Language, { nullable: true, description: "By whose names to order; those of the request's Accept-Language when left out." })
  @IsOptional()
  language?: Language | null;
}

@InputType({ description: "A concept's names in one language." })
export class ConceptLabelsInput {
  @Field(() => Language, { description: 'The language.' })
  language!: Language;

  @Field({ description: `The name to show, at most ${LIMITS.label} characters.` })
  @Text({ max: LIMITS.label })
  preferred!: string;

  @Field(() => [String], { defaultValue: [], description: `Other names that people use; at most ${LIMITS.labels} names a language.` })
  @ArrayMaxSize(LIMITS.labels, { context: { code: 'TOO_MANY', values: { max: LIMITS.labels } } })
  alternative!: string[];

  @Field(() => [String], { defaultValue: [], description: 'Found, but not shown. Plain inflections are found anyway.' })
  @ArrayMaxSize(LIMITS.labels, { context: { code: 'TOO_MANY', values: { max: LIMITS.labels } } })
  hidden!: string[];

  @Field(() => String, { nullable: true, description: 'What the concept covers, and where its neighbours begin.' })
  @Text({ max: LIMITS.note, optional: true })
  note?: string | null;
}

@InputType({ description: 'A new concept, or a changed one: all of it.' })
export class ConceptSaveInput {
  @Field(() => ID, { nullable: true, description: 'Which concept to change; leave out for a new one.' })
  @IsOptional()
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version that you read; needed with id.' })
  @IsOptional()
  @Min(1, { context: { code: 'NUMBER_INVALID', values: { min: 1, max: 2_147_483_647 } } })
  version?: number | null;

  @Field(() => String, { nullable: true, description: 'The short name of a new concept, such as market-dialogue. It never changes.' })
  @Text({ max: LIMITS.slug, optional: true })
  slug?: string | null;

  @Field(() => [ConceptLabelsInput], { description: 'Its names, once in each of da, nb, nn and en.' })
  @ValidateNested({ each: true })
  @Type(() => ConceptLabelsInput)
  labels!: ConceptLabelsInput[];

  @Field(() => [ID], { defaultValue: [], description: 'More general concepts; none makes it a theme.' })
  @ArrayMaxSize(LIMITS.relations, { context: { code: 'TOO_MANY', values: { max: LIMITS.relations } } })
  broader!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Concepts that who reads about this one would read about as well.' })
  @ArrayMaxSize(LIMITS.relations, { context: { code: 'TOO_MANY', values: { max: LIMITS.relations } } })
  related!: string[];
}

@ObjectType({ description: 'Something about a concept that an editor should look at. It was saved all the same.' })
export class ConceptWarning {
  @Field({ description: 'Stable and made for programs: LABEL_SHARED or LABEL_TOO_COMMON.' })
  code!: string;

  @Field(() => Language, { description: 'The language of the label.' })
  language!: Language;

  @Field({ description: 'The label.' })
  label!: string;

  @Field({ description: "What about it, in the language of the request's Accept-Language." })
  message!: string;
}

@ObjectType({ description: 'What became of the concept.' })
export class ConceptPayload extends Payload {
  @Field(() => Concept, { nullable: true, description: 'The concept as it is now; null when there are userErrors.' })
  concept?: Concept | null;

  warnings?: ConceptWarning[];
}
