import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsEnum, Min } from 'class-validator';
import { Payload } from '../api/errors.js';
import { Node } from '../api/node.js';
import { PageArgs, PageInfo } from '../api/pagination.js';
import { Items, Text } from '../api/validation.js';
import { Language, Phase, Role } from '../taxonomy/taxonomy.js';
import { Call, CallStatus } from './call.entity.js';

const MAX_QUESTION = 500;
const MAX_REASON = 2_000;

@InputType({ description: 'Any of the values within a field, and both fields. An empty list is no condition.' })
export class QuestionFilterInput {
  @Field(() => [Role], { nullable: true, description: 'For any of these roles.' })
  roles?: Role[] | null;

  @Field(() => [Phase], { nullable: true, description: 'For any of these phases.' })
  phases?: Phase[] | null;
}

@ArgsType()
export class OpenQuestionsArgs extends PageArgs {
  @Field(() => QuestionFilterInput, { nullable: true, description: 'Only questions that were asked with such a filter.' })
  filter?: QuestionFilterInput | null;
}

@ArgsType()
export class CallsArgs extends PageArgs {
  @Field(() => CallStatus, { nullable: true, defaultValue: CallStatus.OPEN, description: 'Which calls; null for all.' })
  status?: CallStatus | null;

  @Field(() => QuestionFilterInput, { nullable: true, description: 'Whom and what they are for; calls for anybody, or about any phase, are among them.' })
  filter?: QuestionFilterInput | null;
}

@ObjectType({ description: 'How often a question was asked for a role.' })
export class QuestionRoleCount {
  @Field(() => Role, { description: 'The role.' })
  value!: Role;

  @Field(() => Int, { description: 'Searches that found too little.' })
  count!: number;
}

@ObjectType({ description: 'How often a question was asked for a phase.' })
export class QuestionPhaseCount {
  @Field(() => Phase, { description: 'The phase.' })
  value!: Phase;

  @Field(() => Int, { description: 'Searches that found too little.' })
  count!: number;
}

@ObjectType({ description: 'How often a question was asked in a month.' })
export class QuestionMonth {
  @Field({ description: 'The month, as YYYY-MM.' })
  month!: string;

  @Field(() => Int, { description: 'Searches that found too little.' })
  count!: number;
}

@ObjectType({ description: 'What people searched for on three days or more and found too little about. For editors.', implements: () => [Node] })
export class OpenQuestion extends Node {
  readonly typeName = 'OpenQuestion';
  uuid!: string;
  readonly labels!: Record<Language, string>;

  @Field(() => Int, { description: 'Searches that found fewer than three entries, only what their words may have been meant as, or none with one of their nouns.' })
  asked!: number;

  @Field(() => Int, { description: 'On how many days.' })
  days!: number;

  @Field(() => Float, { description: 'Their share of all searches for it, from 0 to 1: some find enough, by other words or without a filter.' })
  weakShare!: number;

  @Field(() => [QuestionMonth], { description: 'By month, earliest first.' })
  months!: QuestionMonth[];

  @Field(() => [QuestionRoleCount], { description: 'By the roles that were filtered by.' })
  roles!: QuestionRoleCount[];

  @Field(() => [QuestionPhaseCount], { description: 'By the phases that were filtered by.' })
  phases!: QuestionPhaseCount[];

  @Field(() => [String], { description: 'What people typed in the last 30 days, most frequent first, at most five; what may point at a person reads ***.' })
  examples!: string[];
}

@ObjectType({ description: 'An open question in a list.' })
export class OpenQuestionEdge {
  @Field({ description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => OpenQuestion, { description: 'The question.' })
  node!: OpenQuestion;
}

@ObjectType({ description: 'A page of open questions.' })
export class OpenQuestionConnection {
  @Field(() => [OpenQuestionEdge], { description: 'The questions, in order.' })
  edges!: OpenQuestionEdge[];

  @Field({ description: 'Where the page lies in the list.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'A call in a list.' })
export class CallEdge {
  @Field({ description: 'Its place in the list.' })
  cursor!: string;

  @Field(() => Call, { description: 'The call.' })
  node!: Call;
}

@ObjectType({ description: 'A page of calls for contributions.' })
export class CallConnection {
  @Field(() => [CallEdge], { description: 'The calls, in order.' })
  edges!: CallEdge[];

  @Field({ description: 'Where the page lies in the list.' })
  pageInfo!: PageInfo;
}

@InputType({ description: 'Makes an open question a public call for contributions.' })
export class CallPublishInput {
  @Field(() => ID, { description: 'Which open question.' })
  questionId!: string;

  @Field({ description: `What you ask, in your own words, at most ${MAX_QUESTION} characters. Anybody can read it.` })
  @Text({ max: MAX_QUESTION })
  question!: string;

  @Field(() => Language, { description: 'The language you ask in.' })
  @IsEnum(Language)
  language!: Language;

  @Field(() => [Role], { nullable: true, description: "Whose experience you ask for; leave out for anybody's." })
  @Items({ max: 5, optional: true })
  @IsEnum(Role, { each: true })
  roles?: Role[] | null;

  @Field(() => [Phase], { nullable: true, description: 'The phases it is about; leave out for any.' })
  @Items({ max: 5, optional: true })
  @IsEnum(Phase, { each: true })
  phases?: Phase[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of yours, new for each new request: sent again within 24 hours with the same input, nothing is done twice.',
  })
  @Text({ max: 200, optional: true })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Ends a call.' })
export class CallCloseInput {
  @Field(() => ID, { description: 'Which call.' })
  id!: string;

  @Field(() => Int, { description: 'The version that you read.' })
  @Min(1, { context: { code: 'NUMBER_INVALID', values: { min: 1, max: 2_147_483_647 } } })
  version!: number;

  @Field({ description: 'Why. Anybody can read it.' })
  @Text({ max: MAX_REASON })
  reason!: string;
}

@InputType({ description: 'A contribution and the call that it answers.' })
export class CallAnswerInput {
  @Field(() => ID, { description: 'The call.' })
  callId!: string;

  @Field(() => ID, { description: 'The contribution: yours, or any that is public as an editor. What is not public yet is shown once it is.' })
  contributionId!: string;
}

@ObjectType({ description: 'What became of the call.' })
export class CallPayload extends Payload {
  @Field(() => Call, { nullable: true, description: 'The call as it is now; null when there are userErrors.' })
  call?: Call | null;
}
