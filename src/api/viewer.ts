import { registerEnumType } from '@nestjs/graphql';
import { refuse } from './errors.js';

/** What an account may do; each role may also do what the ones before it may. */
export enum AccountRole {
  READER = 'READER',
  CONTRIBUTOR = 'CONTRIBUTOR',
  REVIEWER = 'REVIEWER',
  EDITOR = 'EDITOR',
  ADMIN = 'ADMIN',
}
registerEnumType(AccountRole, {
  name: 'AccountRole',
  description: 'What an account may do; each role may also do what the ones before it may.',
  valuesMap: {
    READER: { description: 'Reads, as anyone may without an account.' },
    CONTRIBUTOR: { description: 'Writes contributions. Everyone starts here.' },
    REVIEWER: { description: "Reviews others' contributions." },
    EDITOR: { description: 'Withdraws what should no longer be public, keeps the thesaurus, calls for contributions.' },
    ADMIN: { description: 'Gives accounts their roles.' },
  },
});

/** The signed-in account behind a request. */
export interface Viewer {
  readonly accountId: string;
  readonly role: AccountRole;
  /** The session or API token that this request came with. */
  readonly sessionId: string;
}

const RANK = Object.values(AccountRole);

/** Whether the viewer has this role or one above it. */
export function atLeast(viewer: Viewer | null, role: AccountRole): viewer is Viewer {
  return viewer !== null && RANK.indexOf(viewer.role) >= RANK.indexOf(role);
}

/** The viewer of a request that only signed-in accounts may make. @throws {Refusal} UNAUTHENTICATED. */
export function viewerOf(viewer: Viewer | null): Viewer {
  return viewer ?? refuse('UNAUTHENTICATED');
}
