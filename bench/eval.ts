import { parseArgs } from 'node:util';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AdviceService } from '../src/advice/advice.service.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Rebuild } from '../src/search/meilisearch/rebuild.js';
import { Importer } from '../src/transfer/importer.js';
import { candidateRecall } from './candidates.js';
import { type CollectionDocument, contentOfDocument, publishAll, readLines } from './documents.js';
import { onPlainIndex, type PlainAnswer } from './plain.js';
import { onScratchApp } from './scratch.js';

const USAGE = 'Usage: npm run eval:search -- (--golden FILE | --collection DOCUMENTS QUERIES) [--engine postgres|meilisearch|meilisearch-plain [--strategy last|all|frequency]] [--json]';
const ENGINES = ['postgres', 'meilisearch', 'meilisearch-plain'];
const STRATEGIES = ['last', 'all', 'frequency'] as const;
type Strategy = (typeof STRATEGIES)[number];
const DEPTH = 10;

interface Judged {
  text: string;
  category: string;
  filter: Record<string, string[]> | null;
  /** Grades of the documents that answer it, by external id. */
  relevant: Record<string, number>;
}
interface Scores {
  ndcg10: number;
  recall10: number;
}

/** Normalised discounted cumulative gain of the first ten, with gains of 2^grade − 1 (Burges et al., ICML 2005). */
function ndcg(found: readonly string[], relevant: Judged['relevant']): number {
  const dcg = (grades: readonly number[]) => grades.slice(0, DEPTH).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
  const ideal = dcg(Object.values(relevant).toSorted((a, b) => b - a));
  return ideal > 0 ? dcg(found.map((id) => relevant[id] ?? 0)) / ideal : 0;
}

/** How many of the documents with the query's highest grade are among the first ten. */
function recall(found: readonly string[], relevant: Judged['relevant']): number {
  const highest = Math.max(...Object.values(relevant));
  const best = Object.keys(relevant).filter((id) => relevant[id] === highest);
  return best.filter((id) => found.slice(0, DEPTH).includes(id)).length / best.length;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function summary(scored: readonly (Scores & { hits: number })[]) {
  const hits = scored.map((each) => each.hits).toSorted((a, b) => a - b);
  return {
    queries: scored.length,
    ndcg10: Number(mean(scored.map(({ ndcg10 }) => ndcg10)).toFixed(4)),
    recall10: Number(mean(scored.map(({ recall10 }) => recall10)).toFixed(4)),
    medianHits: hits[hits.length >> 1] ?? 0,
  };
}

type Ask = (query: Pick<Judged, 'text' | 'filter'>) => Promise<PlainAnswer>;

async function evaluate(ask: Ask, queries: readonly Judged[]) {
  const scored: (Scores & { category: string; hits: number })[] = [];
  for (const { text, filter, category, relevant } of queries) {
    const { found, total } = await ask({ text, filter });
    scored.push({ category, ndcg10: ndcg(found, relevant), recall10: recall(found, relevant), hits: total });
  }
  const categories = Object.fromEntries([...new Set(scored.map(({ category }) => category))].sort().map((category) => [category, summary(scored.filter((each) => each.category === category))]));
  return { ...summary(scored), categories };
}

/** Through the application, as its API does. */
function asker(app: NestExpressApplication): Ask {
  return async ({ text, filter }) => {
    const { edges, counts, degraded } = await app.get(AdviceService).list({ search: text.slice(0, 300), filter, first: DEPTH });
    if (degraded) throw new Error(`the search engine did not answer "${text}" in time`);
    return { found: edges.map(({ node }) => node.externalId ?? ''), total: (await counts()).total };
  };
}

async function evaluateOn(app: NestExpressApplication, engine: string, strategy: Strategy, queries: readonly Judged[]) {
  if (engine === 'meilisearch-plain') return onPlainIndex(app, strategy, (ask) => evaluate(({ text, filter }) => ask({ search: text, filter }), queries));
  if (engine === 'meilisearch') await app.get(Rebuild).run();
  app.get(MeilisearchEngine).patienceMs = 10_000;
  const result = await evaluate(asker(app), queries);
  if (engine === 'postgres') return result;
  const recall = await candidateRecall(app, queries.map(({ text, filter }) => ({ search: text.slice(0, 300), filter })));
  return { ...result, candidateRecall: Number(recall.toFixed(4)) };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      golden: { type: 'string' }, collection: { type: 'string' }, engine: { type: 'string', default: 'postgres' }, strategy: { type: 'string', default: 'frequency' }, json: { type: 'boolean', default: false },
    },
  });
  const { golden, collection, engine, json } = values;
  const strategy = STRATEGIES.find((each) => each === values.strategy);
  const [queriesFile] = positionals;
  if (!ENGINES.includes(engine) || !strategy || (golden === undefined) === (collection === undefined) || (collection !== undefined && queriesFile === undefined)) throw new Error(USAGE);
  const settings: Record<string, string> = engine === 'postgres' ? {} : { MEILI_HOST: process.env['MEILI_HOST'] ?? '', MEILI_API_KEY: process.env['MEILI_API_KEY'] ?? '' };
  const result = await onScratchApp(process.env['DATABASE_URL'], settings, async (app) => {
    if (golden !== undefined) {
      await app.get(Importer).import('library');
      const lines = await readLines<Judged & { query: string }>(golden);
      return evaluateOn(app, engine, strategy, lines.map(({ query, ...rest }) => ({ ...rest, text: query })));
    }
    const documents = await readLines<CollectionDocument>(collection ?? '');
    await publishAll(app, documents.map((document, index) => ({ externalId: document.id, content: contentOfDocument(document, index) })));
    const lines = await readLines<Pick<Judged, 'text' | 'relevant'>>(queriesFile ?? '');
    return evaluateOn(app, engine, strategy, lines.map((line) => ({ ...line, category: 'all', filter: null })));
  });
  if (json) console.log(JSON.stringify({ engine, ...result }));
  else {
    const row = (name: string, { queries, ndcg10, recall10, medianHits }: ReturnType<typeof summary>) => `| ${name} | ${queries} | ${ndcg10.toFixed(3)} | ${recall10.toFixed(3)} | ${medianHits} |`;
    console.log(`| ${engine} | queries | nDCG@10 | recall@10 | median hits |\n|---|---|---|---|---|\n${row('all', result)}`);
    for (const [name, category] of Object.entries(result.categories)) console.log(row(name, category));
    if ('candidateRecall' in result) console.log(`\nOf SQL's first ten the server proposes ${result.candidateRecall.toFixed(3)}.`);
  }
}

await main();
