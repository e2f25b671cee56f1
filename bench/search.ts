import type { NestExpressApplication } from '@nestjs/platform-express';
import { AdviceService } from '../src/advice/advice.service.js';
import { PostgresEngine } from '../src/search/postgres.engine.js';
import { parseQuery } from '../src/search/query.js';
import { Resolver } from '../src/search/resolve.js';
import { Indexer } from '../src/search/meilisearch/indexer.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Rebuild } from '../src/search/meilisearch/rebuild.js';
import { type FacetFilter, filterMasks } from '../src/taxonomy/facets.js';
import { Importer } from '../src/transfer/importer.js';
import { randomFrom } from '../test/support/edits.js';
import { candidateRecall } from './candidates.js';
import { publishAll } from './documents.js';
import { measure, milliseconds, type Query, queryFrom, times } from './measure.js';
import { onPlainIndex } from './plain.js';
import { onScratchApp } from './scratch.js';
import { readLibrary, synthetic } from './synthetic.js';

const QUERIES = 240;
const PAGE = 10;
/** Entries that are published one by one while their way into the index is timed, and how many a second. */
const PUBLISHED = 200;
const PER_SECOND = 20;

/** Seconds from the commit that publishes to the first search on the server that finds it, while entries are published at a steady rate. */
async function publishedToFound(app: NestExpressApplication, from: number): Promise<number[]> {
  app.get(Indexer).start();
  const library = await readLibrary('library');
  const waits: Promise<number>[] = [];
  const engine = app.get(MeilisearchEngine);
  let number = 0;
  for (const { content } of synthetic(library, PUBLISHED)) {
    const due = performance.now() + 1_000 / PER_SECOND;
    const word = `xq${from}${String.fromCharCode(97 + (number % 26), 97 + (Math.floor(number / 26) % 26))}zz${number++}`;
    await publishAll(app, [{ externalId: `P${from}-${number}`, content: { ...content, title: `${content.title} ${word}` } }], { vacuum: false });
    const committed = performance.now();
    waits.push((async () => {
      for (;;) {
        const query = await app.get(Resolver).resolve(parseQuery(word));
        const { total } = await engine.search({ kind: 'ADVICE', query, masks: filterMasks(null), concepts: [], sort: 'RELEVANCE', page: { size: 1, backward: false, from: null, scope: '' } });
        if (total > 0) return (performance.now() - committed) / 1_000;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })());
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  return Promise.all(waits);
}

async function bench(app: NestExpressApplication, size: number): Promise<void> {
  const library = await readLibrary('library');
  await app.get(Importer).importThesaurus('library');
  await publishAll(app, [...synthetic(library, size)]);
  app.get(MeilisearchEngine).patienceMs = 10_000;
  const { seconds } = await app.get(Rebuild).run(({ entries, total }) => process.stderr.write(`\rindexed ${entries} of ${total} `));
  const random = randomFrom(7);
  const queries = Array.from({ length: QUERIES }, () => queryFrom(library, random));

  const advice = app.get(AdviceService);
  const whole = async (query: Query) => {
    const { edges, counts, degraded } = await advice.list({ ...query, first: PAGE });
    if (degraded) throw new Error('the search server did not answer');
    await counts();
    return edges.map((edge) => advice.highlight(edge));
  };
  const meilisearch = await measure(queries, whole);
  const builtIn = await measure(queries, async ({ search, filter }: { search: string; filter: FacetFilter }) =>
    app.get(PostgresEngine).search({ kind: 'ADVICE', query: await app.get(Resolver).resolve(parseQuery(search)), masks: filterMasks(filter), concepts: [], sort: 'RELEVANCE', page: { size: PAGE, backward: false, from: null, scope: '' } }),
  );
  const recall = await candidateRecall(app, queries.slice(0, 100));
  const plain = await onPlainIndex(app, 'frequency', (ask) => measure(queries, ask));
  const found = times(await publishedToFound(app, size));
  console.log(
    `\r| ${size} | ${milliseconds(meilisearch)} | ${milliseconds(builtIn)} | ${(meilisearch.p50 / builtIn.p50).toFixed(2)} | ${milliseconds(plain)} | ${(meilisearch.p50 / plain.p50).toFixed(2)} | ${recall.toFixed(3)} | ${(size / seconds).toFixed(0)} | ${found.p50.toFixed(2)} / ${found.p99.toFixed(2)} |`,
  );
}

async function main(): Promise<void> {
  const { DATABASE_URL, MEILI_HOST, MEILI_API_KEY } = process.env;
  if (!MEILI_HOST) throw new Error('Set MEILI_HOST and MEILI_API_KEY to a Meilisearch server, and DATABASE_URL to a PostgreSQL server.');
  const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number);
  console.log('two filters, facets, total, rows, highlights, language unknown: p50 / p99 in ms');
  console.log('| entries | Meilisearch finds, SQL ranks, all told | built-in engine, without rows and highlights | ratio p50 | plain Meilisearch, one request | ratio p50 | top ten among candidates | rebuild, entries/s | published → found, s |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const size of sizes) await onScratchApp(DATABASE_URL, { MEILI_HOST, MEILI_API_KEY: MEILI_API_KEY ?? '' }, (app) => bench(app, size));
}

await main();
