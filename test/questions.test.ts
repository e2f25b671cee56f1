import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SearchLog } from '../src/questions/search-log.js';
import { everything } from './support/fingerprint.js';
import { idOf, NOBODYS, uuidOf } from './support/ids.js';
import { ask, openQuestions, passDays, search } from './support/questions.js';
import { isServed } from './support/scratch.js';
import { type Client, Server } from './support/server.js';
import { statementsOf } from './support/statements.js';

let server: Server;
let author: Client;
let reviewer: Client;
let editor: Client;

beforeAll(async () => {
  server = await Server.start('library');
  author = await server.signInAs('CONTRIBUTOR');
  reviewer = await server.signInAs('REVIEWER');
  editor = await server.signInAs('EDITOR');
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.app.get(SearchLog).drain();
  await server.database.query('DELETE FROM call');
  await server.database.query('DELETE FROM question');
});

const LOG = ['question', 'question_day', 'search_log'];
const logged = () => server.database.query<{ text: string; searches: number; weak: number }[]>('SELECT text, searches, weak FROM search_log ORDER BY text');

describe('a search that is logged', () => {
  it("is nobody's: there is no column for a person, an address, a session or a time of day", async () => {
    const columns = await server.database.query<{ column: string }[]>(
      `SELECT table_name || '.' || column_name || ' ' || data_type AS column FROM information_schema.columns WHERE table_name = ANY ($1) ORDER BY 1`,
      [LOG],
    );
    expect(columns.map(({ column }) => column)).toEqual([
      'question.id uuid', 'question.last_day date', 'question.terms ARRAY', 'question.words ARRAY',
      'question_day.day date', 'question_day.facets integer', 'question_day.question_id uuid', 'question_day.searches integer', 'question_day.weak integer',
      'search_log.day date', 'search_log.facets integer', 'search_log.question_id uuid', 'search_log.searches integer', 'search_log.text text', 'search_log.weak integer',
    ]);
  });

  it('holds nothing of whoever is signed in, and is the same row as that of anybody else', async () => {
    const headers = { 'user-agent': 'Agentur/7', 'x-forwarded-for': '203.0.113.7', 'accept-language': 'nb' };
    const query = '{ advice(search: "skyggetaksering") { totalCount } viewer { id email } }';
    const { data } = await author.send(query, {}, headers);
    await server.reader.send(query);
    await server.app.get(SearchLog).drain();
    expect(await logged()).toEqual([{ text: 'skyggetaksering', searches: 2, weak: 2 }]);
    const rows = await Promise.all(LOG.map((table) => server.database.query<{ row: string }[]>(`SELECT t::text AS row FROM ${table} t`)));
    const text = rows.flat().map(({ row }) => row).join('\n');
    for (const { value } of [{ value: data.viewer.email }, { value: uuidOf(data.viewer.id) }, { value: '203.0.113.7' }, { value: 'Agentur' }]) expect(text).not.toContain(value);
    const sessions = await server.database.query<{ id: string }[]>('SELECT id FROM session UNION SELECT id FROM account');
    for (const { id } of sessions) expect(text).not.toContain(id);
  });

  it('has numbers and addresses of people masked, in its words as well', async () => {
    await search(server, 'skyggetaksering 010190-1234 kari.nordmann@example.no +47 412 34 567');
    expect(await logged()).toMatchObject([{ text: 'skyggetaksering *** *** ***', searches: 1 }]);
    const all = await everything(server.database);
    for (const part of ['0101901234', '010190', 'kari.nordmann', 'nordmann', '412 34', '41234567']) expect(all).not.toContain(part);
  });

  it('is none that is still being typed, nor a further page, nor a list, nor words that say nothing', async () => {
    await search(server, 'skyggetak', { typing: true });
    const { advice } = await server.reader.ask('{ advice(search: "udbud", first: 1, typing: true) { pageInfo { endCursor } } }');
    await server.reader.ask('query ($after: String) { advice(search: "udbud", first: 1, after: $after) { totalCount } }', { after: advice.pageInfo.endCursor });
    for (const text of ['', 'og', '-udbud', '010190-1234']) await search(server, text);
    expect(await logged()).toEqual([]);
    await search(server, 'udbud', { typing: false });
    expect(await logged()).toHaveLength(1);
  });

  it('is one of a phase as well', async () => {
    await server.reader.ask('{ phase(value: IDEA) { advice(search: "skyggetaksering") { totalCount } } }');
    await server.app.get(SearchLog).drain();
    const rows = await server.database.query<object[]>('SELECT facets FROM search_log');
    expect(rows).toEqual([{ facets: 1 << 5 }]);
  });

  it('is written after its answer, with others in one statement, and before the application ends', async () => {
    const ending = await Server.start();
    const log = ending.app.get(SearchLog);
    await ending.reader.ask('{ advice(search: "kvikkleire") { totalCount } }');
    await log.drain();
    const written = () => ending.database.query<object[]>('SELECT text FROM search_log');
    expect(await statementsOf(async () => {
      await Promise.all(['en', 'to', 'tre', 'tre'].map((word) => ending.reader.ask('query ($word: String) { advice(search: $word, first: 1) { edges { cursor } } }', { word: `kvikkleire ${word}` })));
    })).toBeLessThanOrEqual(4 * 4);
    expect(await written()).toHaveLength(1);
    expect(await statementsOf(() => log.drain())).toBe(1);
    expect(await written()).toHaveLength(4);

    await ending.reader.ask('{ advice(search: "skyggetaksering") { totalCount } }');
    const ofTheHarness = isServed ? 2 : 1;
    expect(await statementsOf(() => ending.stop())).toBe(ofTheHarness + 1);
  });

  it('is written without anybody asking for it', async () => {
    const log = server.app.get(SearchLog);
    const { gatherMs } = log;
    log.gatherMs = 1;
    await server.reader.ask('{ advice(search: "skyggetaksering") { totalCount } }');
    log.gatherMs = gatherMs;
    // The embedded database answers without giving timers a turn, so the loop has to.
    while ((await logged()).length === 0) await turn();
  });

  it('never fails a search, and a failure says nothing of what was searched', async () => {
    const broken = await Server.start('nothing', { LOG_LEVEL: 'warn' });
    const told = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await broken.database.query('DROP TABLE search_log');
      expect(await search(broken, 'hemmelighet')).toBe(0);
      const lines = told.mock.calls.map(([line]) => String(line)).join('');
      expect(lines).toContain('1 searches were not logged: 42P01');
      expect(lines).not.toContain('hemmelighet');
    } finally {
      told.mockRestore();
      await broken.stop();
    }
  });
});

