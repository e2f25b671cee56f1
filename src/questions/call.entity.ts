import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../api/node.js';
import { Language, Phase, Role } from '../taxonomy/taxonomy.js';

export enum CallStatus {
  OPEN = 'OPEN',
  ANSWERED = 'ANSWERED',
  CLOSED = 'CLOSED',
}
registerEnumType(CallStatus, {
  name: 'CallStatus',
  description: 'Whether a call still waits for contributions.',
  valuesMap: {
    OPEN: { description: 'Nothing public answers it yet.' },
    ANSWERED: { description: 'At least one public contribution answers it; more are welcome.' },
    CLOSED: { description: 'An editor closed it, for the reason given.' },
  },
});

@Entity('call')
@ObjectType({ description: 'A call for contributions: something people searched for, and found too little about.', implements: () => [Node] })
export class Call extends Node {
  readonly typeName = 'Call';

  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  /** What was searched for; for editors only, who say it in their own words. */
  @Column('uuid')
  questionId!: string;

  @Field({ description: 'What is asked, in the words of an editor.' })
  @Column('text')
  question!: string;

  @Field(() => Language, { description: 'The language it is asked in; answers may be in any.' })
  @Column('text')
  language!: Language;

  @Field(() => [Role], { description: "Whose experience is asked for; empty: anybody's." })
  @Column('text', { array: true })
  roles!: Role[];

  @Field(() => [Phase], { description: 'The phases it is about; empty: any.' })
  @Column('text', { array: true })
  phases!: Phase[];

  @Field(() => Int, { description: 'Counts up when an editor changes it; give it with your change.' })
  @Column('integer')
  version!: number;

  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was published.' })
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was closed.' })
  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was closed.' })
  @Column('text', { nullable: true })
  closingReason!: string | null;
}
