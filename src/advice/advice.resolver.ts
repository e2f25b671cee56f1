import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import { AccountRole, viewerOf } from '../api/viewer.js';
import { SubmitInput, targetOf } from '../content/contribution.inputs.js';
import { mayReadReviews } from '../content/contributions.resolver.js';
import { Contributions } from '../content/contributions.service.js';
import { Highlight, Match } from '../search/highlight.js';
import { FacetCounts } from '../taxonomy/facet-counts.js';
import { LabelArgs, languageFor } from '../taxonomy/label.args.js';
import { PhaseInfo } from '../taxonomy/taxonomy.resolver.js';
import { Concept } from '../thesaurus/concept.type.js';
import type { CountsConcepts } from '../thesaurus/concepts.resolver.js';
import { AdviceArgs, SimilarAdviceArgs } from './advice.args.js';
import { Advice, AdviceText } from './advice.entity.js';
import { AdviceConnection, AdviceContributeInput, AdviceEdge, AdvicePayload, AdviceSaveInput, SearchSuggestion, SimilarAdvice } from './advice.inputs.js';
import { AdviceService } from './advice.service.js';

@Resolver(() => Advice)
export class AdviceResolver {
  constructor(
    private readonly advice: AdviceService,
    private readonly contributions: Contributions,
  ) {}

  @Allow('ANYONE')
  @Query(() => AdviceConnection, { name: 'advice', description: 'Public advice: all of it, or what a search finds.' })
  async list(@Args() args: AdviceArgs): Promise<AdviceConnection> {
    return this.advice.list(args);
  }

  @Allow('ANYONE')
  @Query(() => [SearchSuggestion], { description: 'What somebody may be about to type: concepts, words and titles of public advice. From two letters on.' })
  async searchSuggestions(
    @Args('prefix', { description: 'What is typed so far.' }) prefix: string,
    @Args() { language }: LabelArgs,
    @Context() context: ApiContext,
  ): Promise<SearchSuggestion[]> {
    return this.advice.suggest(prefix, languageFor(language, context));
  }

  @Allow('ANYONE')
  @Query(() => [SimilarAdvice], { description: 'Public advice about the same as a text, while somebody writes it.' })
  async similarAdvice(@Args() { first, ...text }: SimilarAdviceArgs, @Context() context: ApiContext): Promise<SimilarAdvice[]> {
    return (await this.advice.similarToDraft(text, first, context)).map((each) => ({ advice: each }));
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => AdvicePayload, { description: 'Saves a draft, or the revision of a published advice: only you see it until you submit it.' })
  async adviceSave(
    @Args('input', { description: 'The advice.' }) input: AdviceSaveInput,
    @Context() context: ApiContext,
  ): Promise<Partial<AdvicePayload>> {
    return { advice: await this.advice.save(viewerOf(context.viewer), input, false), userErrors: [] };
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => AdvicePayload, { description: 'Saves an advice and hands it in for review, in one step.' })
  async adviceContribute(
    @Args('input', { description: 'The advice.' }) input: AdviceContributeInput,
    @Context() context: ApiContext,
  ): Promise<Partial<AdvicePayload>> {
    return { advice: await this.advice.save(viewerOf(context.viewer), input, true), userErrors: [] };
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => AdvicePayload, { description: 'Hands a draft or revision in for review.' })
  async adviceSubmit(
    @Args('input', { description: 'What is handed in.' }) input: SubmitInput,
    @Context() context: ApiContext,
  ): Promise<Partial<AdvicePayload>> {
    return { advice: (await this.contributions.submit(viewerOf(context.viewer), targetOf(input))) as Advice, userErrors: [] };
  }

  @ResolveField(() => AdviceText, { nullable: true, description: 'The revision that is not public yet. For its author and reviewers.' })
  revision(@Parent() advice: Advice, @Context() context: ApiContext): object | null {
    return mayReadReviews(advice, context) ? advice.revision : null;
  }

  @ResolveField(() => [Concept], { description: 'The concepts it is about, those that say most of it first.' })
  async concepts(@Parent() advice: Advice, @Context() context: ApiContext): Promise<Concept[]> {
    return this.advice.conceptsOf(advice, context);
  }

  @ResolveField(() => [Advice], { description: 'Public advice about the same, most alike first.' })
  async similar(
    @Parent() advice: Advice,
    @Args('first', { type: () => Int, defaultValue: 5, description: 'How many, 1 to 20.' }) first: number,
    @Context() context: ApiContext,
  ): Promise<Advice[]> {
    return this.advice.similarTo(advice, first, context);
  }
}

@Resolver(() => AdviceConnection)
export class AdviceConnectionResolver {
  @ResolveField(() => Int, { description: 'How many there are in the whole list.' })
  async totalCount(@Parent() { counts }: AdviceConnection): Promise<number> {
    return (await counts()).total;
  }

  @ResolveField(() => FacetCounts, { description: 'How many entries each value has, for choosing filters.' })
  async facets(@Parent() { counts, conceptCounts }: AdviceConnection): Promise<Omit<FacetCounts, 'concepts'> & CountsConcepts> {
    return { ...(await counts()).facets, conceptCounts };
  }
}

@Resolver(() => AdviceEdge)
export class AdviceEdgeResolver {
  constructor(private readonly advice: AdviceService) {}

  @ResolveField(() => Highlight, { nullable: true, description: 'Where the search was found; null without a search.' })
  highlight(@Parent() edge: AdviceEdge): Highlight | null {
    return this.advice.highlight(edge);
  }

  @ResolveField(() => [Match], { description: 'Why it was found: for each word or concept of the search the words here that it led to, those that say most first.' })
  matches(@Parent() edge: AdviceEdge): Match[] {
    return this.advice.matches(edge);
  }
}

@Resolver(() => AdvicePayload)
export class AdvicePayloadResolver {
  constructor(private readonly advice: AdviceService) {}

  @ResolveField(() => [SimilarAdvice], { description: 'Public advice that says something alike: is it there already, or is yours the other side of it?' })
  async similar(
    @Parent() { advice }: AdvicePayload,
    @Args('first', { type: () => Int, defaultValue: 5, description: 'How many, 1 to 20.' }) first: number,
    @Context() context: ApiContext,
  ): Promise<SimilarAdvice[]> {
    return advice ? (await this.advice.similarTo(advice, first, context)).map((each) => ({ advice: each })) : [];
  }
}

@Resolver(() => PhaseInfo)
export class PhaseAdviceResolver {
  constructor(private readonly advice: AdviceService) {}

  @ResolveField(() => AdviceConnection, { name: 'advice', description: 'Public advice for this phase: all of it, or what a search finds.' })
  async list(@Parent() { value }: PhaseInfo, @Args() args: AdviceArgs): Promise<AdviceConnection> {
    return this.advice.list(args, { phase: value });
  }
}

@Resolver(() => Concept)
export class ConceptAdviceResolver {
  constructor(private readonly advice: AdviceService) {}

  @ResolveField(() => AdviceConnection, { name: 'advice', description: 'Public advice about this concept: all of it, or what a search finds.' })
  async list(@Parent() { slug }: Concept, @Args() args: AdviceArgs): Promise<AdviceConnection> {
    return this.advice.list(args, { concept: slug });
  }
}
