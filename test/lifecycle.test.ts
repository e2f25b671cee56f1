import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adviceInput, contribute, CONTRIBUTE, publish, review, REVIEW, SAVE, SEARCH, SUBMIT, WITHDRAW } from './support/advice.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let reviewer: Client;

beforeAll(async () => {
  server = await Server.start();
  author = await server.signInAs('CONTRIBUTOR');
  reviewer = await server.signInAs('REVIEWER');
});
afterAll(() => server.stop());

const found = async (search: string) => (await server.reader.ask(SEARCH, { search })).advice.totalCount as number;

describe('the life of a contribution', () => {
  it('goes from draft through changes and review to the public, and out again', async () => {
    const { adviceSave } = await author.ask(SAVE, { input: adviceInput({ title: 'Kladd om kvikkleire' }) });
    expect(adviceSave.advice).toMatchObject({ status: 'DRAFT', version: 1 });
    const id = adviceSave.advice.id as string;
    const seen = async (client: Client) => (await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node !== null;
    expect([await seen(author), await seen(reviewer), await seen(server.reader)]).toEqual([true, false, false]);

    const { adviceSubmit } = await author.ask(SUBMIT, { input: { id, version: 1 } });
    expect(adviceSubmit.advice).toMatchObject({ status: 'SUBMITTED', version: 2 });
    expect([await seen(reviewer), await seen(server.reader)]).toEqual([true, false]);

    const sentBack = await review(reviewer, adviceSubmit.advice, 'REQUEST_CHANGES', 'Si hva dere gjorde.');
    expect(sentBack.status).toBe('DRAFT');
    const { node } = await author.ask('query ($id: ID!) { node(id: $id) { ... on Advice { reviews { decision reason version } } } }', { id });
    expect(node.reviews).toEqual([{ decision: 'REQUEST_CHANGES', reason: 'Si hva dere gjorde.', version: 2 }]);

    const again = await author.ask(CONTRIBUTE, { input: adviceInput({ id, version: sentBack.version, title: 'Mål kvikkleire før dere kunngjør' }) });
    expect(again.adviceContribute.advice.status).toBe('SUBMITTED');
    expect(await found('kvikkleire')).toBe(0);
    const published = await review(reviewer, again.adviceContribute.advice);
    expect(published.status).toBe('PUBLISHED');
    expect(await found('kvikkleire')).toBe(1);

    const { contributionWithdraw } = await author.ask(WITHDRAW, { input: { id, version: published.version, reason: 'Stemte ikke.' } });
    expect(contributionWithdraw.contribution.status).toBe('WITHDRAWN');
    expect([await found('kvikkleire'), await seen(server.reader), await seen(author)]).toEqual([0, false, true]);
  });

  it('keeps the old version public while a revision is reviewed, and keeps every text', async () => {
    const first = await publish(author, reviewer, { title: 'Bruk sandkasse', body: 'Prøv i liten skala.' });
    const revised = await author.ask(CONTRIBUTE, { input: adviceInput({ id: first.id, version: first.version, title: 'Bruk testarena', body: 'Prøv i full skala.' }) });
    expect(revised.adviceContribute.advice.status).toBe('PUBLISHED');
    expect([await found('sandkasse'), await found('testarena')]).toEqual([1, 0]);
    const read = 'query ($id: ID!) { node(id: $id) { ... on Advice { title revisionStatus revision { title } } } }';
    expect((await server.reader.ask(read, { id: first.id })).node).toEqual({ title: 'Bruk sandkasse', revisionStatus: null, revision: null });
    expect((await reviewer.ask(read, { id: first.id })).node).toEqual({ title: 'Bruk sandkasse', revisionStatus: 'SUBMITTED', revision: { title: 'Bruk testarena' } });

    await review(reviewer, revised.adviceContribute.advice);
    expect([await found('sandkasse'), await found('testarena')]).toEqual([0, 1]);
    const texts = await server.database.query("SELECT content->>'title' AS title FROM revision WHERE content->>'title' LIKE 'Bruk %' ORDER BY version");
    expect(texts).toEqual([{ title: 'Bruk sandkasse' }, { title: 'Bruk testarena' }]);
  });

  it('lets nobody review words of their own, the author of a revision included', async () => {
    const own = await contribute(reviewer);
    const { contributionReview } = await reviewer.ask(REVIEW, { input: { id: own.id, version: own.version, decision: 'APPROVE' } });
    expect(contributionReview.userErrors).toMatchObject([{ code: 'OWN_CONTRIBUTION', field: 'input.id' }]);
    const [{ status, version }] = await server.database.query('SELECT status, version FROM contribution ORDER BY created_at DESC LIMIT 1');
    expect({ status, version }).toEqual({ status: 'SUBMITTED', version: own.version });

    const editor = await server.signInAs('EDITOR');
    const published = await publish(author, reviewer);
    const { adviceContribute } = await editor.ask(CONTRIBUTE, { input: adviceInput({ id: published.id, version: published.version, title: 'Redaktørens ord' }) });
    const self = await editor.ask(REVIEW, { input: { id: published.id, version: adviceContribute.advice.version, decision: 'APPROVE' } });
    expect(self.contributionReview.userErrors).toMatchObject([{ code: 'OWN_CONTRIBUTION' }]);
    expect((await review(reviewer, adviceContribute.advice)).status).toBe('PUBLISHED');
  });

  it('notes every step in the audit trail, without any text', async () => {
    const { id } = await publish(author, reviewer, { title: 'Sporbart råd' });
    const uuid = Buffer.from(id, 'base64url').toString().split(':')[1];
    const events = await server.database.query('SELECT action, version, actor_id IS NOT NULL AS known FROM audit_event WHERE subject_id = $1 ORDER BY id', [uuid]);
    expect(events).toEqual([
      { action: 'SAVE', version: 1, known: true },
      { action: 'SUBMIT', version: 2, known: true },
      { action: 'APPROVE', version: 3, known: true },
    ]);
  });
});
