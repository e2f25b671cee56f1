import type { Client } from './server.js';

const COUNTS = '{ value count }';
const FIND = `query ($search: String, $filter: AdviceFilterInput, $sort: AdviceSort, $first: Int, $after: String) {
  advice(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount degraded facets { roles ${COUNTS} phases ${COUNTS} stages ${COUNTS} forms ${COUNTS} languages ${COUNTS} }
    edges { highlight { title excerpt } node { id externalId title language roles phases stages forms publishedAt } }
    pageInfo { hasNextPage endCursor }
  } }`;

export interface Listed {
  id: string;
  externalId: string | null;
  title: string;
  language: string;
  roles: string[];
  phases: string[];
  stages: string[];
  forms: string[];
  publishedAt: string;
}
export interface FoundPage {
  totalCount: number;
  degraded: boolean;
  facets: Record<string, { value: string; count: number }[]>;
  edges: { highlight: { title: string; excerpt: string } | null; node: Listed }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
export type Asked = { search?: string; filter?: Record<string, string[]>; sort?: string; first?: number; after?: string | null };

/** One page, answered by the engine that is set. */
export async function find(client: Client, asked: Asked): Promise<FoundPage> {
  const { advice } = (await client.ask(FIND, { ...asked })) as { advice: FoundPage };
  if (advice.degraded) throw new Error('the search engine did not answer, and the built-in one did');
  return advice;
}

/** Every entry of a list or search, in its order, read page by page. */
export async function findAll(client: Client, asked: Asked): Promise<Listed[]> {
  const found: Listed[] = [];
  let page: FoundPage | null = null;
  do {
    page = await find(client, { first: 100, ...asked, after: page?.pageInfo.endCursor ?? null });
    found.push(...page.edges.map(({ node }) => node));
  } while (page.pageInfo.hasNextPage);
  return found;
}