describe('after thirty days', () => {
  const texts = async () => (await logged()).map(({ text }) => text);

  it('a text is gone, when something is logged on a new day', async () => {
    await search(server, 'skyggetaksering');
    await passDays(server, 29);
    await search(server, 'kvikkleire');
    expect(await texts()).toEqual(['kvikkleire', 'skyggetaksering']);
    await passDays(server, 2);
    // As another process that has not yet logged anything today.
    Object.assign(server.app.get(SearchLog), { forgotOn: '' });
    await search(server, 'åpen bok');
    expect(await texts()).toEqual(['kvikkleire', 'åpen bok']);
  });

  it('a text is gone when open questions are read, and by itself', async () => {
    await search(server, 'skyggetaksering');
    await passDays(server, 31);
    await openQuestions(editor);
    expect(await texts()).toEqual([]);
    await search(server, 'skyggetaksering');
    await passDays(server, 30);
    server.app.get(SearchLog).start();
    await server.app.get(SearchLog).drain();
    expect(await texts()).toEqual([]);
  });

  it('words that were asked for on fewer than three days are gone as well; counts of the others stay, without any text', async () => {
    await ask(server, 'skyggetaksering Kari', 2);
    await ask(server, 'harperne i ladestasjonen', 3, { filter: { roles: ['SUPPLIER'] } });
    await passDays(server, 60);
    const [open, ...others] = await openQuestions(editor);
    expect(others).toEqual([]);
    expect(open).toMatchObject({ asked: 3, days: 3, weakShare: 1, examples: [], roles: [{ value: 'SUPPLIER', count: 3 }], phases: [] });
    const all = await everything(server.database);
    for (const part of ['skyggetaks', 'Kari', 'harperne']) expect(all).not.toContain(part);
  });
});

