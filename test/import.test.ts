import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Importer, ImportError } from '../src/transfer/importer.js';
import { adviceInput, CONTRIBUTE, type Known, review, SAVE, SEARCH, WITHDRAW } from './support/advice.js';
import { adviceFile, folderWith } from './support/folder.js';
import { bearerOf, PATIENCE_MS, Process } from './support/process.js';
import { type Scratch, scratchDatabase } from './support/scratch.js';
import { type Client, Server } from './support/server.js';

jest.setTimeout(2 * PATIENCE_MS);

let server: Server;
let editor: Client;
let reviewer: Client;

beforeAll(async () => {
  server = await Server.start();
  editor = await server.signInAs('EDITOR');
  reviewer = await server.signInAs('REVIEWER');
});
afterAll(() => server.stop());

async function importing(files: Record<string, string | Uint8Array>) {
  return server.app.get(Importer).import(await folderWith(files));
}
/** What an import of these files is refused for. */
async function refusal(files: Record<string, string | Uint8Array>): Promise<ImportError> {
  const error = await importing(files).catch((thrown: unknown) => thrown);
  if (error instanceof ImportError) return error;
  throw error instanceof Error ? error : new Error('it was imported');
}
const found = async (search: string) => {
  const { advice } = await server.reader.ask(SEARCH, { search });
  return advice.edges.map(({ node }: { node: { externalId: string } }) => node.externalId) as string[];
};
async function imported(externalId: string): Promise<Known> {
  const { advice } = await editor.ask('{ advice(first: 100) { edges { node { id version status externalId } } } }');
  return advice.edges.map(({ node }: { node: Known }) => node).find((node: { externalId: string }) => node.externalId === externalId);
}
/** Everything that a run could have written. */
const everything = () =>
  server.database.query(`
    SELECT (SELECT json_agg(c ORDER BY id) FROM contribution c) AS contributions, (SELECT json_agg(r ORDER BY id) FROM revision r) AS revisions,
           (SELECT count(*) FROM audit_event) AS events, (SELECT json_agg(e ORDER BY entry) FROM search_entry e) AS entries,
           (SELECT json_agg(t ORDER BY term) FROM search_term t) AS terms, (SELECT row_to_json(s) FROM search_statistics s) AS statistics`);

