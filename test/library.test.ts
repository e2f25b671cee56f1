import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AdviceFile, readAdviceFile } from '../src/transfer/advice-file.js';

const FOLDER = 'library/advice';
const IDS = Array.from({ length: 209 }, (_, index) => `F${String(index + 1).padStart(3, '0')}`);

/** Common words that only one of the languages has. */
const TELLING: Record<string, string[]> = {
  DA: 'af hvad nogle noget mellem jer kun efter blev bliver mere mig dig sig ud op nu gøre tage uden tidligt sådan lade meget aftal'.split(' '),
  NB: 'av hva noen noe mellom dere bare etter ble blir mer meg deg seg ut opp nå gjøre ta uten tidlig slik la mye avtal'.split(' '),
  NN: 'av kva nokon noko mellom dykk berre etter vart blir meir meg deg seg ut opp no gjere ta utan tidleg slik la mykje ikkje eit frå'.split(' '),
  EN: 'of what some something between you only after was is more the and to out now do take without early such let much with'.split(' '),
};

let names: string[];
let entries: AdviceFile[];

beforeAll(async () => {
  names = (await readdir(FOLDER)).sort();
  const read = await Promise.all(names.map(async (name) => readAdviceFile(name, await readFile(join(FOLDER, name), 'utf8'))));
  expect(read.filter((each) => Array.isArray(each)).flat()).toEqual([]);
  entries = read as AdviceFile[];
});

const textOf = ({ content: { title, body, why, validWhen } }: AdviceFile) => [title, body, why, validWhen].join('\n');
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
/** The ids of the entries that are not as they should be: a failure names them all. */
const except = (isGood: (entry: AdviceFile) => boolean) => entries.filter((entry) => !isGood(entry)).map(({ externalId }) => externalId);

describe('the starter library', () => {
  it('has one file for each of its 209 entries, named by its id', () => {
    expect(names).toEqual(IDS.map((id) => `${id}.md`));
    expect(entries.map(({ externalId }) => externalId)).toEqual(IDS);
  });

  it('says what to do in 25 to 90 words', () => {
    const lengths = entries.map(({ externalId, content }) => ({ externalId, words: content.body.split(/\s+/).length }));
    expect(lengths.filter(({ words }) => words < 25 || words > 90)).toEqual([]);
  });

  it('has titles of at most 90 characters, each its own', () => {
    expect(except(({ content }) => [...content.title].length <= 90 && !content.title.includes('\n'))).toEqual([]);
    const titles = entries.map(({ content }) => content.title.toLowerCase());
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('says why and when each advice holds', () => {
    expect(except(({ content }) => Boolean(content.why) && Boolean(content.validWhen))).toEqual([]);
  });

  it('speaks to somebody, in some phase', () => {
    expect(except(({ content }) => content.roles.length > 0 && content.phases.length > 0)).toEqual([]);
  });

  it('names for each advice a source that can be opened', () => {
    const opens = (url: string) => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
    expect(except(({ content }) => content.sources.length > 0 && content.sources.every(({ title, url }) => title.length > 0 && opens(url)))).toEqual([]);
  });

  it('tells what a source says from what is drawn from it', () => {
    expect(except(({ content }) => content.basis !== null)).toEqual([]);
    expect(entries.filter(({ content }) => (content.basis as string) === 'DERIVED')).toHaveLength(70);
  });

  it('thanks nobody for what nobody here wrote', () => {
    expect(except(({ authorCredit }) => authorCredit === null)).toEqual([]);
  });

  it('is written without em dashes and without leftovers of editing', () => {
    expect(except((entry) => !/—|\bTODO\b|\bTBD\b|lorem ipsum|\uFFFD| {2}|&[a-z]+;/i.test(textOf(entry)))).toEqual([]);
  });

  it('is written in the languages that it says', () => {
    const mostly = (entry: AdviceFile) => {
      const found = wordsOf(textOf(entry).toLowerCase());
      const hits = (language: string) => found.filter((word) => TELLING[language]?.includes(word)).length;
      return Object.keys(TELLING).reduce((best, language) => (hits(language) > hits(best) ? language : best), entry.content.language);
    };
    expect(entries.map((entry) => `${entry.externalId} ${mostly(entry)}`)).toEqual(entries.map(({ externalId, content }) => `${externalId} ${content.language}`));
  });

  it('has texts in Danish, Norwegian and English', () => {
    expect([...new Set(entries.map(({ content }) => content.language))].sort()).toEqual(['DA', 'EN', 'NB']);
  });
});
