import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publish, WITHDRAW } from './support/advice.js';
import { ENGINES } from './support/meilisearch.js';
import { type Client, Server } from './support/server.js';

interface Match {
  search: string;
  term: string;
  via: string;
}
interface Found {
  totalCount: number;
  didYouMean: string | null;
  edges: { matches: Match[]; highlight: { title: string; excerpt: string }; node: { title: string } }[];
}

describe.each(ENGINES)('a search box on %s', (_, settings) => {
  let server: Server;
  let author: Client;
  let reviewer: Client;
  beforeAll(async () => {
    server = await Server.start('library', settings);
    [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
    await publish(author, reviewer, { title: 'Planlegg kjelkedugnaden sammen med nabolaget', body: 'Ring leverandøren av konkurransegrunnlaget og rydd isbjørnstien.' });
    await server.quiet();
  });
  afterAll(() => server.stop());

  const find = async (search: string): Promise<Found> =>
    ((await server.reader.ask('query ($search: String) { advice(search: $search, first: 100) { totalCount didYouMean edges { matches { search term via } highlight { title excerpt } node { title } } } }', { search })) as { advice: Found }).advice;
  const why = async (search: string): Promise<Match[]> => (await find(search)).edges.find(({ node }) => node.title.includes('kjelkedugnaden'))?.matches ?? [];
  const suggest = async (prefix: string, language = 'NB') =>
    ((await server.reader.ask('query ($prefix: String!, $language: Language) { searchSuggestions(prefix: $prefix, language: $language) { text concept { slug } advice { title } } }', { prefix, language })) as { searchSuggestions: { text: string; concept: { slug: string } | null; advice: object | null }[] }).searchSuggestions;

  it.each<[search: string, match: Match]>([
    ['kjelkedugnaden ', { search: 'kjelkedugnaden', term: 'kjelkedugnaden', via: 'EXACT' }],
    ['nabolagets ', { search: 'nabolagets', term: 'nabolaget', via: 'STEM' }],
    ['isbjørn ', { search: 'isbjørn', term: 'isbjørnstien', via: 'COMPOUND' }],
    ['isbjørn sti ', { search: 'isbjørn', term: 'isbjørnstien', via: 'COMPOUND' }],
    ['udbudsmateriale ', { search: 'udbudsmateriale', term: 'konkurransegrunnlaget', via: 'CONCEPT' }],
    ['kravspecifikation ', { search: 'kravspecifikation', term: 'konkurransegrunnlaget', via: 'RELATED' }],
    ['kjelkedugnadn ', { search: 'kjelkedugnadn', term: 'kjelkedugnaden', via: 'TYPO' }],
    ['kjelkedug', { search: 'kjelkedug', term: 'kjelkedugnaden', via: 'PREFIX' }],
  ])('says why %j found an entry', async (search, match) => {
    expect(await why(search)).toContainEqual(match);
  });

  it('marks what it was found by, also another word for the same', async () => {
    const { edges } = await find('udbudsmateriale ');
    const hit = edges.find(({ highlight }) => highlight.excerpt.includes('<mark>konkurransegrunnlag'));
    expect(hit).toBeDefined();
  });

  it('offers the word that was meant, and only for words that the library does not know', async () => {
    expect((await find('kjelkedugnadn nabolaget ')).didYouMean).toBe('kjelkedugnaden nabolaget ');
    expect((await find('  (leverandørn), isbjørnstien')).didYouMean).toBe('  (leverandøren), isbjørnstien');
    expect((await find('leverandøren isbjørnstien ')).didYouMean).toBeNull();
    expect((await find('qzxwvj ')).didYouMean).toBeNull();
  });

  it('suggests concepts, words as they are written, and titles, of what is public', async () => {
    expect(await suggest('markedsd')).toEqual(expect.arrayContaining([{ text: 'markedsdialog', concept: { slug: 'market-dialogue' }, advice: null }]));
    expect(await suggest('rydd isbjø')).toContainEqual({ text: 'rydd isbjørnstien', concept: null, advice: null });
    expect((await suggest('kjelked')).filter(({ advice }) => advice !== null)).toEqual([{ text: 'Planlegg kjelkedugnaden sammen med nabolaget', concept: null, advice: { title: 'Planlegg kjelkedugnaden sammen med nabolaget' } }]);
    for (const nothing of ['', 'k', ' ', '"', '-x', 'kjelkedugnaden ']) expect((await suggest(nothing)).filter(({ advice }) => advice === null)).toEqual([]);
  });

  it('suggests nothing of what is no longer public', async () => {
    const { id, version } = await publish(author, reviewer, { title: 'Spar på vaffelrøren' });
    await server.quiet();
    expect((await suggest('vaffelr')).map(({ text }) => text)).toEqual(['vaffelrøren', 'Spar på vaffelrøren']);
    await author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } });
    await server.quiet();
    expect(await suggest('vaffelr')).toEqual([]);
  });

  it('shows what is alike while somebody writes, in another language as well', async () => {
    const { similarAdvice } = (await server.reader.ask('query ($title: String!, $body: String!, $language: Language!) { similarAdvice(title: $title, body: $body, language: $language, first: 3) { advice { title language } } }', {
      title: 'Aftal hvem der ejer rettighederne', body: 'Skriv i kontrakten, hvem der ejer resultaterne, og hvem der må bruge dem.', language: 'DA',
    })) as { similarAdvice: { advice: { title: string; language: string } }[] };
    expect(similarAdvice).toHaveLength(3);
    expect(similarAdvice.map(({ advice }) => advice.title).join(' ')).toMatch(/rett?ighe|eie/i);
    expect(await server.reader.ask('{ similarAdvice(language: NB) { advice { title } } }')).toEqual({ similarAdvice: [] });
  });

  it('takes a compound of 300 characters and naughty strings without a stumble', async () => {
    for (const search of [`${'leverandørdialog'.repeat(18)}xx`.slice(0, 300), 'behovsbeskrivelses'.repeat(16).slice(0, 300), '#solution', '~rettighed', '^ret', '\u202Eabc', "'; DROP TABLE concept; --", '🙂🙂', '%_\\', '"#ipr"', '-#ipr'])
      expect(await find(search)).toMatchObject({ totalCount: expect.any(Number) });
  });
});
