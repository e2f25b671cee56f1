import type { Client } from './server.js';

export const EIGHT_WORDS = 'Skriv i avtalen hvem som eier dataene.';

/** Input of a good advice; a test says what matters to it. */
export function adviceInput(overrides: Record<string, unknown> = {}) {
  return { language: 'NB', title: 'Avtal tidlig hvem som eier dataene', body: EIGHT_WORDS, roles: ['PUBLIC_BUYER'], phases: ['START_UP'], ...overrides };
}

export interface Known {
  id: string;
  version: number;
  status: string;
}

const KNOWN = 'id version status';
export const CONTRIBUTE = `mutation ($input: AdviceContributeInput!) { adviceContribute(input: $input) { advice { ${KNOWN} } userErrors { code field message } } }`;
export const SAVE = `mutation ($input: AdviceSaveInput!) { adviceSave(input: $input) { advice { ${KNOWN} } userErrors { code field message } } }`;
export const SUBMIT = `mutation ($input: SubmitInput!) { adviceSubmit(input: $input) { advice { ${KNOWN} } userErrors { code field message } } }`;
export const REVIEW = `mutation ($input: ReviewInput!) { contributionReview(input: $input) { contribution { ${KNOWN} } userErrors { code field message } } }`;
export const WITHDRAW = `mutation ($input: WithdrawInput!) { contributionWithdraw(input: $input) { contribution { ${KNOWN} } userErrors { code field message } } }`;
export const SEARCH = `query ($search: String, $filter: AdviceFilterInput, $sort: AdviceSort, $first: Int, $after: String) {
  advice(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount edges { cursor highlight { title excerpt } node { id externalId title } } pageInfo { hasNextPage endCursor }
  } }`;

/** Contributes an advice; it waits for review. */
export async function contribute(author: Client, overrides: Record<string, unknown> = {}): Promise<Known> {
  const { adviceContribute } = (await author.ask(CONTRIBUTE, { input: adviceInput(overrides) })) as { adviceContribute: { advice: Known } };
  return adviceContribute.advice;
}

export async function review(reviewer: Client, { id, version }: Known, decision = 'APPROVE', reason?: string): Promise<Known> {
  const { contributionReview } = (await reviewer.ask(REVIEW, { input: { id, version, decision, reason } })) as { contributionReview: { contribution: Known } };
  return contributionReview.contribution;
}

/** Contributes an advice and has it published. */
export async function publish(author: Client, reviewer: Client, overrides: Record<string, unknown> = {}): Promise<Known> {
  return review(reviewer, await contribute(author, overrides));
}
