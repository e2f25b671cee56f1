import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Indexer } from '../src/search/meilisearch/indexer.js';
import { Indexes } from '../src/search/meilisearch/indexes.js';
import { MeilisearchEngine } from '../src/search/meilisearch/meilisearch.engine.js';
import { Verify } from '../src/search/meilisearch/verify.js';
import { Outbox } from '../src/search/outbox.js';
import { publish, WITHDRAW } from './support/advice.js';
import { describeOnMeilisearch, MEILISEARCH } from './support/meilisearch.js';
import { FAULTS, Proxy } from './support/proxy.js';
import { type Client, Server } from './support/server.js';

const EQUAL = { missing: [], stale: [], surplus: [] };
const PATIENCE_MS = 300;

describeOnMeilisearch('a Meilisearch server that', () => {
  let proxy: Proxy;
  let server: Server;
  let author: Client;
  let reviewer: Client;

  beforeAll(async () => {
    proxy = await Proxy.before(MEILISEARCH?.['MEILI_HOST'] ?? '');
    server = await Server.start('library', { ...MEILISEARCH, MEILI_HOST: proxy.url });
    [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
    await server.quiet();
  });
  afterEach(() => void (proxy.fault = null));
  afterAll(async () => {
    await server.stop();
    await proxy.close();
  });

  const search = async (text: string) => ((await server.reader.ask('query ($text: String) { advice(search: $text) { totalCount degraded edges { node { title } } } }', { text })) as { advice: { totalCount: number; degraded: boolean; edges: unknown[] } }).advice;
  /** Asks until the engine itself answers again. */
  async function recovered(): Promise<void> {
    const until = performance.now() + 20_000;
    while ((await search('rettigheder')).degraded) if (performance.now() > until) throw new Error('the engine never answered again');
  }

  it.each(Object.entries(FAULTS))('%s hides no advice, loses no change, and is equal to the database afterwards', async (name, fault) => {
    const word = `fault${Object.keys(FAULTS).indexOf(name)}xyzzy`;
    const kept = await publish(author, reviewer, { title: `Merk ${word} straks` });
    const gone = await publish(author, reviewer, { title: `Merk ${word} senere` });
    await server.quiet();
    await recovered();

    proxy.fault = fault;
    server.app.get(MeilisearchEngine).patienceMs = PATIENCE_MS;
    const first = await search(word);
    expect({ degraded: first.degraded, totalCount: first.totalCount }).toEqual({ degraded: true, totalCount: 2 });
    // The breaker is open now: nobody waits a second time.
    const calls: string[] = [];
    const counted = proxy.fault;
    proxy.fault = (req, res, pass) => {
      calls.push(req.url ?? '');
      counted(req, res, pass);
    };
    for (let again = 0; again < 5; again++) expect(await search(word)).toMatchObject({ degraded: true, totalCount: 2 });
    expect(calls).toEqual([]);

    await author.ask(WITHDRAW, { input: { id: gone.id, version: gone.version, reason: 'Stemte ikke.' } });
    await publish(author, reviewer, { title: `Merk ${word} også` });
    expect((await search(word)).totalCount).toBe(2);
    if (name !== 'takes requests and never answers' && name !== 'answers after two seconds') {
      await expect(server.app.get(Indexer).drain()).rejects.toThrow();
      expect((await server.app.get(Outbox).waiting()).changes).toBe(2);
    }

    proxy.fault = null;
    server.app.get(MeilisearchEngine).patienceMs = 30_000;
    await recovered();
    const titles = async () => (await search(word)).edges;
    // The index is late, the rows are not: what is withdrawn is not shown.
    expect(JSON.stringify(await titles())).not.toContain('senere');
    await server.quiet();
    expect(await server.app.get(Verify).differences()).toEqual(EQUAL);
    expect(await search(word)).toMatchObject({ degraded: false, totalCount: 2 });
    expect(kept.status).toBe('PUBLISHED');
  });

  it('is away does not matter to what does not search', async () => {
    proxy.fault = FAULTS['resets every connection'] ?? null;
    const { advice, phases } = await server.reader.ask('{ advice(first: 3) { totalCount degraded edges { node { title similar { title } } } } phases { label } }');
    expect({ degraded: advice.degraded, edges: advice.edges.length, phases: phases.length }).toEqual({ degraded: false, edges: 3, phases: 5 });
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });

  it('fails a task has it done again, later', async () => {
    await publish(author, reviewer, { title: 'Merk vaffeljernet' });
    proxy.fault = (req, res, pass) => {
      if (!/^\/tasks\/\d+/.test(req.url ?? '')) { pass(); return; }
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ uid: 1, status: 'failed', type: 'documentAdditionOrUpdate', enqueuedAt: '2026-01-01T00:00:00Z', error: { message: 'no space left', code: 'no_space_left_on_device', type: 'system', link: '' } }));
    };
    await expect(server.app.get(Indexer).drain()).rejects.toThrow(/failed: no space left/);
    expect(await server.app.get(Outbox).waiting()).toMatchObject({ changes: 1, failing: 1 });
    proxy.fault = null;
    await server.quiet();
    expect(await server.app.get(Outbox).waiting()).toMatchObject({ changes: 0, failing: 0 });
    expect(await server.app.get(Verify).differences()).toEqual(EQUAL);
  });

  it('does not know a task it was asked about has it done again', async () => {
    await publish(author, reviewer, { title: 'Merk strykejernet' });
    proxy.fault = (req, res, pass) => {
      if (/^\/tasks\/\d+/.test(req.url ?? '')) res.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Task not found.","code":"task_not_found","type":"invalid_request","link":""}');
      else pass();
    };
    await expect(server.app.get(Indexer).drain()).rejects.toThrow();
    proxy.fault = null;
    await server.quiet();
    expect(await server.app.get(Verify).differences()).toEqual(EQUAL);
  });

  it('is used by two workers at once gets each change once at a time', async () => {
    for (let number = 0; number < 6; number++) await publish(author, reviewer, { title: `Merk seilduk ${number}` });
    const indexer = server.app.get(Indexer);
    await Promise.all([indexer.step(), indexer.step(), indexer.step()]);
    await server.quiet();
    expect(await server.app.get(Outbox).waiting()).toMatchObject({ changes: 0 });
    expect(await server.app.get(Verify).differences()).toEqual(EQUAL);
    expect((await search('seilduk')).totalCount).toBe(6);
  });

  it('was left by a worker that died between pushing and saying so is pushed to again', async () => {
    await publish(author, reviewer, { title: 'Merk ankerspill' });
    const dead = server.app.get(Outbox);
    expect(await dead.claim(10)).toHaveLength(1);
    expect(await dead.claim(10)).toEqual([]);
    // Its lease ends.
    await server.database.query("UPDATE search_outbox SET claimed_until = now() - interval '1 second'");
    await server.quiet();
    expect(await server.app.get(Verify).differences()).toEqual(EQUAL);
    expect(await server.app.get(Indexes).current()).not.toBeNull();
  });
});
