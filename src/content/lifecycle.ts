import { registerEnumType } from '@nestjs/graphql';

/** Where a contribution is on its way. */
export enum ContributionStatus {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  PUBLISHED = 'PUBLISHED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ContributionStatus, {
  name: 'ContributionStatus',
  description: 'Where a contribution is on its way. A revision of a published one goes through DRAFT and SUBMITTED beside it.',
  valuesMap: {
    DRAFT: { description: 'Seen and changed by its author only.' },
    SUBMITTED: { description: 'Waits for a reviewer.' },
    PUBLISHED: { description: 'Public.' },
    WITHDRAWN: { description: 'No longer public; kept with the reason.' },
  },
});

export enum ContributionAction {
  SAVE = 'SAVE',
  SUBMIT = 'SUBMIT',
  APPROVE = 'APPROVE',
  REQUEST_CHANGES = 'REQUEST_CHANGES',
  REJECT = 'REJECT',
  WITHDRAW = 'WITHDRAW',
}
registerEnumType(ContributionAction, {
  name: 'ContributionAction',
  description: 'What can be done to a contribution.',
  valuesMap: {
    SAVE: { description: 'Change the draft, or begin or change the revision of a published contribution.' },
    SUBMIT: { description: 'Hand the draft or revision in for review.' },
    APPROVE: { description: 'Publish what was submitted.' },
    REQUEST_CHANGES: { description: 'Send it back to draft with what should change.' },
    REJECT: { description: 'Send it back to draft with the reason why it does not fit.' },
    WITHDRAW: { description: 'Take it out, with a reason.' },
  },
});

/** A state: of the contribution, and of the revision beside it when a published one is being changed. */
export type State = 'DRAFT' | 'SUBMITTED' | 'PUBLISHED' | 'PUBLISHED+DRAFT' | 'PUBLISHED+SUBMITTED' | 'WITHDRAWN';

/**
 * Every transition there is. docs/lifecycle.md shows this table to people; a test holds the two together.
 * From state to action to next state; an action that a state does not list is refused.
 */
export const TRANSITIONS: Readonly<Record<State, Readonly<Partial<Record<ContributionAction, State>>>>> = {
  DRAFT: { SAVE: 'DRAFT', SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
  SUBMITTED: { APPROVE: 'PUBLISHED', REQUEST_CHANGES: 'DRAFT', REJECT: 'DRAFT', WITHDRAW: 'WITHDRAWN' },
  PUBLISHED: { SAVE: 'PUBLISHED+DRAFT', WITHDRAW: 'WITHDRAWN' },
  'PUBLISHED+DRAFT': { SAVE: 'PUBLISHED+DRAFT', SUBMIT: 'PUBLISHED+SUBMITTED', WITHDRAW: 'WITHDRAWN' },
  'PUBLISHED+SUBMITTED': { APPROVE: 'PUBLISHED', REQUEST_CHANGES: 'PUBLISHED+DRAFT', REJECT: 'PUBLISHED+DRAFT', WITHDRAW: 'WITHDRAWN' },
  WITHDRAWN: {},
};

interface Stateful {
  status: ContributionStatus;
  revisionStatus: ContributionStatus.DRAFT | ContributionStatus.SUBMITTED | null;
}
const STATES: Readonly<Record<State, Stateful>> = {
  DRAFT: { status: ContributionStatus.DRAFT, revisionStatus: null },
  SUBMITTED: { status: ContributionStatus.SUBMITTED, revisionStatus: null },
  PUBLISHED: { status: ContributionStatus.PUBLISHED, revisionStatus: null },
  'PUBLISHED+DRAFT': { status: ContributionStatus.PUBLISHED, revisionStatus: ContributionStatus.DRAFT },
  'PUBLISHED+SUBMITTED': { status: ContributionStatus.PUBLISHED, revisionStatus: ContributionStatus.SUBMITTED },
  WITHDRAWN: { status: ContributionStatus.WITHDRAWN, revisionStatus: null },
};

export function stateOf({ status, revisionStatus }: Stateful): State {
  return status === ContributionStatus.PUBLISHED && revisionStatus ? `${status}+${revisionStatus}` : status;
}

/** The actions that lead on from a state, in the order of the table. */
export function actionsFrom(state: State): ContributionAction[] {
  return Object.values(ContributionAction).filter((action) => action in TRANSITIONS[state]);
}

/** Where an action leads; null when the state does not allow it. */
export function next(state: State, action: ContributionAction): Stateful | null {
  const to = TRANSITIONS[state][action];
  return to ? STATES[to] : null;
}
