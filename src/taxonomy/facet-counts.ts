import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CollaborationForm, Language, Phase, Role, Stage } from './taxonomy.js';

interface Count<Value> {
  value: Value;
  count: number;
}

function countOf<Value extends string>(values: Record<string, Value>, name: string): Type<Count<Value>> {
  @ObjectType(name, { description: 'A value and how many entries have it.' })
  class CountOf {
    @Field(() => values as object, { description: 'The value.' })
    value!: Value;

    @Field(() => Int, { description: 'Entries that have it, under the search and the filters of all other fields.' })
    count!: number;
  }
  return CountOf;
}

const RoleCount = countOf(Role, 'RoleCount');
const PhaseCount = countOf(Phase, 'PhaseCount');
const StageCount = countOf(Stage, 'StageCount');
const FormCount = countOf(CollaborationForm, 'CollaborationFormCount');
const LanguageCount = countOf(Language, 'LanguageCount');

@ObjectType({ description: 'How many entries each value would leave. Values without entries are left out.' })
export class FacetCounts {
  @Field(() => [RoleCount], { description: 'By role.' })
  roles!: Count<Role>[];

  @Field(() => [PhaseCount], { description: 'By phase.' })
  phases!: Count<Phase>[];

  @Field(() => [StageCount], { description: 'By stage.' })
  stages!: Count<Stage>[];

  @Field(() => [FormCount], { description: 'By collaboration form.' })
  forms!: Count<CollaborationForm>[];

  @Field(() => [LanguageCount], { description: 'By language.' })
  languages!: Count<Language>[];
}
