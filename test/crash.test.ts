import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { contribute, type Known, review, SEARCH, WITHDRAW } from './support/advice.js';
import { bearerOf, Process } from './support/process.js';
import { type Scratch, scratchDatabase } from './support/scratch.js';
import type { Client } from './support/server.js';

const KILLS = 20;
const WRITERS = 3;
const ADMIN = 'admin@example.org';
jest.setTimeout(600_000);

/** When to kill: so many acknowledged writes and milliseconds after the start. Counted in writes, so that a slow machine writes no less. */
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
const MOMENTS = fc.sample(fc.noBias(fc.record({ writes: fc.integer({ min: 1, max: 30 }), delay: fc.integer({ min: 0, max: 40 }) })), { seed: SEED, numRuns: KILLS });

/** An entry as its writers know it: what was acknowledged last, and what may or may not have happened since. */
interface Entry {
  readonly word: string;
  acknowledged: Known;
  attempted: string;
}

let scratch: Scratch;
let environment: Record<string, string>;
const bearers = { author: {}, reviewer: {} };
const entries: Entry[] = [];

beforeAll(async () => {
  scratch = await scratchDatabase('library');
  environment = { ...scratch.environment, LIBRARY_DIR: 'none', SMTP_URL: '', ADMIN_EMAIL: ADMIN };
});
afterAll(async () => {
  await Process.killAll();
  await scratch.drop();
});

/** A word of its own for each entry, so far from all others that none is taken for a misspelling of it. */
const wordOf = (name: string) => `x${createHash('sha256').update(name).digest('hex').slice(0, 15)}`;

/** Contributes, publishes and withdraws without a pause until the server is gone. */
async function write(author: Client, reviewer: Client, name: string, acknowledged: () => void): Promise<never> {
  for (let number = 1; ; number++) {
    const word = wordOf(`${name} ${number}`);
    const entry: Entry = { word, acknowledged: await contribute(author, { title: `Merk ${word}` }), attempted: 'PUBLISHED' };
    entries.push(entry);
    acknowledged();
    if (number % 4 === 0) continue;
    entry.acknowledged = await review(reviewer, entry.acknowledged);
    acknowledged();
    if (number % 2 === 0) continue;
    entry.attempted = 'WITHDRAWN';
    const { id, version } = entry.acknowledged;
    const { contributionWithdraw } = await author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } });
    entry.acknowledged = contributionWithdraw.contribution;
    acknowledged();
  }
}

async function writeUntilKilled(server: Process, { writes, delay }: (typeof MOMENTS)[number], round: number): Promise<void> {
  const [author, reviewer] = [await server.client(bearers.author), await server.client(bearers.reviewer)];
  let count = 0;
  let reached = () => {};
  const enough = new Promise<void>((resolve) => (reached = resolve));
  const acknowledged = () => {
    count += 1;
    if (count === writes) reached();
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(author, reviewer, `${round} ${writer}`, acknowledged));
  // A writer only ends by failing, which before the kill fails the test and after it is what the kill does.
  await Promise.race([enough, ...writers]);
  await wait(delay);
  await server.end('SIGKILL');
  await Promise.allSettled(writers);
}

/** What is lost, or is there although it should not be; settles what was under way at the kill. */
async function wrongIn(server: Process, written: Entry[]): Promise<string[]> {
  const [author, reader] = [await server.client(bearers.author), await server.client()];
  const wrong: string[] = [];
  for (const entry of written) {
    const { id, status, version } = entry.acknowledged;
    const { node } = await author.ask('query ($id: ID!) { node(id: $id) { ... on Advice { id status version title } } }', { id });
    const isSame = node?.status === status && node.version === version;
    const isNext = node?.status === entry.attempted && node.version === version + 1;
    if (!isSame && !isNext) wrong.push(`${entry.word}: ${status} ${version} was acknowledged, ${JSON.stringify(node)} is there`);
    else entry.acknowledged = node;
    const { advice } = await reader.ask(SEARCH, { search: entry.word });
    const found = advice.edges.map((edge: { node: { id: string } }) => edge.node.id) as string[];
    const expected = node?.status === 'PUBLISHED' ? [id] : [];
    if (found.join() !== expected.join()) wrong.push(`${entry.word}: ${node?.status}, but search finds ${found.length}`);
  }
  return wrong;
}

