import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { AdviceService } from '../src/advice/advice.service.js';
import { Renewal } from '../src/content/renewal.js';
import { Autovacuum } from '../src/database/autovacuum.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { ConceptStore } from '../src/thesaurus/concept-store.js';
import { ThesaurusService } from '../src/thesaurus/thesaurus.service.js';
import { Importer } from '../src/transfer/importer.js';
import { randomFrom } from '../test/support/edits.js';
import { statementsOf } from '../test/support/statements.js';
import { HOSTILE, measure, milliseconds, repeated, type Query, queryFrom, times, WARM_UP } from './measure.js';
import { onScratchApp } from './scratch.js';
import { readLibrary, writeSynthetic } from './synthetic.js';

const QUERIES = 300;
const PAGE = 10;
const SERVER = process.env['DATABASE_URL'];

const OPERATION = `query ($search: String, $filter: AdviceFilterInput) { advice(search: $search, filter: $filter, first: ${PAGE}) {
  totalCount facets { roles { value count } phases { value count } stages { value count } forms { value count } languages { value count } }
  edges { cursor highlight { title excerpt } node { id title } } pageInfo { hasNextPage endCursor } } }`;

/** What is run beside it: the database's own full-text search, with the same filters, one language, no facets, no typing errors. */
const TEXT_SEARCH = `
  SELECT id, count(*) OVER () AS total FROM contribution
  WHERE to_tsvector('norwegian', title || ' ' || body) @@ websearch_to_tsquery('norwegian', $1)
    AND status = 'PUBLISHED' AND roles && $2::text[] AND phases && $3::text[]
  ORDER BY ts_rank_cd(to_tsvector('norwegian', title || ' ' || body), websearch_to_tsquery('norwegian', $1)) DESC, id LIMIT ${PAGE}`;

async function benchDatabase(name: string, app: NestExpressApplication, folder: string, queries: readonly Query[]): Promise<void> {
  const url = await app.getUrl();
  const database = app.get(DataSource);
  await app.get(Importer).importThesaurus('library');
  const imported = performance.now();
  const { created } = await app.get(Importer).import(folder);
  const seconds = (performance.now() - imported) / 1_000;
  await app.get(Autovacuum).drain();
  if (name === 'served') await database.query('VACUUM (ANALYZE)');

  const advice = app.get(AdviceService);
  const search = await measure(queries, async (query) => {
    const { edges, counts } = await advice.list({ ...query, first: PAGE });
    await counts();
    return edges.map((edge) => advice.highlight(edge));
  });
  const hostile = await measure(repeated(HOSTILE), (text) => advice.list({ search: text, first: PAGE }).then(({ counts }) => counts()));
  const http = await measure(queries, async (variables) => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: OPERATION, variables }) });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
  });
  const statements = await statementsOf(async () => {
    await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: OPERATION, variables: queries[0] }) });
  });
  const listed = await statementsOf(async () => {
    await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: OPERATION, variables: {} }) });
  });
  const anew = await annotateAnew(app, queries);
  const beside = await measure(queries, ({ search: text, filter }) => database.query(TEXT_SEARCH, [text, filter.roles, filter.phases]));
  console.log(
    `| ${name} | ${created.length} | ${milliseconds(search)} | ${hostile.max.toFixed(0)} | +${(http.p50 - search.p50).toFixed(1)} | ${milliseconds(beside)} | ${(search.p50 / beside.p50).toFixed(2)} | ${statements} / ${listed} | ${(created.length / seconds).toFixed(0)} | ${anew} |`,
  );
}

/** How often somebody searches while entries are annotated anew, in milliseconds. */
const SEARCH_EVERY = 100;

/** A concept gets another name, and every entry is annotated anew in the background while somebody searches: how many, in how many seconds, and the times of the searches. */
async function annotateAnew(app: NestExpressApplication, queries: readonly Query[]): Promise<string> {
  const database = app.get(DataSource);
  const left = async () => (await database.query<[{ left: number }]>('SELECT count(*)::integer AS left FROM annotation_queue'))[0].left;
  const { bySlug } = await app.get(ThesaurusService).now();
  const concept = bySlug.get('need');
  if (!concept) throw new Error('the thesaurus has no concept of need');
  const { names, broader, related } = concept;
  const renamed = { ...names, NB: { ...names.NB, preferred: 'løsning' }, DA: { ...names.DA, preferred: 'løsning' } };
  await app.get(UnitOfWork).run((tx) => app.get(ConceptStore).write(tx, new Map([['need', { names: renamed, broader, related }]]), null));
  await database.query('INSERT INTO annotation_queue SELECT contribution_id FROM search_entry ON CONFLICT DO NOTHING');
  const queued = await left();
  const start = performance.now();
  app.get(Renewal).start();
  const samples: number[] = [];
  while ((await left()) > 0) {
    const asking = performance.now();
    await app.get(AdviceService).list({ ...queries[samples.length % queries.length], first: PAGE });
    samples.push(performance.now() - asking);
    await wait(SEARCH_EVERY);
  }
  return `${queued} in ${((performance.now() - start) / 1_000).toFixed(1)} s; ${milliseconds(times(samples))}`;
}

/** Seconds from starting a process to its first answer. */
async function benchStart(dataDir: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['dist/main.js'], { env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', DATA_DIR: dataDir, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const url = await Promise.race([readyAddress(child.stdout), ended.then(() => Promise.reject(new Error('the server ended before it was ready')))]);
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ advice(first: 1) { totalCount } }"}' });
  await answer.text();
  const seconds = (performance.now() - start) / 1_000;
  child.kill('SIGTERM');
  await ended;
  return seconds;
}

function readyAddress(output: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, address] = /ready: (\S+)/.exec(text) ?? [];
      if (address) resolve(address);
    });
  });
}

async function main(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'erfara-bench-'));
  try {
    const library = await readLibrary('library');
    const random = randomFrom(7);
    const queries = Array.from({ length: QUERIES + WARM_UP }, () => queryFrom(library, random));
    console.log('start to first answer: PostgreSQL inside the process');
    console.log(`| first start, library loaded | ${(await benchStart(join(root, 'start'))).toFixed(1)} s |`);
    console.log(`| on an existing folder | ${(await benchStart(join(root, 'start'))).toFixed(1)} s |\n`);
    console.log('search with two filters, facets, total, rows, highlights: p50 / p99 in ms; beside it PostgreSQL text search without facets');
    console.log('| database | entries | search | slowest hostile search | through GraphQL over HTTP, p50 | text search | ratio p50 | statements: search / list | import, entries/s | a label changed: entries annotated anew; searches meanwhile |');
    console.log('|---|---|---|---|---|---|---|---|---|---|');
    const sizes = (process.argv[2] ?? '10000').split(',').map(Number);
    for (const size of [0, ...sizes]) {
      const folder = size === 0 ? 'library' : join(root, `synthetic-${size}`);
      if (size > 0) await writeSynthetic(library, size, folder);
      await onScratchApp(undefined, {}, (app) => benchDatabase('embedded', app, folder, queries));
      if (SERVER) await onScratchApp(SERVER, {}, (app) => benchDatabase('served', app, folder, queries));
    }
    if (!SERVER) console.log('\nDATABASE_URL is not set, so served PostgreSQL was not measured.');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

await main();
