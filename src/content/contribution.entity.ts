import { Field, GraphQLISODateTime, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn, TableInheritance } from 'typeorm';
import { Node } from '../api/node.js';
import { Language } from '../taxonomy/taxonomy.js';
import { ContributionStatus } from './lifecycle.js';

export enum ReviewDecision {
  APPROVE = 'APPROVE',
  REQUEST_CHANGES = 'REQUEST_CHANGES',
  REJECT = 'REJECT',
}
registerEnumType(ReviewDecision, {
  name: 'ReviewDecision',
  description: 'What a reviewer decides.',
  valuesMap: {
    APPROVE: { description: 'Publish it.' },
    REQUEST_CHANGES: { description: 'Back to draft: good, once the reason is met.' },
    REJECT: { description: 'Back to draft: it does not fit, for the reason given.' },
  },
});

/** What all kinds of contribution share. One table holds them all; each kind adds columns of its own. */
@Entity('contribution')
@TableInheritance({ column: { type: 'text', name: 'kind' } })
@InterfaceType({
  description: 'Anything somebody contributes: written, reviewed by a second person, published, perhaps withdrawn.',
  implements: () => [Node],
  resolveType: (contribution: Contribution) => contribution.typeName,
})
export abstract class Contribution extends Node {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('text')
  kind!: string;

  @Field(() => ContributionStatus, { description: 'Where it is on its way.' })
  @Column('text')
  status!: ContributionStatus;

  @Field(() => Int, { description: 'Counts up with every change; give it with yours.' })
  @Column('integer')
  version!: number;

  @Column('uuid', { nullable: true })
  authorId!: string | null;

  @Field(() => String, { nullable: true, description: 'Whom to thank; null when the author is unnamed.' })
  @Column('text', { nullable: true })
  authorCredit!: string | null;

  @Field(() => String, { nullable: true, description: 'Its id where it was imported from, such as F001.' })
  @Column('text', { nullable: true })
  externalId!: string | null;

  @Field(() => Language, { description: 'The language it is written in.' })
  @Column('text')
  language!: Language;

  @Field({ description: 'What it says, in one line.' })
  @Column('text')
  title!: string;

  /** The facet values as bits, for counting and filtering. */
  @Column('integer')
  facets!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was begun.' })
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When anything about it changed last.' })
  @Column('timestamptz')
  updatedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it first became public.' })
  @Column('timestamptz', { nullable: true })
  publishedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  visibleFrom!: Date | null;

  @Field(() => String, { nullable: true, description: 'The day (YYYY-MM-DD) by which somebody should look whether it still holds.' })
  @Column('date', { nullable: true })
  reviewBy!: string | null;

  /** The version whose text is public. */
  @Column('integer', { nullable: true })
  publishedVersion!: number | null;

  /** The version that the importer made; a later one was changed here. */
  @Column('integer', { nullable: true })
  importedVersion!: number | null;

  /** The text of a revision that is not public yet. */
  @Column('jsonb', { nullable: true })
  revision!: object | null;

  @Column('text', { nullable: true })
  revisionStatus!: ContributionStatus.DRAFT | ContributionStatus.SUBMITTED | null;

  @Column('text', { nullable: true })
  withdrawalReason!: string | null;
}

/** One saved text of a contribution. All are kept. */
@Entity('revision')
export class Revision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  contributionId!: string;

  @Column('integer')
  version!: number;

  @Column('jsonb')
  content!: object;

  @Column('uuid', { nullable: true })
  createdBy!: string | null;
}

@Entity('review')
@ObjectType({ description: "A reviewer's decision; seen by the author and by reviewers." })
export class Review {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  contributionId!: string;

  @Field(() => Int, { description: 'The version that was reviewed.' })
  @Column('integer')
  version!: number;

  @Field(() => ReviewDecision, { description: 'What was decided.' })
  @Column('text')
  decision!: ReviewDecision;

  @Field(() => String, { nullable: true, description: 'Why; always given when it was sent back.' })
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('uuid', { nullable: true })
  reviewerId!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was decided.' })
  @Column('timestamptz')
  createdAt!: Date;
}

