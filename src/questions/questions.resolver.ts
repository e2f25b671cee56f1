import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import { AccountRole, viewerOf } from '../api/viewer.js';
import { Contribution } from '../content/contribution.entity.js';
import { LabelArgs, languageFor } from '../taxonomy/label.args.js';
import { Call, CallStatus } from './call.entity.js';
import { Calls } from './calls.service.js';
import { OpenQuestions } from './open-questions.js';
import { CallAnswerInput, CallCloseInput, CallConnection, CallPayload, CallPublishInput, CallsArgs, OpenQuestion, OpenQuestionConnection, OpenQuestionsArgs } from './questions.inputs.js';

@Resolver(() => OpenQuestion)
export class OpenQuestionResolver {
  constructor(private readonly questions: OpenQuestions) {}

  @Allow(AccountRole.EDITOR)
  @Query(() => OpenQuestionConnection, { description: 'What people searched for on three days or more, found too little about, and no call is open for; most asked first. For editors.' })
  async openQuestions(@Args() args: OpenQuestionsArgs): Promise<OpenQuestionConnection> {
    return this.questions.list(args);
  }

  @ResolveField(() => String, { description: 'What it is called: its concepts by their names, then its words.' })
  label(@Parent() { labels }: OpenQuestion, @Args() { language }: LabelArgs, @Context() context: ApiContext): string {
    return labels[languageFor(language, context)];
  }
}

@Resolver(() => Call)
export class CallsResolver {
  constructor(private readonly service: Calls) {}

  @Allow('ANYONE')
  @Query(() => CallConnection, { description: 'Calls for contributions, newest first: the open ones, unless others are asked for.' })
  async calls(@Args() args: CallsArgs): Promise<CallConnection> {
    return this.service.list(args);
  }

  @Allow(AccountRole.EDITOR)
  @Mutation(() => CallPayload, { description: 'Makes an open question a public call for contributions.' })
  async callPublish(@Args('input', { description: 'The question, and what you ask.' }) input: CallPublishInput, @Context() context: ApiContext): Promise<Partial<CallPayload>> {
    return { call: await this.service.publish(viewerOf(context.viewer), input), userErrors: [] };
  }

  @Allow(AccountRole.EDITOR)
  @Mutation(() => CallPayload, { description: 'Ends a call. Its question opens again when people go on searching for it.' })
  async callClose(@Args('input', { description: 'What is closed, and why.' }) input: CallCloseInput, @Context() context: ApiContext): Promise<Partial<CallPayload>> {
    return { call: await this.service.close(viewerOf(context.viewer), input), userErrors: [] };
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => CallPayload, { description: 'Says that a contribution answers a call: your own, or any as an editor.' })
  async callAnswer(@Args('input', { description: 'The contribution and the call.' }) input: CallAnswerInput, @Context() context: ApiContext): Promise<Partial<CallPayload>> {
    return { call: await this.service.answer(viewerOf(context.viewer), input, true), userErrors: [] };
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => CallPayload, { description: 'Takes an answer back: your own, or any as an editor.' })
  async callAnswerRemove(@Args('input', { description: 'The contribution and the call.' }) input: CallAnswerInput, @Context() context: ApiContext): Promise<Partial<CallPayload>> {
    return { call: await this.service.answer(viewerOf(context.viewer), input, false), userErrors: [] };
  }

  @ResolveField(() => CallStatus, { description: 'Whether it still waits for contributions.' })
  async status(@Parent() call: Call, @Context() context: ApiContext): Promise<CallStatus> {
    return this.service.statusOf(call, context);
  }

  @ResolveField(() => [Contribution], { description: 'Public contributions that answer it, newest first.' })
  async answers(
    @Parent() call: Call,
    @Args('first', { type: () => Int, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Context() context: ApiContext,
  ): Promise<Contribution[]> {
    return this.service.answers(call, first, context);
  }
}