describe('open questions', () => {
  it('are those asked in vain on three days or more', async () => {
    for (const text of ['skyggetaksering', 'skyggetaksering', 'skyggetakseringen']) await search(server, text);
    await ask(server, 'kvikkleire xyzzyx', 2);
    expect(await openQuestions(editor)).toEqual([]);
    await ask(server, 'skyggetaksering', 3);
    expect(await openQuestions(editor)).toMatchObject([{ label: 'skyggetaksering', asked: 6, days: 4, weakShare: 1, examples: ['skyggetaksering', 'skyggetakseringen'] }]);
  });

  it('are none that searches answer, however often they are asked', async () => {
    expect(await search(server, 'udbud')).toBeGreaterThan(3);
    await ask(server, 'udbud', 4);
    expect(await openQuestions(editor)).toEqual([]);
  });

  it('say for whom and when they were asked, and how many found enough', async () => {
    const filter = { roles: ['END_USER'], phases: ['IDEA'], stages: ['PURCHASE'], forms: ['EXPLORATORY'] };
    await ask(server, 'udbud', 3, { filter });
    await passDays(server, 40);
    await ask(server, 'udbud', 1, { filter: { ...filter, roles: ['END_USER', 'SUPPLIER'] } });
    await ask(server, 'udbud', 4);
    const [open] = await openQuestions(editor);
    expect(open).toMatchObject({ asked: 4, days: 4, weakShare: 0.5, roles: [{ value: 'SUPPLIER', count: 1 }, { value: 'END_USER', count: 4 }], phases: [{ value: 'IDEA', count: 4 }] });
    expect(open?.months.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(open?.months.length).toBeGreaterThan(1);
    expect(open?.months.map(({ month }) => month)).toEqual(open?.months.map(({ month }) => month).sort());

    const labels = async (given: object) => (await openQuestions(editor, { filter: given })).length;
    expect([await labels({ roles: ['SUPPLIER'] }), await labels({ roles: ['FACILITATOR', 'END_USER'], phases: ['IDEA'] })]).toEqual([1, 1]);
    expect([await labels({ roles: ['FACILITATOR'] }), await labels({ roles: ['SUPPLIER'], phases: ['INNOVATION'] })]).toEqual([0, 0]);
  });

  it('come page by page, most asked first, from either end', async () => {
    const asked = ['xyzzyx', 'qwrtzp', 'fnordfnord', 'skyggetaksering', 'plughplugh'];
    for (let day = 0; day < 3; day++) {
      for (const [times, text] of asked.entries()) for (let time = 0; time <= times % 3; time++) await search(server, text);
      await passDays(server);
    }
    const whole = await openQuestions(editor);
    expect(whole.map(({ asked: times }) => times)).toEqual([9, 6, 6, 3, 3]);
    const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) { openQuestions(first: $first, after: $after, last: $last, before: $before) {
      edges { node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
    interface Paged {
      edges: { node: { id: string } }[];
      pageInfo: { startCursor: string; endCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
    }
    const read = async (variables: object) => ((await editor.ask(PAGE, variables)) as { openQuestions: Paged }).openQuestions;
    const idsOf = ({ edges }: Paged) => edges.map(({ node }) => node.id);
    let [page, other] = [await read({ first: 2 }), await read({ last: 2 })];
    let [forward, backward] = [idsOf(page), idsOf(other)];
    while (page.pageInfo.hasNextPage) forward = [...forward, ...idsOf((page = await read({ first: 2, after: page.pageInfo.endCursor })))];
    while (other.pageInfo.hasPreviousPage) backward = [...idsOf((other = await read({ last: 2, before: other.pageInfo.startCursor }))), ...backward];
    expect([forward, backward]).toEqual([whole.map(({ id }) => id), whole.map(({ id }) => id)]);
  });

  it("are no reader's business, by their ids either", async () => {
    await ask(server, 'skyggetaksering');
    const [open] = await openQuestions(editor);
    const NODE = 'query ($id: ID!) { node(id: $id) { ... on OpenQuestion { label(language: NN) asked } } }';
    expect((await editor.ask(NODE, { id: open?.id })).node).toEqual({ label: 'skyggetaksering', asked: 3 });
    for (const client of [server.reader, author, reviewer]) expect((await client.ask(NODE, { id: open?.id })).node).toBeNull();
    expect((await editor.ask(NODE, { id: idOf('OpenQuestion', NOBODYS) })).node).toBeNull();
  });
});
