import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { may } from '../accounts/access.js';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import { PageArgs, readPage } from '../api/pagination.js';
import { AccountRole, viewerOf } from '../api/viewer.js';
import { Annotations } from './annotations.service.js';
import { ContributionReads } from './contribution-reads.js';
import { Contribution, Review } from './contribution.entity.js';
import { AnnotateInput, ContributionConnection, ContributionPayload, ReviewInput, targetOf, WithdrawInput } from './contribution.inputs.js';
import { Contributions } from './contributions.service.js';
import { actionsFrom, ContributionAction, ContributionStatus, stateOf } from './lifecycle.js';

const NEWEST_CHANGE = { by: 'updatedAt', direction: 'DESC' } as const;
const LONGEST_WAIT = { by: 'updatedAt', direction: 'ASC' } as const;

@Resolver(() => Contribution)
export class ContributionsResolver {
  constructor(
    private readonly contributions: Contributions,
    private readonly reads: ContributionReads,
    private readonly annotations: Annotations,
  ) {}

  @Allow(AccountRole.REVIEWER)
  @Query(() => ContributionConnection, { description: 'What waits for review, longest first. For reviewers.' })
  async reviewQueue(@Args() page: PageArgs): Promise<ContributionConnection> {
    const waiting = this.reads.rows(Contribution).where("(c.status = 'SUBMITTED' OR c.revisionStatus = 'SUBMITTED')");
    return this.reads.page(waiting, readPage(page, ['reviewQueue']), LONGEST_WAIT);
  }

  @Allow(AccountRole.READER)
  @Query(() => ContributionConnection, { description: 'Your own contributions, last changed first.' })
  async myContributions(@Args() page: PageArgs, @Context() context: ApiContext): Promise<ContributionConnection> {
    const { accountId } = viewerOf(context.viewer);
    return this.reads.page(this.reads.rows(Contribution).where({ authorId: accountId }), readPage(page, ['myContributions', accountId]), NEWEST_CHANGE);
  }

  @Allow(AccountRole.REVIEWER)
  @Mutation(() => ContributionPayload, { description: 'Decides on what was submitted: publishes it or sends it back with the reason.' })
  async contributionReview(
    @Args('input', { description: 'What is decided.' }) input: ReviewInput,
    @Context() context: ApiContext,
  ): Promise<Partial<ContributionPayload>> {
    const contribution = await this.contributions.review(viewerOf(context.viewer), targetOf(input), input.decision, input.reason ?? null);
    return { contribution, userErrors: [] };
  }

  @Allow(AccountRole.CONTRIBUTOR)
  @Mutation(() => ContributionPayload, { description: 'Takes a contribution out: your own, or any as an editor.' })
  async contributionWithdraw(
    @Args('input', { description: 'What is taken out, and why.' }) input: WithdrawInput,
    @Context() context: ApiContext,
  ): Promise<Partial<ContributionPayload>> {
    return { contribution: await this.contributions.withdraw(viewerOf(context.viewer), targetOf(input), input.reason), userErrors: [] };
  }

  @Allow(AccountRole.EDITOR)
  @Mutation(() => ContributionPayload, { description: 'Decides by hand which concepts a contribution is about. Later annotation keeps to it.' })
  async contributionAnnotate(
    @Args('input', { description: 'What is decided.' }) input: AnnotateInput,
    @Context() context: ApiContext,
  ): Promise<Partial<ContributionPayload>> {
    return { contribution: await this.annotations.edit(viewerOf(context.viewer), input), userErrors: [] };
  }

  @ResolveField(() => [Review], { description: 'The decisions so far, newest first. For its author and reviewers; empty for others.' })
  async reviews(@Parent() row: Contribution, @Context() context: ApiContext): Promise<Review[]> {
    return mayReadReviews(row, context) ? this.reads.reviewsOf(row.uuid, context) : [];
  }

  @ResolveField(() => ContributionStatus, { nullable: true, description: 'Where the revision of a published contribution is. For its author and reviewers.' })
  revisionStatus(@Parent() row: Contribution, @Context() context: ApiContext): ContributionStatus | null {
    return mayReadReviews(row, context) ? row.revisionStatus : null;
  }

  @ResolveField(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawalReason(@Parent() row: Contribution): string | null {
    return row.withdrawalReason;
  }

  @ResolveField(() => [ContributionAction], { description: 'What you can do to it now.' })
  viewerActions(@Parent() row: Contribution, @Context() { viewer }: ApiContext): ContributionAction[] {
    if (!viewer) return [];
    const owned = { authorId: row.authorId, isPublic: row.status === ContributionStatus.PUBLISHED };
    const reviewing = row.authorId !== viewer.accountId && may(viewer, 'REVIEW', owned);
    return actionsFrom(stateOf(row)).filter((action) => {
      if (action === ContributionAction.SAVE) return may(viewer, 'EDIT', owned);
      if (action === ContributionAction.SUBMIT) return may(viewer, 'SUBMIT', owned);
      return action === ContributionAction.WITHDRAW ? may(viewer, 'WITHDRAW', owned) : reviewing;
    });
  }
}

export function mayReadReviews(row: Contribution, { viewer }: ApiContext): boolean {
  return viewer !== null && may(viewer, 'READ_REVIEWS', { authorId: row.authorId, isPublic: row.status === ContributionStatus.PUBLISHED });
}