describe('an import', () => {
  it('publishes what is new, readable and found at once', async () => {
    const report = await importing({ 'advice/a.md': adviceFile({ externalId: 'new', title: 'Bestill rosinboller', authorCredit: 'Kari' }) });
    expect(report).toEqual({ created: ['new'], updated: [], unchanged: [], kept: [] });
    expect(await found('rosinboller')).toEqual(['new']);
    expect(await imported('new')).toMatchObject({ status: 'PUBLISHED', version: 1 });
  });

  it('changes nothing when the same files come again', async () => {
    const files = { 'advice/a.md': adviceFile({ externalId: 'same-a' }), 'advice/b.md': adviceFile({ externalId: 'same-b', stages: '[NEEDS]', why: '>-\n  Fordi.' }) };
    await importing(files);
    const before = await everything();
    expect(await importing(files)).toEqual({ created: [], updated: [], unchanged: ['same-a', 'same-b'], kept: [] });
    expect(await everything()).toEqual(before);
  });

  it('updates what changed, which is then found by its new words and not by its old ones', async () => {
    const other = adviceFile({ externalId: 'other', title: 'Bruk knekkebrød' });
    await importing({ 'advice/a.md': adviceFile({ externalId: 'changed', title: 'Bruk sjokoladekake' }), 'advice/b.md': other });
    const report = await importing({ 'advice/a.md': adviceFile({ externalId: 'changed', title: 'Bruk gulrotsuppe' }), 'advice/b.md': other });
    expect(report).toEqual({ created: [], updated: ['changed'], unchanged: ['other'], kept: [] });
    expect([await found('gulrotsuppe'), await found('sjokoladekake'), await found('knekkebrød')]).toEqual([['changed'], [], ['other']]);
    expect([(await imported('changed')).version, (await imported('other')).version]).toEqual([2, 1]);
    const texts = await server.database.query(`
      SELECT r.version, r.content->>'title' AS title FROM revision r JOIN contribution c ON c.id = contribution_id WHERE external_id = 'changed' ORDER BY r.version`);
    expect(texts).toEqual([{ version: 1, title: 'Bruk sjokoladekake' }, { version: 2, title: 'Bruk gulrotsuppe' }]);
  });

  it('leaves what is no longer in the folder', async () => {
    await importing({ 'advice/a.md': adviceFile({ externalId: 'left', title: 'Behold vaffeljernet' }) });
    expect(await importing({ 'advice/b.md': adviceFile({ externalId: 'later' }) })).toMatchObject({ created: ['later'] });
    expect(await found('vaffeljernet')).toEqual(['left']);
  });

  it('knows an entry by its id, whatever its file is called', async () => {
    await importing({ 'advice/a.md': adviceFile({ externalId: 'moved' }) });
    expect(await importing({ 'advice/z.md': adviceFile({ externalId: 'moved' }) })).toMatchObject({ created: [], unchanged: ['moved'] });
  });

  it('keeps and reports what was edited here', async () => {
    await importing({ 'advice/a.md': adviceFile({ externalId: 'edited', title: 'Bestill kringle' }) });
    const { id, version } = await imported('edited');
    const { adviceContribute } = await editor.ask(CONTRIBUTE, { input: adviceInput({ id, version, title: 'Bestill lussekatt' }) });
    const approved = await review(reviewer, adviceContribute.advice);
    expect(await importing({ 'advice/a.md': adviceFile({ externalId: 'edited', title: 'Bestill smultring' }) })).toEqual({ created: [], updated: [], unchanged: [], kept: ['edited'] });
    expect([await found('lussekatt'), await found('smultring'), (await imported('edited')).version]).toEqual([['edited'], [], approved.version]);
  });

  it('keeps a revision that somebody is working on', async () => {
    await importing({ 'advice/a.md': adviceFile({ externalId: 'revised' }) });
    const { id, version } = await imported('revised');
    await editor.ask(SAVE, { input: adviceInput({ id, version, title: 'Ikke ferdig ennå' }) });
    expect(await importing({ 'advice/a.md': adviceFile({ externalId: 'revised', title: 'Ny tekst' }) })).toMatchObject({ kept: ['revised'] });
    const { node } = await editor.ask('query ($id: ID!) { node(id: $id) { ... on Advice { revision { title } } } }', { id });
    expect(node.revision).toEqual({ title: 'Ikke ferdig ennå' });
  });

  it('keeps and reports what was withdrawn here', async () => {
    await importing({ 'advice/a.md': adviceFile({ externalId: 'withdrawn', title: 'Bestill lefsestang' }) });
    const { id, version } = await imported('withdrawn');
    await editor.ask(WITHDRAW, { input: { id, version, reason: 'Stemmer ikke lenger.' } });
    for (const title of ['Bestill lefsestang', 'Bestill suksessterte'])
      expect(await importing({ 'advice/a.md': adviceFile({ externalId: 'withdrawn', title }) })).toMatchObject({ updated: [], unchanged: [], kept: ['withdrawn'] });
    expect([await found('lefsestang'), await found('suksessterte')]).toEqual([[], []]);
  });

  it('reads a file with a byte order mark and Windows line ends as the same text', async () => {
    const text = adviceFile({ externalId: 'windows', why: '>-\n  Fordi\n  det virker.' }, 'Første avsnitt,\nover to linjer.\n\nAndre avsnitt.');
    await importing({ 'advice/a.md': text });
    expect(await importing({ 'advice/a.md': `\uFEFF${text.replaceAll('\n', '\r\n')}` })).toMatchObject({ unchanged: ['windows'] });
  });

  it('looks at Markdown files only', async () => {
    expect(await importing({ 'advice/notes.txt': 'x', 'README.md': 'x' })).toEqual({ created: [], updated: [], unchanged: [], kept: [] });
  });

  it('of the same folder twice at once creates everything once', async () => {
    const files = { 'advice/a.md': adviceFile({ externalId: 'race-a' }), 'advice/b.md': adviceFile({ externalId: 'race-b' }) };
    const reports = await Promise.all([importing(files), importing(files)]);
    expect(reports.map(({ created }) => created.length).sort()).toEqual([0, 2]);
  });
});

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`)].join('\n');

/** What is wrong with a file, the file, and the line and field that are named. Line 2 is the id, 4 the title, 5 the roles, 10 the first further field. */
const BAD: [what: string, text: string | Uint8Array, line: number, field: string | null][] = [
  ['an unknown field', adviceFile({ summary: 'Kort sagt' }), 10, 'summary'],
  ['a field that only the API has', adviceFile({ idempotencyKey: 'x' }), 10, 'idempotencyKey'],
  ['bad YAML', adviceFile({ title: '[Avtal' }), 5, null],
  ['a field given twice', adviceFile({ why: 'Fordi\nwhy: Derfor' }), 11, null],
  ['an unknown role', adviceFile({ roles: '[PUBLIC_BUYER, BUYER]' }), 5, 'roles'],
  ['a role that is not in a list', adviceFile({ roles: 'PUBLIC_BUYER' }), 5, 'roles'],
  ['no role', adviceFile({ roles: '[]' }), 5, 'roles'],
  ['an unknown phase', adviceFile({ phases: '[LAUNCH]' }), 6, 'phases'],
  ['an unknown stage', adviceFile({ stages: '[LAUNCH]' }), 10, 'stages'],
  ['an unknown form', adviceFile({ forms: '[OPI]' }), 10, 'forms'],
  ['an unknown language', adviceFile({ language: 'SV' }), 3, 'language'],
  ['an unknown basis', adviceFile({ basis: 'GUESSED' }), 10, 'basis'],
  ['an empty title', adviceFile({ title: '""' }), 4, 'title'],
  ['a title of blanks', adviceFile({ title: '"  "' }), 4, 'title'],
  ['a title that is too long', adviceFile({ title: 'x'.repeat(161) }), 4, 'title'],
  ['a title that is a list', adviceFile({ title: '[a, b]' }), 4, 'title'],
  ['no title', adviceFile({ title: null }), 2, 'title'],
  ['no id', adviceFile({ externalId: null }), 2, 'externalId'],
  ['an id with a space', adviceFile({ externalId: 'F 1' }), 2, 'externalId'],
  ['no body', adviceFile({}, ''), 11, 'body'],
  ['a bad address', adviceFile({ sources: '\n  - title: Kilden\n    url: example' }), 9, 'sources.0.url'],
  ['an address that runs a script', adviceFile({ sources: '\n  - title: Kilden\n    url: javascript:alert(1)' }), 9, 'sources.0.url'],
  ['a source without a title', adviceFile({ sources: '\n  - title: Kilden\n    url: https://example.org/\n  - url: https://example.org/' }), 10, 'sources.1.title'],
  ['a source that is only an address', adviceFile({ sources: '\n  - https://example.org/' }), 8, 'sources.0'],
  ['sources that are not in a list', adviceFile({ sources: '{ title: Kilden, url: https://example.org/ }' }), 7, 'sources'],
  ['NUL in a field', adviceFile({ title: '"Avtal\\0"' }), 4, 'title'],
  ['half a surrogate pair', adviceFile({ title: '"Avtal \\ud83d"' }), 4, 'title'],
  ['NUL in the body', adviceFile({}, 'Skriv\0det.'), 11, 'body'],
  ['no front matter', '# Avtal hvem som eier dataene\n', 1, null],
  ['front matter without an end', '---\ntitle: Avtal\n', 1, null],
  ['front matter that is a list', '---\n- title\n---\nBody', 2, null],
  ['nothing in it', '', 1, null],
  ['an alias', adviceFile({ why: '&why Fordi', validWhen: '*why' }), 11, null],
  ['aliases that blow up', adviceFile({ why: `Fordi\n${bomb}` }), 12, null],
  ['letters that are not UTF-8', Buffer.from(adviceFile({ title: 'Håndter løsøre' }), 'latin1'), 1, null],
];

describe('an import with a bad file', () => {
  it.each(BAD)('names file, line and field of %s, and imports nothing', async (_, bad, line, field) => {
    const before = await everything();
    const { problems } = await refusal({ 'advice/bad.md': bad, 'advice/good.md': adviceFile({ externalId: 'never' }) });
    expect(problems).toMatchObject([{ file: 'advice/bad.md', line, field }]);
    expect(problems[0]?.message).toMatch(/\S/);
    expect(await everything()).toEqual(before);
  });

  it('asks for a list where a list is taken', async () => {
    const { problems } = await refusal({ 'advice/bad.md': adviceFile({ roles: 'PUBLIC_BUYER', phases: 'IDEA' }) });
    expect(problems.map(({ field, message }) => [field, message.includes('list')])).toEqual([['roles', true], ['phases', true]]);
  });

  it('counts lines the same with Windows line ends', async () => {
    const { problems } = await refusal({ 'advice/bad.md': adviceFile({ roles: '[BUYER]' }).replaceAll('\n', '\r\n') });
    expect(problems).toMatchObject([{ field: 'roles', line: 5 }]);
  });

  it('names both files of one id', async () => {
    const text = adviceFile({ externalId: 'twice' });
    const { problems, message } = await refusal({ 'advice/a.md': text, 'advice/b.md': text });
    expect(problems).toMatchObject([{ file: 'advice/b.md', line: 2, field: 'externalId' }]);
    expect(message).toMatch(/^advice\/b\.md:2: externalId: .*advice\/a\.md/);
  });

  it('names all bad files and all that is wrong with each, in order', async () => {
    const { problems, message } = await refusal({
      'advice/c.md': 'nothing',
      'advice/a.md': adviceFile({ title: '""', language: 'SV' }),
      'advice/b.md': adviceFile({ externalId: 'fine' }),
    });
    expect(problems.map(({ file, field }) => [file, field])).toEqual([['advice/a.md', 'language'], ['advice/a.md', 'title'], ['advice/c.md', null]]);
    expect(message.split('\n')).toHaveLength(3);
    expect(await found('"fine"')).toEqual([]);
  });

  it('says so when there is no such folder', async () => {
    const { message } = await refusal({ 'other/a.md': adviceFile({}) });
    expect(message).toMatch(/advice:1: there is no such folder/);
  });
});

describe('the import command', () => {
  let scratch: Scratch;
  beforeAll(async () => (scratch = await scratchDatabase('nothing')));
  afterAll(async () => {
    await Process.killAll();
    await scratch.drop();
  });
  const command = (...args: string[]) => new Process('import', { ...scratch.environment, LOG_LEVEL: 'error' }, ...args).end();

  it('says how many entries it created, updated and left unchanged', async () => {
    const first = await folderWith({ 'advice/a.md': adviceFile({ externalId: 'a' }), 'advice/b.md': adviceFile({ externalId: 'b' }) });
    expect(await command(first)).toEqual({ code: 0, signal: null, stdout: '2 created, 0 updated, 0 unchanged\n', stderr: '' });
    const second = await folderWith({ 'advice/a.md': adviceFile({ externalId: 'a', title: 'Nytt' }), 'advice/b.md': adviceFile({ externalId: 'b' }) });
    expect(await command(second)).toMatchObject({ code: 0, stdout: '0 created, 1 updated, 1 unchanged\n' });
  });

  it('names what is wrong, line by line, and that nothing was imported', async () => {
    const folder = await folderWith({ 'advice/a.md': adviceFile({ roles: '[BUYER]' }), 'advice/b.md': '', 'advice/c.md': adviceFile({ externalId: 'c' }) });
    const { code, stdout, stderr } = await command(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Nothing was imported\..*advice\/a\.md:5: roles: .+\nadvice\/b\.md:1: .+\n$/s);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await command(await folderWith({ 'advice/c.md': adviceFile({ externalId: 'c' }) }))).toMatchObject({ stdout: '1 created, 0 updated, 0 unchanged\n' });
  });

  it('says how it is used when it is given no folder', async () => {
    expect(await command()).toEqual({ code: 1, signal: null, stdout: '', stderr: expect.stringMatching(/npm run import -- DIR/) });
  });

  it('says so when there is no such folder', async () => {
    expect(await command('nowhere')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^Nothing was imported\. .*nowhere\/advice:1: there is no such folder/) });
  });

  it('says which setting is wrong', async () => {
    const { code, stderr } = await new Process('import', { ...scratch.environment, LOG_LEVEL: 'loud' }, 'library').end();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^Nothing was imported\. LOG_LEVEL is "loud"; it takes .+\n$/) });
  });

  it('reports what it kept because it was withdrawn or edited here', async () => {
    const kept = await scratchDatabase('nothing');
    const files = { 'advice/a.md': adviceFile({ externalId: 'kept-a' }), 'advice/b.md': adviceFile({ externalId: 'kept-b' }) };
    const run = async () => new Process('import', { ...kept.environment, LOG_LEVEL: 'error' }, await folderWith(files)).end();
    await run();
    const running = await Process.ready({ ...kept.environment, LIBRARY_DIR: 'none', ADMIN_EMAIL: 'admin@example.org', SMTP_URL: '' });
    const admin = await running.client(await bearerOf(running, 'admin@example.org'));
    const { advice } = await admin.ask('{ advice(first: 1) { edges { node { id version externalId } } } }');
    const { id, version, externalId } = advice.edges[0].node;
    await admin.ask(WITHDRAW, { input: { id, version, reason: 'Stemmer ikke lenger.' } });
    await running.end('SIGTERM');
    const { code, stdout } = await run();
    expect({ code, stdout }).toEqual({ code: 0, stdout: `0 created, 0 updated, 1 unchanged\n1 kept as they are, because they were edited or withdrawn here: ${externalId}\n` });
    await kept.drop();
  });
});
