import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adviceInput, CONTRIBUTE, SAVE } from './support/advice.js';
import { fingerprint } from './support/fingerprint.js';
import { idOf, NOBODYS } from './support/ids.js';
import { expectRefused } from './support/refusal.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let editor: Client;

beforeAll(async () => {
  server = await Server.start();
  author = await server.signInAs('CONTRIBUTOR');
  editor = await server.signInAs('EDITOR');
});
afterAll(() => server.stop());

describe('an idempotency key', () => {
  const counts = async () => Object.fromEntries((await fingerprint(server.database)).map(({ table, rows }) => [table, rows]));
  const once = { contribution: 1, revision: 1, audit_event: 2, idempotency_key: 1 };

  /** How many rows the work adds to which tables. */
  async function added(work: () => Promise<unknown>): Promise<Record<string, number>> {
    const before = await counts();
    await work();
    const more = Object.entries(await counts()).map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const);
    return Object.fromEntries(more.filter(([, rows]) => rows !== 0));
  }

  it.each([
    ['twice', 2],
    ['ten times', 10],
  ])('sent %s at once with the same input has one effect and one answer', async (_, times) => {
    const input = adviceInput({ idempotencyKey: `at once ${times}` });
    const answers = new Set<string>();
    const rows = await added(async () => {
      const sent = await Promise.all(Array.from({ length: times }, () => author.send(CONTRIBUTE, { input })));
      for (const { text } of sent) answers.add(text);
    });
    expect(rows).toEqual(once);
    expect([...answers]).toEqual([expect.stringContaining('"SUBMITTED"')]);
  });

  it('sent again later with the same input does nothing more', async () => {
    const input = adviceInput({ idempotencyKey: 'later' });
    const first = await author.send(CONTRIBUTE, { input });
    expect(await added(async () => expect((await author.send(CONTRIBUTE, { input })).text).toBe(first.text))).toEqual({});
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['another text', SAVE, { title: 'Noe annet' }],
    ['another credit', SAVE, { authorCredit: 'Kari' }],
    ['less in it', SAVE, { why: null }],
    ['the same text handed in', CONTRIBUTE, {}],
  ])('sent again with %s is refused', async (other, query, overrides) => {
    const input = adviceInput({ idempotencyKey: other, why: 'Det gikk galt.' });
    await author.ask(SAVE, { input });
    await expectRefused(server, (headers) => author.send(query, { input: { ...input, ...overrides } }, headers), 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
  });

  it('works anew after 24 hours', async () => {
    const input = adviceInput({ idempotencyKey: 'yesterday' });
    await author.ask(CONTRIBUTE, { input });
    await server.database.query("UPDATE idempotency_key SET created_at = created_at - interval '24 hours 1 second' WHERE key = 'yesterday'");
    expect(await added(() => author.ask(CONTRIBUTE, { input: { ...input, title: 'Noe annet' } }))).toMatchObject({ contribution: 1 });
  });

  it('of a refused request is free, and one of another account is another key', async () => {
    const input = adviceInput({ idempotencyKey: 'free' });
    await author.ask(CONTRIBUTE, { input: { ...input, title: '' } });
    await author.ask(CONTRIBUTE, { input: { ...input, id: idOf('Advice', NOBODYS), version: 1 } });
    expect(await added(() => author.ask(CONTRIBUTE, { input }))).toEqual(once);
    expect(await added(() => editor.ask(CONTRIBUTE, { input: { ...input, title: 'Redaktørens' } }))).toEqual(once);
  });
});
