import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { AdviceService } from '../src/advice/advice.service.js';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Indexer } from '../src/search/meilisearch/indexer.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Verify } from '../src/search/meilisearch/verify.js';
import { publish, WITHDRAW } from './support/advice.js';
import { dropIndexes } from './support/indexes.js';
import { describeOnMeilisearch, MEILISEARCH } from './support/meilisearch.js';
import { bearerOf, Process } from './support/process.js';
import { type Scratch, scratchDatabase } from './support/scratch.js';

const ADMIN = 'admin@example.org';
jest.setTimeout(300_000);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
/** Milliseconds after the server is ready; the first kills come while the first index is being built. */
const MOMENTS = [20, 150, 400, ...fc.sample(fc.integer({ min: 100, max: 1_500 }), { seed: SEED, numRuns: 5 })];
const wordOf = (name: string) => `x${createHash('sha256').update(name).digest('hex').slice(0, 15)}`;

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

    const app = await createApp(readConfig({ ...environment, LOG_LEVEL: 'error' }));
    await app.init();
    try {
      // What the killed processes had claimed is theirs until their lease ends.
      await app.get(DataSource).query('UPDATE search_outbox SET claimed_by = NULL, claimed_until = NULL');
      await app.get(DataSource).query("UPDATE search_index SET lease_until = now() - interval '1 second' WHERE status = 'BUILDING'");
      await app.get(Indexer).drain();
      await app.get(Indexer).drain();
      expect(await app.get(Verify).differences()).toEqual({ missing: [], stale: [], surplus: [] });
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
