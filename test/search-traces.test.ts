import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contribute, type Known, publish, review, SAVE, adviceInput, WITHDRAW } from './support/advice.js';
import { find } from './support/search.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let reviewer: Client;

beforeAll(async () => {
  server = await Server.start('library');
  [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
});
afterAll(() => server.stop());

const withdraw = ({ id, version }: Known) => author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } });
const similarTo = async (id: string, first = 20) =>
  ((await server.reader.ask('query ($id: ID!, $first: Int!) { node(id: $id) { ... on Advice { similar(first: $first) { id } } } }', { id, first })) as { node: { similar: { id: string }[] } }).node.similar.map((entry) => entry.id);

/** Words that the library does not have; each test says its own. */
const about = (word: string) => ({ title: `Flytt ${word}hagen før vinteren`, body: `En ${word}hage tåler ikke frost. ${word}kjennere vet det.`, why: `${word}ene frøs.`, caseName: `Prosjekt ${word}` });

/** Everything that a search tells of what it looked through. */
async function told(word: string) {
  const searches = [word, `${word}hagen`, `"${word}hage tåler"`, word.slice(0, -1), `${word.slice(0, 3)}x${word.slice(3)}hagen`, `rettigheder ${word}`, '-kvikkleire', 'vinteren', 'frøs frost'];
  const answers = [];
  for (const search of searches) {
    const { totalCount, facets, edges } = await find(server.reader, { search, first: 100 });
    answers.push({ search, totalCount, facets, edges });
  }
  return answers;
}

describe('what is not public leaves no trace in a search', () => {
  it.each<[string, string, (word: string) => Promise<unknown>]>([
    ['a draft', 'pelargonia', (word) => author.ask(SAVE, { input: adviceInput(about(word)) })],
    ['what waits for review', 'oleandra', (word) => contribute(author, about(word))],
    ['what was sent back', 'begonisk', async (word) => review(reviewer, await contribute(author, about(word)), 'REJECT', 'Nei.')],
    ['what was withdrawn', 'kamelisk', async (word) => withdraw(await publish(author, reviewer, about(word)))],
  ])('%s', async (_, word, happens) => {
    const before = await told(word);
    await happens(word);
    // Not in the hits, totals and facets; nor by a beginning, a correction or the weight that common words have.
    expect(await told(word)).toEqual(before);
  });

  it('the old text of what was revised, and the revision before it is approved', async () => {
    const first = await publish(author, reviewer, about('magnolisk'));
    const revised = ((await author.ask(SAVE, { input: adviceInput({ ...about('azaleisk'), id: first.id, version: first.version }) })) as { adviceSave: { advice: Known } }).adviceSave.advice;
    expect((await find(server.reader, { search: 'azaleiskhagen' })).edges.map(({ node }) => node.id)).not.toContain(first.id);
    const submitted = ((await author.ask('mutation ($input: SubmitInput!) { adviceSubmit(input: $input) { advice { id version status } userErrors { code } } }', { input: { id: revised.id, version: revised.version } })) as { adviceSubmit: { advice: Known } }).adviceSubmit.advice;
    await review(reviewer, submitted);
    const found = async (search: string) => (await find(server.reader, { search, first: 100 })).edges.map(({ node }) => node.id);
    for (const search of ['magnolisk', 'magnol', 'magnoliskhxgen', '"magnoliskhage tåler"']) expect(await found(search)).not.toContain(first.id);
    for (const search of ['azaleisk', 'azal', 'azaleiskhxgen', '"azaleiskhage tåler"']) expect(await found(search)).toContain(first.id);
  });
});

describe('similar entries', () => {
  it('are public, alike ones first, and never the entry itself', async () => {
    const [one, twin, cousin, hidden] = [
      await publish(author, reviewer, { title: 'Plant krokus i oktober', body: 'Krokusløk skal ned i jorda før frosten, helst i oktober.' }),
      await publish(author, reviewer, { title: 'Krokus plantes i oktober', body: 'Sett krokusløk i jorda i oktober, før frosten kommer.' }),
      await publish(author, reviewer, { title: 'Vent med krokus', body: 'Har jorda frosset, så vent til våren.' }),
      await publish(author, reviewer, { title: 'Plant krokus i oktober', body: 'Krokusløk skal ned i jorda før frosten, helst i oktober.' }),
    ];
    await contribute(author, { title: 'Plant krokus i oktober', body: 'Krokusløk skal ned i jorda før frosten, helst i oktober.' });
    expect((await similarTo(one.id)).slice(0, 2)).toEqual([hidden.id, twin.id]);
    await withdraw(hidden);
    const similar = await similarTo(one.id);
    expect(similar[0]).toBe(twin.id);
    expect(similar).toContain(cousin.id);
    for (const absent of [one.id, hidden.id]) expect(similar).not.toContain(absent);
    expect(await similarTo(one.id, 1)).toEqual([twin.id]);
  });

  it('of a contribution on its way are told to its author', async () => {
    const published = await publish(author, reviewer, { title: 'Vann kaktusen sjelden', body: 'Kaktusen drukner om sommeren hvis den vannes for mye.' });
    const { adviceContribute } = (await author.ask(
      'mutation ($input: AdviceContributeInput!) { adviceContribute(input: $input) { advice { id } similar(first: 3) { advice { id } } userErrors { code } } }',
      { input: adviceInput({ title: 'Kaktusen skal vannes sjelden', body: 'Ellers drukner kaktusen.' }) },
    )) as { adviceContribute: { advice: { id: string }; similar: { advice: { id: string } }[] } };
    expect(adviceContribute.similar[0]?.advice.id).toBe(published.id);
    expect(adviceContribute.similar.map(({ advice }) => advice.id)).not.toContain(adviceContribute.advice.id);
  });
});
