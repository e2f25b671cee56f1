import { registerEnumType } from '@nestjs/graphql';

/** The languages of content. Labels exist in all four. */
export enum Language {
  DA = 'DA',
  NB = 'NB',
  NN = 'NN',
  EN = 'EN',
}

/** Whom an entry speaks to. */
export enum Role {
  PUBLIC_BUYER = 'PUBLIC_BUYER',
  SUPPLIER = 'SUPPLIER',
  KNOWLEDGE_INSTITUTION = 'KNOWLEDGE_INSTITUTION',
  END_USER = 'END_USER',
  FACILITATOR = 'FACILITATOR',
}

/** The five phases of OPI. */
export enum Phase {
  IDEA = 'IDEA',
  START_UP = 'START_UP',
  INNOVATION = 'INNOVATION',
  MARKET_MATURATION = 'MARKET_MATURATION',
  IMPLEMENTATION = 'IMPLEMENTATION',
}

/** The six steps of an innovation partnership. */
export enum Stage {
  NEEDS = 'NEEDS',
  MARKET_DIALOGUE = 'MARKET_DIALOGUE',
  COMPETITION = 'COMPETITION',
  DEVELOPMENT = 'DEVELOPMENT',
  PURCHASE = 'PURCHASE',
  DIFFUSION = 'DIFFUSION',
}

export enum CollaborationForm {
  OPI_MINI = 'OPI_MINI',
  EXPLORATORY = 'EXPLORATORY',
  TENDER_FREE_OPI = 'TENDER_FREE_OPI',
  PRE_COMMERCIAL_PROCUREMENT = 'PRE_COMMERCIAL_PROCUREMENT',
  INNOVATION_PARTNERSHIP = 'INNOVATION_PARTNERSHIP',
}

/**
 * Which stages belong to which phase. The two vocabularies do not run in the same order: in tender-free OPI the
 * competition for the purchase comes after development, in an innovation partnership before it; so this is a
 * table of links and not a translation.
 */
export const STAGES_OF_PHASE: Readonly<Record<Phase, readonly Stage[]>> = {
  [Phase.IDEA]: [Stage.NEEDS, Stage.MARKET_DIALOGUE],
  [Phase.START_UP]: [Stage.MARKET_DIALOGUE, Stage.COMPETITION],
  [Phase.INNOVATION]: [Stage.DEVELOPMENT],
  [Phase.MARKET_MATURATION]: [Stage.DEVELOPMENT, Stage.PURCHASE],
  [Phase.IMPLEMENTATION]: [Stage.PURCHASE, Stage.DIFFUSION],
};

export function phasesOfStage(stage: Stage): Phase[] {
  return Object.values(Phase).filter((phase) => STAGES_OF_PHASE[phase].includes(stage));
}

registerEnumType(Language, {
  name: 'Language',
  description: 'A language of content and labels.',
  valuesMap: {
    DA: { description: 'Danish' },
    NB: { description: 'Norwegian bokmål' },
    NN: { description: 'Norwegian nynorsk' },
    EN: { description: 'English' },
  },
});
registerEnumType(Role, {
  name: 'Role',
  description: 'Whom an entry speaks to. An entry has one or more.',
  valuesMap: {
    PUBLIC_BUYER: { description: 'A public body that has the need and buys.' },
    SUPPLIER: { description: 'A company that develops and sells, alone or in a consortium.' },
    KNOWLEDGE_INSTITUTION: { description: 'A university, research institute or the like.' },
    END_USER: { description: 'Citizens, patients, relatives and staff who will use the solution.' },
    FACILITATOR: { description: 'A broker, cluster or adviser who helps the parties work together.' },
  },
});
registerEnumType(Phase, {
  name: 'Phase',
  description: 'The five phases of public-private innovation collaboration (OPI). An entry has one or more: the course is iterative.',
  valuesMap: {
    IDEA: { description: 'Map the challenge and choose the idea.' },
    START_UP: { description: 'Find partners, align expectations, sign.' },
    INNOVATION: { description: 'Develop, prototype and test together.' },
    MARKET_MATURATION: { description: 'Document effect and make the product ready for sale.' },
    IMPLEMENTATION: { description: 'Put into operation, train, scale to others.' },
  },
});
registerEnumType(Stage, {
  name: 'Stage',
  description: 'The six steps of an innovation partnership.',
  valuesMap: {
    NEEDS: { description: 'Find and verify the real need.' },
    MARKET_DIALOGUE: { description: 'Test need and possibilities with the market.' },
    COMPETITION: { description: 'Announce, prequalify, negotiate, award, sign.' },
    DEVELOPMENT: { description: 'Develop together in steps with interim targets.' },
    PURCHASE: { description: 'Decide whether to use the option to buy.' },
    DIFFUSION: { description: 'Others buy and adopt; learning is shared.' },
  },
});
registerEnumType(CollaborationForm, {
  name: 'CollaborationForm',
  description: 'A form of collaboration under which advice applies.',
  valuesMap: {
    OPI_MINI: { description: 'A short, small collaboration with little formality.' },
    EXPLORATORY: { description: 'A collaboration that explores a problem before a solution is sought.' },
    TENDER_FREE_OPI: { description: 'Joint research and development without a tender; the purchase is tendered afterwards.' },
    PRE_COMMERCIAL_PROCUREMENT: { description: 'Research and development bought in competing stages, without the final product.' },
    INNOVATION_PARTNERSHIP: { description: 'Development and purchase in one procedure, tendered before the development.' },
  },
});
