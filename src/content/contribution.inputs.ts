import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional, Min } from 'class-validator';
import { Payload } from '../api/errors.js';
import { parseGlobalId } from '../api/ids.js';
import { PageInfo } from '../api/pagination.js';
import { Text } from '../api/validation.js';
import { Contribution, ReviewDecision } from './contribution.entity.js';
import type { Target } from './contributions.service.js';

const MAX_REASON = 2_000;
const MAX_CONCEPTS = 20;

@InputType({ isAbstract: true })
export abstract class TargetInput {
  @Field(() => ID, { description: 'Which contribution.' })
  id!: string;

  @Field(() => Int, { description: 'The version that you read.' })
  @Min(1, { context: { code: 'NUMBER_INVALID', values: { min: 1, max: 2_147_483_647 } } })
  version!: number;
}

@InputType({ description: 'Hands a draft or revision in for review.' })
export class SubmitInput extends TargetInput {}

@InputType({ description: "A reviewer's decision on what was submitted." })
export class ReviewInput extends TargetInput {
  @Field(() => ReviewDecision, { description: 'What to do with it.' })
  decision!: ReviewDecision;

  @Field(() => String, { nullable: true, description: 'Why, for the author; needed when it is sent back.' })
  @Text({ max: MAX_REASON, optional: true })
  reason?: string | null;
}

@InputType({ description: 'Takes a contribution out.' })
export class WithdrawInput extends TargetInput {
  @Field({ description: 'Why; kept with the contribution.' })
  @Text({ max: MAX_REASON })
  reason!: string;
}

@InputType({ description: 'What an editor decides about the concepts of a contribution. Concepts that are not named stay as they are.' })
export class AnnotateInput {
  @Field(() => ID, { description: 'Which contribution.' })
  id!: string;

  @Field(() => [ID], { defaultValue: [], description: 'Concepts that it is about, whatever its words say.' })
  @ArrayMaxSize(MAX_CONCEPTS, { context: { code: 'TOO_MANY', values: { max: MAX_CONCEPTS } } })
  add!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Concepts that it is not about, whatever its words say.' })
  @ArrayMaxSize(MAX_CONCEPTS, { context: { code: 'TOO_MANY', values: { max: MAX_CONCEPTS } } })
  strike!: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Concepts that its words decide about again.' })
  @ArrayMaxSize(MAX_CONCEPTS, { context: { code: 'TOO_MANY', values: { max: MAX_CONCEPTS } } })
  reset!: string[];
}

/** For inputs that create something, or change it when they name it. */
@InputType({ isAbstract: true })
export abstract class SaveInput {
  @Field(() => ID, { nullable: true, description: 'What to change; leave out to begin a new one.' })
  @IsOptional()
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version that you read; needed with id.' })
  @IsOptional()
  @Min(1, { context: { code: 'NUMBER_INVALID', values: { min: 1, max: 2_147_483_647 } } })
  version?: number | null;

  @Field(() => String, { nullable: true, description: 'Whom to thank publicly; leave out to stay unnamed.' })
  @Text({ max: 200, optional: true })
  authorCredit?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of yours, new for each new request: sent again within 24 hours with the same input, nothing is done twice.',
  })
  @Text({ max: 200, optional: true })
  idempotencyKey?: string | null;
}

/** @throws {Refusal} ID_INVALID. */
export function targetOf(input: TargetInput): Target {
  const { type: typeName, uuid } = parseGlobalId(input.id, 'input.id');
  return { typeName, uuid, version: input.version };
}

@ObjectType({ description: 'What became of the contribution.' })
export class ContributionPayload extends Payload {
  @Field(() => Contribution, { nullable: true, description: 'The contribution as it is now; null when there are userErrors.' })
  contribution?: Contribution | null;
}

@ObjectType({ description: 'A contribution in a list.' })
export class ContributionEdge {
  @Field({ description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => Contribution, { description: 'The contribution.' })
  node!: Contribution;
}

@ObjectType({ description: 'A page of contributions of any kind.' })
export class ContributionConnection {
  @Field(() => [ContributionEdge], { description: 'The contributions, in order.' })
  edges!: ContributionEdge[];

  @Field({ description: 'Where the page lies in the list.' })
  pageInfo!: PageInfo;
}
