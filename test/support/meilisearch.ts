import { describe } from '@jest/globals';

const { MEILI_HOST, MEILI_API_KEY } = process.env;

/** The settings of a real Meilisearch server to test on; null without one, which global-setup.js says loudly. */
export const MEILISEARCH: Record<string, string> | null = MEILI_HOST ? { MEILI_HOST, MEILI_API_KEY: MEILI_API_KEY ?? '' } : null;

/** What every test of the search contract runs on. */
export const ENGINES: [engine: string, settings: Record<string, string>][] = [['the built-in engine', {}], ...(MEILISEARCH ? [['Meilisearch', MEILISEARCH] as [string, Record<string, string>]] : [])];

export const describeOnMeilisearch = MEILISEARCH ? describe : describe.skip;
