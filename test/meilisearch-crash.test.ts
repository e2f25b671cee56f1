import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { AdviceService } from '../src/advice/advice.service.js';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Indexer } from '../src/search/meilisearch/indexer.js';
import { Indexes } from '../src/search/meilisearch/indexes.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Verify } from '../src/search/meilisearch/verify.js';
import { Postings } from '../src/search/postings.js';
import { EIGHT_WORDS, publish, WITHDRAW } from './support/advice.js';
import { dropIndexes } from './support/indexes.js';
import { Language } from '../src/taxonomy/taxonomy.js';
import { describeOnMeilisearch, MEILISEARCH } from './support/meilisearch.js';
import { bearerOf, Process } from './support/process.js';
import { Proxy } from './support/proxy.js';
import { isServed, type Scratch, scratchDatabase } from './support/scratch.js';

const ADMIN = 'admin@example.org';
jest.setTimeout(300_000);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
/** Milliseconds after the server is ready; the first kills come while the first index is being built. */
const MOMENTS = [20, 150, 400, ...fc.sample(fc.integer({ min: 100, max: 1_500 }), { seed: SEED, numRuns: 5 })];
const wordOf = (name: string) => `x${createHash('sha256').update(name).digest('hex').slice(0, 15)}`;

const EQUAL = { missing: [], stale: [], surplus: [] };

/** The application in this process, once the index has all that killed processes left. */
async function quietApp(environment: Record<string, string>): Promise<NestExpressApplication> {
  const app = await createApp(readConfig({ ...environment, LOG_LEVEL: 'error' }));
  await app.init();
  // What the killed processes had taken is theirs until their lease ends.
  await app.get(DataSource).query('UPDATE search_outbox SET claimed_by = NULL, claimed_until = NULL');
  await app.get(DataSource).query("UPDATE search_index SET lease_until = now() - interval '1 second' WHERE status = 'BUILDING'");
  // The first call builds an index where none answers.
  await app.get(Indexer).drain();
  await app.get(Indexer).drain();
  return app;
}

describeOnMeilisearch('a server with Meilisearch that is killed again and again', () => {
  let scratch: Scratch;
  let environment: Record<string, string>;
  beforeAll(async () => {
    scratch = await scratchDatabase('library');
    environment = { ...scratch.environment, ...MEILISEARCH, LIBRARY_DIR: 'none', SMTP_URL: '', ADMIN_EMAIL: ADMIN };
  });
  afterAll(async () => {
    await Process.killAll();
    await scratch.drop();
  });

  it('ends with an index that is equal to the database, and every acknowledged advice is found', async () => {
    let server = await Process.ready(environment);
    const [authors, reviewers] = [await bearerOf(server, 'kari@example.org'), await bearerOf(server, ADMIN)];
    const published = new Set<string>();
    for (const [round, moment] of MOMENTS.entries()) {
      const [author, reviewer] = [await server.client(authors), await server.client(reviewers)];
      const writing = (async () => {
        for (let number = 0; ; number++) {
          const word = wordOf(`${round} ${number}`);
          const { id, version } = await publish(author, reviewer, { title: `Merk ${word}` });
          published.add(word);
          if (number % 3 !== 2) continue;
          published.delete(word);
          await author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } });
        }
      })();
      await Promise.race([wait(moment), writing]);
      await server.end('SIGKILL');
      await Promise.allSettled([writing]);
      server = await Process.ready(environment);
    }
    await server.end('SIGKILL');

    const app = await quietApp(environment);
    try {
      expect(await app.get(Verify).differences()).toEqual(EQUAL);
      app.get(MeilisearchEngine).patienceMs = 30_000;
      for (const word of published) {
        const { edges, degraded } = await app.get(AdviceService).list({ search: word });
        expect({ word, found: edges.length, degraded }).toEqual({ word, found: 1, degraded: false });
      }
      expect(published.size).toBeGreaterThan(5);
    } finally {
      await dropIndexes(app);
      await app.close();
    }
  });
});

