import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Advice } from '../src/advice/advice.entity.js';
import { ADVICE } from '../src/advice/advice.kind.js';
import { searchable } from '../src/content/kinds.js';
import { ContributionStatus } from '../src/content/lifecycle.js';
import { analyse, isWordTerm, letterMask, sizeOf } from '../src/search/analyser/analyser.js';
import { kindMask } from '../src/taxonomy/facets.js';
import { Importer } from '../src/transfer/importer.js';
import { adviceInput, contribute, CONTRIBUTE, type Known, publish, REVIEW, WITHDRAW } from './support/advice.js';
import { adviceFile, folderWith } from './support/folder.js';
import { type Answer, type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let reviewer: Client;

beforeEach(async () => {
  server = await Server.start();
  [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
});
afterEach(() => server.stop());

/** What the search tables must hold, made from nothing but the rows that are public. */
async function recount() {
  const rows = await server.database.getRepository(Advice).findBy({ status: ContributionStatus.PUBLISHED });
  const terms = new Map<string, number>();
  const entries: unknown[][] = [];
  const postings: unknown[][] = [];
  let total = 0;
  for (const row of rows) {
    const { uuid, kind, facets, publishedAt, texts, language } = searchable(ADVICE, row);
    const analysis = analyse(texts, language);
    total += analysis.length;
    entries.push([uuid, kind, facets, publishedAt.getTime(), analysis.length, analysis.words]);
    for (const [term, frequency] of analysis.postings) {
      terms.set(term, (terms.get(term) ?? 0) + 1);
      postings.push([uuid, term, analysis.length, frequency, facets | kindMask(kind)]);
    }
  }
  const letters = (term: string) => (isWordTerm(term) ? [letterMask(term), sizeOf(term)] : [null, null]);
  return {
    statistics: [rows.length, total],
    terms: lines([...terms].map(([term, count]) => [term, count, ...letters(term)])),
    entries: lines(entries),
    postings: lines(postings),
  };
}

/** What they hold. */
async function stored() {
  const read = (sql: string) => server.database.query<Record<string, unknown>[]>(sql).then((rows) => rows.map((row) => Object.values(row)));
  const [statistics = []] = await read('SELECT entries, length::integer FROM search_statistics');
  return {
    statistics,
    terms: lines(await read('SELECT term, entries, letters, size FROM search_term WHERE entries <> 0')),
    entries: lines(await read('SELECT contribution_id, kind, facets, (extract(epoch FROM published_at) * 1000)::float8 AS at, length, words FROM search_entry')),
    postings: lines(await read('SELECT e.contribution_id, p.term, p.length, p.frequency, p.facets FROM search_posting p LEFT JOIN search_entry e USING (entry)')),
  };
}
const lines = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

async function expectEqualToRecount(): Promise<void> {
  expect(await stored()).toEqual(await recount());
}

/** Texts that share most of their words, in an order that differs, so that transactions want the same rows. */
const WORDS = 'avtale behov data eier frist gevinst innovasjon kontrakt leverandør marked partner pris prototype rettighet risiko test utvikling vurdering'.split(' ');
function text(number: number) {
  const turned = WORDS.map((_, index) => WORDS[(index * 5 + number * 7) % WORDS.length]);
  return { title: `Råd ${number} om ${turned.slice(0, 3).join(' og ')}`, body: `${turned.join(' ')} ord${number % 10}`, why: turned.slice(4, 9).join(' ') };
}
const approve = ({ id, version }: Known) => reviewer.send(REVIEW, { input: { id, version, decision: 'APPROVE' } });
const withdraw = ({ id, version }: Known) => author.send(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } });
const revise = async ({ id, version }: Known, number: number): Promise<Known> =>
  ((await author.ask(CONTRIBUTE, { input: adviceInput({ ...text(number), id, version }) })) as { adviceContribute: { advice: Known } }).adviceContribute.advice;

function expectAllDone(answers: readonly Answer[]): void {
  const refused = answers.filter(({ data, errors }) => errors ?? Object.values(data as Record<string, { userErrors: unknown[] }>).some(({ userErrors }) => userErrors.length > 0));
  expect(refused.map((answer) => answer.text)).toEqual([]);
}

async function each<T>(count: number, make: (number: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let number = 0; number < count; number++) made.push(await make(number));
  return made;
}

