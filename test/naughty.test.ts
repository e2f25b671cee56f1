import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adviceInput, publish } from './support/advice.js';
import { CONCEPT_SAVE, conceptInput } from './support/concepts.js';
import { fingerprint } from './support/fingerprint.js';
import { ask, openQuestions, publishCall } from './support/questions.js';
import { expectNothingInside, refusalOf } from './support/refusal.js';
import { type Answer, type Client, Server } from './support/server.js';

/** Strings that break what reads texts carelessly. */
const NAUGHTY = [
  "'; DROP TABLE concept; --", '" OR 1=1 --', '%_\\', '$1 ${x} {{x}}', '#ipr ~stem ^begin', '"-"', '-', '<script>alert(1)</script>', '&lt;b&gt; **fet**', '[a](javascript:alert(1))',
  '\u202Eabc\u202C', '\u200B\uFEFF', 'Z\u0351\u036B\u0343A\u0335L\u0320G', '🙂👩‍👩‍👧‍👦', '１２３ ½ ﬁ', '田中さん', 'مرحبا', 'null', 'undefined', 'NaN', '-0', '1e999', 'true', '__proto__', 'constructor', 'toString',
  'æøåÆØÅ äöÄÖ', 'ß ı İ ſ', '../../etc/passwd', 'a\tb\nc', '\u0001\u007F', 'før\u0000etter', 'før\ud83detter', 'x'.repeat(300), 'behovsbeskrivelses'.repeat(16),
];
const SIMILAR = 'query ($title: String!, $body: String!) { similarAdvice(title: $title, body: $body, language: NB) { advice { title } } }';

let server: Server;
let editor: Client;
let author: Client;

beforeAll(async () => {
  server = await Server.start();
  [editor, author] = [await server.signInAs('EDITOR'), await server.signInAs('CONTRIBUTOR')];
  await publish(author, editor, { title: 'Spør markedet om prototyper' });
});
afterAll(() => server.stop());

/** A concept with the text in one of its fields; its other names say nothing. */
function conceptWith(field: string, text: string, number: number) {
  const input = conceptInput({ slug: field === 'slug' ? text : `naughty-${field}-${number}` });
  const [first, ...others] = input.labels;
  return field === 'slug' ? input : { ...input, labels: [{ ...first, [field]: field === 'alternative' || field === 'hidden' ? [text] : text }, ...others] };
}

/** Done, or refused in a sentence with nothing done; never a failure, and nothing of what is inside. */
async function expectDoneOrRefused(send: () => Promise<Answer>): Promise<void> {
  const before = await fingerprint(server.database);
  const answer = await send();
  expect(answer.text).not.toContain('INTERNAL');
  // What was sent comes back as it is, and some of it looks like what is inside.
  const refused = answer.errors !== undefined || Object.values(answer.data as Record<string, { userErrors?: unknown[] } | null>).some((payload) => (payload?.userErrors?.length ?? 0) > 0);
  if (!refused) return;
  const { code, message } = refusalOf(answer);
  expect(code).toMatch(/^[A-Z_]+$/);
  expect(message.length).toBeGreaterThan(15);
  expectNothingInside(message);
  expect(await fingerprint(server.database)).toEqual(before);
}

describe.each(NAUGHTY.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))('%s', (_, text) => {
  const number = NAUGHTY.indexOf(text);

  it.each([
    ['a search', 'query ($text: String) { advice(search: $text) { totalCount didYouMean facets { concepts { count } } edges { highlight { title excerpt } matches { term via } } } }'],
    ['a search as it is typed', 'query ($text: String) { advice(search: $text, typing: true) { totalCount } }'],
    ['the beginning of a suggestion', 'query ($text: String!) { searchSuggestions(prefix: $text) { text } }'],
    ['the beginning of a concept', 'query ($text: String!) { concepts(prefix: $text) { slug } }'],
    ['the id of a concept', 'query ($text: ID!) { concept(id: $text) { slug } }'],
    ['a concept that is filtered by', 'query ($text: ID!) { advice(filter: { concepts: [$text] }) { totalCount } }'],
  ])('as %s is answered or refused', (__, query) => expectDoneOrRefused(() => server.reader.send(query, { text })));

  it('in a text that is being written finds what is like it, or nothing', async () => {
    await expectDoneOrRefused(() => server.reader.send(SIMILAR, { title: text, body: text }));
  });

  it.each(['slug', 'preferred', 'alternative', 'hidden', 'note'])("as a concept's %s is kept or refused", (field) =>
    expectDoneOrRefused(() => editor.send(CONCEPT_SAVE, { input: conceptWith(field, text, number) })));
});

describe('naughty strings', () => {
  it('as the question and the end of a call are kept as they are, or refused', async () => {
    await ask(server, 'skyggetaksering');
    const [question] = await openQuestions(editor);
    const send = (text: string) => editor.send('mutation ($input: CallPublishInput!) { callPublish(input: $input) { call { id } userErrors { code field message } } }', { input: { questionId: question?.id, question: text, language: 'NB' } });
    const close = 'mutation ($input: CallCloseInput!) { callClose(input: $input) { call { id } userErrors { code field message } } }';
    for (const text of NAUGHTY) await expectDoneOrRefused(() => send(text));
    const { id, version } = await publishCall(server, editor, 'gjenbrukslager');
    for (const text of NAUGHTY) await expectDoneOrRefused(() => editor.send(close, { input: { id, version, reason: text } }));
    const stored = await server.database.query<{ text: string }[]>('SELECT question AS text FROM call UNION ALL SELECT closing_reason FROM call WHERE closing_reason IS NOT NULL');
    expect(stored.length).toBeGreaterThan(1);
    for (const { text } of stored) expect([...NAUGHTY, 'Hva har du lært om gjenbrukslager?']).toContain(text);
  });

  it('in an entry are found by, and shown escaped', async () => {
    for (const text of ['<script>alert(1)</script>', "'; DROP TABLE concept; --", '\u202Eabc\u202C']) await publish(author, editor, adviceInput({ title: `Fyrvokterens råd ${text}`, body: text }));
    const { advice } = await server.reader.ask('{ advice(search: "fyrvokterens") { edges { highlight { title excerpt } } } }') as { advice: { edges: { highlight: { title: string; excerpt: string } }[] } };
    expect(advice.edges).toHaveLength(3);
    for (const { highlight } of advice.edges) expect(highlight.title.replaceAll(/<\/?mark>/g, '')).not.toContain('<');
  });
});
