import { Args, ArgsType, Context, Field, InterfaceType, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import type { Locale } from '../api/messages.js';
import { FORM_LABELS, PHASE_LABELS, ROLE_LABELS, STAGE_LABELS, type Wording } from './labels.js';
import { CollaborationForm, Language, Phase, phasesOfStage, Role, Stage, STAGES_OF_PHASE } from './taxonomy.js';

/** The language of labels for whoever does not name one. */
export const LANGUAGE_OF: Record<Locale, Language> = { da: Language.DA, nb: Language.NB, en: Language.EN };

@ArgsType()
export class LabelArgs {
  @Field(() => Language, { nullable: true, description: "In which language; that of the request's Accept-Language when left out." })
  language?: Language | null;
}

@InterfaceType({ description: 'A word of the taxonomy, for people to read about.', resolveType: ({ typeName }: TaxonomyTerm) => typeName })
export abstract class TaxonomyTerm {
  abstract readonly typeName: string;
  readonly wordings!: Record<Language, Wording>;
}

@ObjectType({ description: 'A phase of OPI, for people to read about.', implements: () => [TaxonomyTerm] })
export class PhaseInfo extends TaxonomyTerm {
  readonly typeName = 'PhaseInfo';

  @Field(() => Phase, { description: 'The phase.' })
  value!: Phase;
}

@ObjectType({ description: 'A role, for people to read about.', implements: () => [TaxonomyTerm] })
export class RoleInfo extends TaxonomyTerm {
  readonly typeName = 'RoleInfo';

  @Field(() => Role, { description: 'The role.' })
  value!: Role;
}

@ObjectType({ description: 'A stage of an innovation partnership, for people to read about.', implements: () => [TaxonomyTerm] })
export class StageInfo extends TaxonomyTerm {
  readonly typeName = 'StageInfo';

  @Field(() => Stage, { description: 'The stage.' })
  value!: Stage;
}

@ObjectType({ description: 'A form of collaboration, for people to read about.', implements: () => [TaxonomyTerm] })
export class CollaborationFormInfo extends TaxonomyTerm {
  readonly typeName = 'CollaborationFormInfo';

  @Field(() => CollaborationForm, { description: 'The form.' })
  value!: CollaborationForm;
}

const phaseInfo = (value: Phase): PhaseInfo => ({ typeName: 'PhaseInfo', value, wordings: PHASE_LABELS[value] });
const roleInfo = (value: Role): RoleInfo => ({ typeName: 'RoleInfo', value, wordings: ROLE_LABELS[value] });
const stageInfo = (value: Stage): StageInfo => ({ typeName: 'StageInfo', value, wordings: STAGE_LABELS[value] });
const formInfo = (value: CollaborationForm): CollaborationFormInfo => ({ typeName: 'CollaborationFormInfo', value, wordings: FORM_LABELS[value] });

@Resolver()
export class TaxonomyResolver {
  @Allow('ANYONE')
  @Query(() => [PhaseInfo], { description: 'The five phases of OPI, in order.' })
  phases(): PhaseInfo[] {
    return Object.values(Phase).map(phaseInfo);
  }

  @Allow('ANYONE')
  @Query(() => PhaseInfo, { description: 'One phase of OPI, with its advice.' })
  phase(@Args('value', { type: () => Phase, description: 'Which phase.' }) value: Phase): PhaseInfo {
    return phaseInfo(value);
  }

  @Allow('ANYONE')
  @Query(() => [RoleInfo], { description: 'The roles that advice speaks to, the two main ones first.' })
  roles(): RoleInfo[] {
    return Object.values(Role).map(roleInfo);
  }

  @Allow('ANYONE')
  @Query(() => [StageInfo], { description: 'The six stages of an innovation partnership, in order.' })
  stages(): StageInfo[] {
    return Object.values(Stage).map(stageInfo);
  }

  @Allow('ANYONE')
  @Query(() => [CollaborationFormInfo], { description: 'The forms of collaboration, from light to heavy.' })
  forms(): CollaborationFormInfo[] {
    return Object.values(CollaborationForm).map(formInfo);
  }
}

@Resolver(() => TaxonomyTerm)
export class TaxonomyTermResolver {
  @ResolveField(() => String, { description: 'What it is called.' })
  label(@Parent() { wordings }: TaxonomyTerm, @Args() { language }: LabelArgs, @Context() { locale }: ApiContext): string {
    return wordings[language ?? LANGUAGE_OF[locale]].label;
  }

  @ResolveField(() => String, { description: 'What it means, in one line.' })
  meaning(@Parent() { wordings }: TaxonomyTerm, @Args() { language }: LabelArgs, @Context() { locale }: ApiContext): string {
    return wordings[language ?? LANGUAGE_OF[locale]].meaning;
  }
}

@Resolver(() => PhaseInfo)
export class PhaseInfoResolver {
  @ResolveField(() => [StageInfo], { description: 'The stages of an innovation partnership that belong to it.' })
  stages(@Parent() { value }: PhaseInfo): StageInfo[] {
    return STAGES_OF_PHASE[value].map(stageInfo);
  }
}

@Resolver(() => StageInfo)
export class StageInfoResolver {
  @ResolveField(() => [PhaseInfo], { description: 'The phases of OPI that it belongs to.' })
  phases(@Parent() { value }: StageInfo): PhaseInfo[] {
    return phasesOfStage(value).map(phaseInfo);
  }
}