/** Differences between what search keeps count of and a recount, each of which must be none. */
const RECOUNTS = {
  'document frequencies': `
    SELECT term, t.entries, p.entries AS recounted
    FROM (SELECT term, entries FROM search_term WHERE entries <> 0) t
    FULL JOIN (SELECT term, count(*)::integer AS entries FROM search_posting GROUP BY term) p USING (term)
    WHERE t.entries IS DISTINCT FROM p.entries`,
  statistics: `
    SELECT * FROM search_statistics s, (SELECT count(*) AS entries, coalesce(sum(length), 0) AS length FROM search_entry) e
    WHERE s.entries <> e.entries OR s.length <> e.length`,
  'entries that are public': `
    SELECT id, contribution_id FROM (SELECT id FROM contribution WHERE status = 'PUBLISHED') c
    FULL JOIN search_entry ON contribution_id = id WHERE id IS NULL OR contribution_id IS NULL`,
  'postings of entries': `
    SELECT entry FROM (SELECT DISTINCT entry, length FROM search_posting) p FULL JOIN search_entry e USING (entry)
    WHERE p.length IS DISTINCT FROM e.length`,
  'kept texts': 'SELECT id FROM contribution c WHERE NOT EXISTS (SELECT FROM revision r WHERE r.contribution_id = c.id)',
  'noted steps': 'SELECT id FROM contribution c WHERE version <> (SELECT max(version) FROM audit_event a WHERE a.subject_id = c.id)',
};

async function recounted(): Promise<Record<string, object[]>> {
  const app = await createApp(readConfig({ ...environment, LOG_LEVEL: 'error' }));
  await app.init();
  const differences: Record<string, object[]> = {};
  for (const [what, sql] of Object.entries(RECOUNTS)) differences[what] = await app.get(DataSource).query<object[]>(sql);
  await app.close();
  return differences;
}

describe('a server that is killed again and again while people write', () => {
  it('keeps every acknowledged write, finds all that is public and nothing else, and has counted right', async () => {
    let server = await Process.ready(environment);
    bearers.author = await bearerOf(server, 'kari@example.org');
    bearers.reviewer = await bearerOf(server, ADMIN);
    for (const [round, moment] of MOMENTS.entries()) {
      const before = entries.length;
      await writeUntilKilled(server, moment, round);
      server = await Process.ready(environment);
      expect(await wrongIn(server, entries.slice(before))).toEqual([]);
    }
    // What earlier rounds wrote has survived the later ones.
    expect(await wrongIn(server, entries)).toEqual([]);
    expect(new Set(entries.map(({ acknowledged }) => acknowledged.status))).toEqual(new Set(['SUBMITTED', 'PUBLISHED', 'WITHDRAWN']));
    await server.end('SIGKILL');
    expect(await recounted()).toEqual(Object.fromEntries(Object.keys(RECOUNTS).map((what) => [what, []])));
  });
});

describe('a first start that is killed again and again', () => {
  it('leaves nothing half-made: the next one loads the whole library', async () => {
    const first = await scratchDatabase('nothing');
    try {
      const settings = { ...first.environment, SMTP_URL: '' };
      for (const moment of fc.sample(fc.integer({ min: 1_500, max: 6_000 }), { seed: SEED, numRuns: 2 })) {
        const server = new Process('server', settings);
        await wait(moment);
        await server.end('SIGKILL');
      }
      const { advice } = await (await (await Process.ready(settings)).client()).ask('{ advice { totalCount } }');
      expect(advice.totalCount).toBe(209);
      await Process.killAll();
    } finally {
      await first.drop();
    }
  });
});
