import { AccountRole, atLeast, type Viewer } from '../api/viewer.js';

interface Owned {
  authorId: string | null;
  /** Whether it is public now. */
  isPublic: boolean;
}
type ContributionDeed = 'CREATE' | 'EDIT' | 'SUBMIT' | 'REVIEW' | 'WITHDRAW' | 'ANSWER' | 'READ_REVIEWS';

/** May this viewer do this to that contribution? Whether the contribution's state allows it is the lifecycle's question. */
export function may(viewer: Viewer, deed: ContributionDeed, contribution: Owned): boolean {
  const author = contribution.authorId === viewer.accountId;
  const editor = atLeast(viewer, AccountRole.EDITOR);
  switch (deed) {
    case 'CREATE':
      return atLeast(viewer, AccountRole.CONTRIBUTOR);
    case 'EDIT':
    case 'SUBMIT':
      return atLeast(viewer, AccountRole.CONTRIBUTOR) && (author || (editor && contribution.isPublic));
    case 'REVIEW':
      return atLeast(viewer, AccountRole.REVIEWER);
    case 'WITHDRAW':
    case 'ANSWER':
      return author || editor;
    case 'READ_REVIEWS':
      return author || atLeast(viewer, AccountRole.REVIEWER);
  }
}
