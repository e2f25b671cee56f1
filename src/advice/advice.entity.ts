import { Field, InputType, ObjectType, PickType, registerEnumType } from '@nestjs/graphql';
import { ChildEntity, Column } from 'typeorm';
import { Node } from '../api/node.js';
import { UrlScalar } from '../api/url.scalar.js';
import { Text, WebAddress } from '../api/validation.js';
import { Contribution } from '../content/contribution.entity.js';
import { CollaborationForm, Phase, Role, Stage } from '../taxonomy/taxonomy.js';

export enum Basis {
  STATED = 'STATED',
  DERIVED = 'DERIVED',
}
registerEnumType(Basis, {
  name: 'Basis',
  description: 'How an advice follows from its source.',
  valuesMap: {
    STATED: { description: 'The source gives it as advice.' },
    DERIVED: { description: 'Drawn from an event that the source reports.' },
  },
});

@ObjectType({ description: 'Where something comes from.' })
@InputType('SourceInput', { description: 'Where something comes from.' })
export class Source {
  @Field({ description: 'What the page or document is called.' })
  @Text({ max: 300 })
  title!: string;

  @Field(() => UrlScalar, { description: 'Its address (http or https).' })
  @WebAddress()
  url!: string;
}

@ChildEntity('ADVICE')
@ObjectType({ description: 'A piece of good advice: what to do, why, when it applies, where it comes from.', implements: () => [Contribution, Node] })
export class Advice extends Contribution {
  readonly typeName = 'Advice';

  @Field({ description: 'What to do, in Markdown.' })
  @Column('text')
  body!: string;

  @Field(() => String, { nullable: true, description: 'Why it is worth doing.' })
  @Column('text', { nullable: true })
  why!: string | null;

  @Field(() => String, { nullable: true, description: 'The situation in which it applies.' })
  @Column('text', { nullable: true })
  validWhen!: string | null;

  @Field(() => [Role], { description: 'Whom it speaks to.' })
  @Column('text', { array: true })
  roles!: Role[];

  @Field(() => [Phase], { description: 'In which phases of OPI it helps.' })
  @Column('text', { array: true })
  phases!: Phase[];

  @Field(() => [Stage], { description: 'At which steps of an innovation partnership it helps.' })
  @Column('text', { array: true })
  stages!: Stage[];

  @Field(() => [CollaborationForm], { description: 'The forms of collaboration it is limited to; empty: any.' })
  @Column('text', { array: true })
  forms!: CollaborationForm[];

  @Field(() => [Source], { description: 'Where it comes from.' })
  @Column('jsonb')
  sources!: Source[];

  @Field(() => Basis, { nullable: true, description: 'How it follows from its sources; null for what somebody learned themselves.' })
  @Column('text', { nullable: true })
  basis!: Basis | null;

  @Field(() => String, { nullable: true, description: 'The project it was learned in.' })
  @Column('text', { nullable: true })
  caseName!: string | null;
}

/** What is written, reviewed and kept as revisions; the rest of an advice is its life. */
export const ADVICE_TEXT = ['language', 'title', 'body', 'why', 'validWhen', 'roles', 'phases', 'stages', 'forms', 'sources', 'basis', 'caseName'] as const;

@ObjectType({ description: 'The text of a revision that is not public yet.' })
export class AdviceText extends PickType(Advice, ADVICE_TEXT, ObjectType) {}