describe('postings and document frequencies equal a recount', () => {
  it('after one entry was published, revised and withdrawn', async () => {
    const published = await publish(author, reviewer, text(1));
    await expectEqualToRecount();
    const [answer] = await Promise.all([approve(await revise(published, 2))]);
    expectAllDone([answer]);
    await expectEqualToRecount();
    await withdraw((answer.data as { contributionReview: { contribution: Known } }).contributionReview.contribution);
    await expectEqualToRecount();
    expect(await stored()).toMatchObject({ statistics: [0, 0], terms: [], entries: [], postings: [] });
  });

  it('after 50 publications, revisions and withdrawals at the same time', async () => {
    const toPublish = await each(25, (number) => contribute(author, text(number)));
    const toWithdraw = await each(15, (number) => publish(author, reviewer, text(100 + number)));
    const toRevise = await each(10, async (number) => revise(await publish(author, reviewer, text(200 + number)), 300 + number));
    const jobs = [...toPublish.map((each) => () => approve(each)), ...toWithdraw.map((each) => () => withdraw(each)), ...toRevise.map((each) => () => approve(each))];
    // Dealt like cards, so that each kind of change meets the others.
    const dealt = jobs.map((_, index) => jobs[(index * 17) % jobs.length] ?? (() => Promise.reject(new Error('no job'))));
    expectAllDone(await Promise.all(dealt.map((job) => job())));
    await expectEqualToRecount();
    expect((await stored()).statistics[0]).toBe(35);
  }, 120_000);

  it('when the same entry is withdrawn twice and revised at once, and only one of them can be done', async () => {
    const published = await publish(author, reviewer, text(1));
    const revised = await revise(published, 2);
    const answers = await Promise.all([approve(revised), withdraw(revised), withdraw(revised), approve(revised)]);
    expect(answers.filter(({ errors }) => errors)).toEqual([]);
    const told = answers.flatMap(({ data }) => Object.values(data as Record<string, { userErrors: { code: string }[] }>).flatMap(({ userErrors }) => userErrors.map(({ code }) => code)));
    expect(told).toHaveLength(3);
    await expectEqualToRecount();
  });

  it('after an import over entries that exist, while others are published and withdrawn', async () => {
    const file = (number: number) => {
      const { title, body, why } = text(number);
      return adviceFile({ externalId: `X${number % 100}`, title, why }, body);
    };
    const folder = (from: number) => folderWith(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`advice/${index}.md`, file(from + index)])));
    const importer = server.app.get(Importer);
    await importer.import(await folder(400));
    await expectEqualToRecount();

    const toPublish = await each(10, (number) => contribute(author, text(number)));
    const toWithdraw = await each(10, (number) => publish(author, reviewer, text(100 + number)));
    const changed = await folder(500);
    const [report, ...answers] = await Promise.all([importer.import(changed), ...toPublish.map(approve), ...toWithdraw.map(withdraw)]);
    expectAllDone(answers);
    expect(report.updated).toHaveLength(30);
    await expectEqualToRecount();
  }, 120_000);

  it('after nothing but the import of the same files again', async () => {
    const folder = await folderWith({ 'advice/a.md': adviceFile({ externalId: 'A' }), 'advice/b.md': adviceFile({ externalId: 'B', language: 'DA' }) });
    await server.app.get(Importer).import(folder);
    const before = await stored();
    await server.app.get(Importer).import(folder);
    expect(await stored()).toEqual(before);
    await expectEqualToRecount();
  });
});

describe('the outbox', () => {
  const rows = () => server.database.query<{ uuid: string; sequence: number }[]>('SELECT contribution_id AS uuid, sequence::integer FROM search_outbox ORDER BY sequence');

  it('names each entry that changed once, however often, and nothing that was refused', async () => {
    const published = await publish(author, reviewer, text(1));
    const other = await publish(author, reviewer, text(2));
    const before = await rows();
    expect(before).toHaveLength(2);
    await contribute(author, text(3));
    await withdraw({ ...other, version: other.version - 1 });
    expect(await rows()).toEqual(before);

    await withdraw(published);
    const after = await rows();
    expect(after.map(({ uuid }) => uuid)).toEqual(before.map(({ uuid }) => uuid).toReversed());
    expect(after[1]?.sequence).toBeGreaterThan(before[1]?.sequence ?? 0);
  });
});
