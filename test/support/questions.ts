import { SearchLog } from '../../src/questions/search-log.js';
import type { Client, Server } from './server.js';

const LOGGED = 'query ($search: String!, $filter: AdviceFilterInput, $typing: Boolean) { advice(search: $search, filter: $filter, typing: $typing) { totalCount } }';
const OPEN = `query ($filter: QuestionFilterInput, $language: Language, $first: Int, $after: String, $last: Int, $before: String) {
  openQuestions(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id label(language: $language) asked days weakShare months { month count } roles { value count } phases { value count } examples } }
    pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`;

export interface Open {
  id: string;
  label: string;
  asked: number;
  days: number;
  weakShare: number;
  months: { month: string; count: number }[];
  roles: { value: string; count: number }[];
  phases: { value: string; count: number }[];
  examples: string[];
}

/** Searches, and has the log written. */
export async function search(server: Server, text: string, more: Record<string, unknown> = {}, client: Client = server.reader): Promise<number> {
  const { advice } = (await client.ask(LOGGED, { search: text, ...more })) as { advice: { totalCount: number } };
  await server.app.get(SearchLog).drain();
  return advice.totalCount;
}

/** Everything about questions is so many days older. */
export async function passDays({ database }: Server, days = 1): Promise<void> {
  // By way of the far past, since a row may not meet another on its way.
  for (const by of [100_000 + days, -100_000]) for (const table of ['search_log', 'question_day']) await database.query(`UPDATE ${table} SET day = day - ${by}`);
  await database.query(`UPDATE question SET last_day = last_day - ${days}`);
  await database.query(`UPDATE call SET created_at = created_at - interval '${days} days', closed_at = closed_at - interval '${days} days'`);
  await database.query(`UPDATE call_answer SET created_at = created_at - interval '${days} days'`);
  await database.query(`UPDATE contribution SET visible_from = visible_from - interval '${days} days'`);
}

/** Asks the same on several days; the last was yesterday. */
export async function ask(server: Server, text: string, days = 3, more: Record<string, unknown> = {}): Promise<void> {
  for (let day = 0; day < days; day++) {
    await search(server, text, more);
    await passDays(server);
  }
}

export async function openQuestions(editor: Client, variables: Record<string, unknown> = {}): Promise<Open[]> {
  const { openQuestions: page } = (await editor.ask(OPEN, { first: 100, language: 'NB', ...variables })) as { openQuestions: { edges: { node: Open }[] } };
  return page.edges.map(({ node }) => node);
}

/** Has a question asked on three days and makes a call of it. */
export async function publishCall(server: Server, editor: Client, text: string): Promise<{ id: string; version: number }> {
  await ask(server, text);
  const question = (await openQuestions(editor)).find(({ label }) => label === text);
  const input = { questionId: question?.id, question: `Hva har du lært om ${text}?`, language: 'NB' };
  const { callPublish } = (await editor.ask('mutation ($input: CallPublishInput!) { callPublish(input: $input) { call { id version } } }', { input })) as { callPublish: { call: { id: string; version: number } } };
  return callPublish.call;
}
