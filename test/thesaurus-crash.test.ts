import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Renewal } from '../src/content/renewal.js';
import { expectAnnotated } from './support/annotations.js';
import { type KnownConcept, saveConcept } from './support/concepts.js';
import { bearerOf, PATIENCE_MS, Process } from './support/process.js';
import { type Scratch, scratchDatabase } from './support/scratch.js';

const ADMIN = 'admin@example.org';
jest.setTimeout(4 * PATIENCE_MS);
/** Milliseconds after the change: a worker looks for work twice a second. */
const MOMENTS = [0, ...fc.sample(fc.integer({ min: 1, max: 900 }), { seed: Number(process.env['CRASH_SEED'] ?? 1), numRuns: 5 })];
const NAMES = ['leverandør', 'behov', 'løsning', 'kontrakt', 'marked', 'kommune'];

let scratch: Scratch;
beforeAll(async () => {
  scratch = await scratchDatabase('library');
});
afterAll(async () => {
  await Process.killAll();
  await scratch.drop();
});

it('a server that is killed while it annotates leaves the rest to the next one', async () => {
  const environment = { ...scratch.environment, LIBRARY_DIR: 'none', SMTP_URL: '', ADMIN_EMAIL: ADMIN };
  let server = await Process.ready(environment);
  const editor = await bearerOf(server, ADMIN);
  let concept: KnownConcept | null = null;
  for (const [round, moment] of MOMENTS.entries()) {
    // Each round the concept loses a name that half the library has, and gets another.
    concept = await saveConcept(await server.client(editor), { ...concept, slug: 'crash', labels: { DA: [NAMES[round] ?? ''], NB: [NAMES[(round + 1) % NAMES.length] ?? ''] } });
    await wait(moment);
    await server.end('SIGKILL');
    server = await Process.ready(environment);
  }
  await server.end('SIGKILL');

  const app = await createApp(readConfig({ ...environment, LOG_LEVEL: 'error' }));
  await app.init();
  try {
    await app.get(Renewal).drain();
    expect(await app.get(DataSource).query('SELECT FROM annotation_queue')).toEqual([]);
    await expectAnnotated(app);
  } finally {
    await app.close();
  }
});