type Seen = Pick<IncomingMessage, 'method' | 'url'>;
const asks = (method: string, path: RegExp) => (seen: Seen | undefined) => seen?.method === method && path.test(seen.url ?? '');
const pushes = asks('POST', /^\/indexes\/\w+\/documents/);
const follows = asks('GET', /^\/tasks\//);
const looksUp = asks('GET', /^\/indexes\/\w+$/);
const deletes = asks('DELETE', /^\/indexes\/\w+$/);
const CHANGED = 20;

describeOnMeilisearch('a process that is killed', () => {
  let scratch: Scratch;
  let environment: Record<string, string>;
  let proxy: Proxy;
  beforeAll(async () => {
    scratch = await scratchDatabase('library');
    environment = { ...scratch.environment, ...MEILISEARCH, LIBRARY_DIR: 'none', SMTP_URL: '' };
    proxy = await Proxy.before(MEILISEARCH?.['MEILI_HOST'] ?? '');
    await (await quietApp(environment)).close();
  });
  afterAll(async () => {
    await Process.killAll();
    const app = await quietApp(environment);
    await dropIndexes(app);
    await app.close();
    await proxy.close();
    await scratch.drop();
  });

  /** Runs the process until the search server gets the request at which it is killed. */
  async function killedAt(script: 'server' | 'reindex', here: (seen: Seen, before: Seen | undefined) => boolean): Promise<void> {
    const child = new Process(script, { ...environment, MEILI_HOST: proxy.url });
    let before: Seen | undefined;
    proxy.fault = (req, _, pass) => {
      if (here(req, before)) child.signal('SIGKILL');
      before = req;
      pass();
    };
    const { signal, stderr } = await child.end();
    proxy.fault = null;
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
  }

  /** Lets somebody look at the database while no server runs. */
  async function inDatabase<T>(look: (app: NestExpressApplication) => Promise<T>): Promise<T> {
    const app = await createApp(readConfig({ ...environment, MEILI_HOST: '', MEILI_API_KEY: '', LOG_LEVEL: 'error' }));
    await app.init();
    try {
      return await look(app);
    } finally {
      await app.close();
    }
  }

  /** Some entries are no longer public, others read differently. */
  const change = () => inDatabase((app) => app.get(DataSource).transaction(async (tx) => {
    const removed = (await tx.query<{ uuid: string }[]>(`SELECT contribution_id AS uuid FROM search_entry ORDER BY entry LIMIT ${CHANGED}`)).map(({ uuid }) => uuid);
    const added = removed.slice(CHANGED / 2).map((uuid) => ({ uuid, kind: 'ADVICE', language: Language.NB, facets: 0, publishedAt: new Date(), texts: { title: 'Merk', body: EIGHT_WORDS, why: '', context: '' } }));
    await app.get(Postings).change(tx, { removed, added });
  }));

  const left = () => inDatabase(async (app) => {
    const [row] = await app.get(DataSource).query<[object]>(
      `SELECT (SELECT count(*)::integer FROM search_outbox WHERE NOT pushed) AS waiting,
         (SELECT count(*)::integer FROM search_outbox WHERE claimed_by IS NOT NULL) AS claimed,
         (SELECT string_agg(status, ' ' ORDER BY status) FROM search_index) AS indexes`,
    );
    return row;
  });

  async function expectEqualOnceQuiet(): Promise<void> {
    const app = await quietApp(environment);
    try {
      // Once to retire what was abandoned, once to delete it when nobody can be searching in it any more.
      await app.get(Indexes).removeRetired();
      await app.get(DataSource).query("UPDATE search_index SET changed_at = now() - interval '1 minute'");
      await app.get(Indexes).removeRetired();
      await app.get(Indexer).drain();
      const uid = await app.get(Indexes).current();
      expect(await app.get(DataSource).query('SELECT uid, status FROM search_index')).toEqual([{ uid, status: 'ACTIVE' }]);
      expect(await app.get(DataSource).query('SELECT FROM search_outbox')).toEqual([]);
      expect(await app.get(Verify).differences()).toEqual(EQUAL);
    } finally {
      await app.close();
    }
  }

  it.each<[when: string, here: Parameters<typeof killedAt>[1], claimed: number]>([
    ['before it claims what changed', looksUp, 0],
    ['after it has claimed what changed', (seen, before) => looksUp(seen) && looksUp(before), CHANGED],
    ['while it pushes', pushes, CHANGED],
    ['after it has pushed, before it has said so', (seen, before) => follows(seen) && follows(before), CHANGED],
  ])('%s leaves that to the next one', async (_, here, claimed) => {
    await change();
    await killedAt('server', here);
    expect(await left()).toEqual({ waiting: CHANGED, claimed, indexes: 'ACTIVE' });
    await expectEqualOnceQuiet();
  });

  it.each<[when: string, here: Parameters<typeof killedAt>[1], indexes: string]>([
    ['before the new index is made', asks('POST', /^\/indexes$/), 'ACTIVE BUILDING'],
    ['while the new index is filled', pushes, 'ACTIVE BUILDING'],
    ['before the new index answers', (seen, before) => follows(seen) && follows(before), 'ACTIVE BUILDING'],
  ])('%s leaves the old one answering', async (_, here, indexes) => {
    await change();
    await killedAt('reindex', here);
    expect(await left()).toEqual({ waiting: CHANGED, claimed: 0, indexes });
    await expectEqualOnceQuiet();
  });

  it('after the new index answers, before the old one is deleted, leaves that to the next one', async () => {
    await change();
    await inDatabase((app) => app.get(DataSource).query("UPDATE search_index SET status = 'RETIRED', changed_at = now() - interval '1 minute'"));
    await killedAt('server', deletes);
    await expectEqualOnceQuiet();
  });

  // Only a server lets somebody else hold the row that the switch waits for.
  (isServed ? it : it.skip)('within the switch itself leaves the old index answering', async () => {
    await change();
    const other = new DataSource({ type: 'postgres', url: environment['DATABASE_URL'] ?? '' });
    await other.initialize();
    const holder = other.createQueryRunner();
    await holder.startTransaction();
    await holder.query("SELECT FROM search_index WHERE status = 'ACTIVE' FOR UPDATE");
    const child = new Process('reindex', environment);
    const waits = () => other.query<object[]>("SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE search_index%RETIRED%'");
    while ((await waits()).length === 0) await wait(20);
    const { signal } = await child.end('SIGKILL');
    await holder.rollbackTransaction();
    await other.destroy();
    expect(signal).toBe('SIGKILL');
    expect(await left()).toEqual({ waiting: CHANGED, claimed: 0, indexes: 'ACTIVE BUILDING' });
    await expectEqualOnceQuiet();
  });
});
