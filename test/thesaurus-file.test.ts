import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ThesaurusService } from '../src/thesaurus/thesaurus.service.js';
import { Importer, ImportError } from '../src/transfer/importer.js';
import { adviceFile, folderWith } from './support/folder.js';
import { Server } from './support/server.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

/** A concept as a file has it; what a test leaves out is filled in. */
function concept(slug: string, fields: Record<string, string> = {}): string {
  const all = { da: `{ preferred: ${slug} på dansk }`, nb: `{ preferred: ${slug} på bokmål }`, nn: `{ preferred: ${slug} på nynorsk }`, en: `{ preferred: ${slug} in English }`, ...fields };
  return `${slug}:\n${Object.entries(all).map(([field, value]) => `  ${field}: ${value}\n`).join('')}`;
}
const importing = async (thesaurus: Record<string, string | Uint8Array>) =>
  server.app.get(Importer).import(await folderWith({ 'advice/a.md': adviceFile({}), ...Object.fromEntries(Object.entries(thesaurus).map(([name, text]) => [`thesaurus/${name}`, text])) }));
const problems = async (thesaurus: Record<string, string | Uint8Array>): Promise<string[]> => {
  const error: unknown = await importing(thesaurus).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ImportError)) throw new Error('it was imported');
  return error.message.split('\n');
};
const concepts = async () => (await server.app.get(ThesaurusService).now()).concepts.map(({ slug, version }) => `${slug} ${version}`);

describe('a thesaurus file', () => {
  it.each<[what: string, files: Record<string, string | Uint8Array>, problem: RegExp]>([
    ['a circle', { 'a.yaml': concept('one', { broader: '[two]' }) + concept('two', { broader: '[three]' }) + concept('three', { broader: '[one]' }) }, /^thesaurus\/a\.yaml:\d+: one\.broader: Broader concepts go in a circle: one → two → three → one/],
    ['a relation to nothing', { 'a.yaml': concept('one', { related: '[elsewhere]' }) }, /one\.related: There is no concept elsewhere/],
    ['a label twice', { 'a.yaml': concept('one', { da: '{ preferred: den ene, alternative: [Den ene] }' }) }, /one\.da\.alternative: "Den ene" is there twice/],
    ['a label of one letter', { 'a.yaml': concept('one', { en: '{ preferred: a }' }) }, /one\.en\.preferred: "a" is too short/],
    ['a label without letters', { 'a.yaml': concept('one', { en: '{ preferred: "–" }' }) }, /is too short/],
    ['markup', { 'a.yaml': concept('one', { nb: "{ preferred: '<script>alert(1)</script>' }" }) }, /one\.nb\.preferred: "<script>alert\(1\)<\/sc" has markup/],
    ['a language missing', { 'a.yaml': concept('one', { nn: 'null' }) }, /one\.nn: needs a preferred label/],
    ['a field that there is not', { 'a.yaml': concept('one', { colour: 'blue' }) }, /one\.colour: there is no such field/],
    ['a list that is none', { 'a.yaml': concept('one', { broader: 'two' }) }, /one\.broader: takes a list/],
    ['a text instead of a concept', { 'a.yaml': 'one: two\n' }, /one: takes fields/],
    ['one concept in two files', { 'a.yaml': concept('one'), 'b.yaml': concept('one') }, /^thesaurus\/b\.yaml:2: one: is also in thesaurus\/a\.yaml/],
    ['aliases that blow up', { 'a.yaml': `one: &a [x, x]\ntwo: [*a, *a]\n` }, /\*a stands for text elsewhere/],
    ['no YAML', { 'a.yaml': 'one: {' }, /^thesaurus\/a\.yaml:\d+: /],
    ['bytes that are no text', { 'a.yaml': Uint8Array.of(0xff, 0xfe, 0x00) }, /save the file as UTF-8/],
    ['a hundred labels in one language', { 'a.yaml': concept('one', { da: `{ preferred: navn, alternative: [${Array.from({ length: 100 }, (_, number) => `navn ${number} her`).join(', ')}] }` }) }, /one\.da: At most 60 fit here/],
  ])('with %s is refused with a sentence that says where, and nothing is changed', async (_, files, problem) => {
    const before = await concepts();
    expect((await problems(files)).join('\n')).toMatch(problem);
    expect(await concepts()).toEqual(before);
    expect(await server.database.query('SELECT FROM contribution')).toEqual([]);
  });

  it('with 100,000 labels is refused in a sentence, soon', async () => {
    const many = Array.from({ length: 2_000 }, (_, number) => concept(`c${number}`, { da: `{ preferred: navn c${number}, alternative: [${Array.from({ length: 50 }, (__, label) => `navn ${number} nr ${label}`).join(', ')}] }` })).join('');
    expect(await problems({ 'a.yaml': many })).toEqual([expect.stringMatching(/2000 concepts with 108000 labels are too many/)]);
  });

  it('is imported once: the same again changes nothing, a change raises the version, an edit made here stays', async () => {
    await importing({ 'a.yaml': concept('one') + concept('two', { broader: '[one]' }) });
    expect(await concepts()).toEqual(['one 1', 'two 1']);
    const { version } = await server.app.get(ThesaurusService).now();
    await importing({ 'a.yaml': concept('one') + concept('two', { broader: '[one]' }) });
    expect((await server.app.get(ThesaurusService).now()).version).toBe(version);
    await importing({ 'a.yaml': concept('one', { da: '{ preferred: noget andet }' }) + concept('two', { broader: '[one]' }) });
    expect(await concepts()).toEqual(['one 2', 'two 1']);
    await server.database.query("UPDATE concept SET version = version + 1 WHERE slug = 'one'");
    await server.database.query('UPDATE thesaurus SET version = version + 1');
    await importing({ 'a.yaml': concept('one', { da: '{ preferred: noget tredje }' }) });
    expect(await concepts()).toEqual(['one 3', 'two 1']);
  });
});
