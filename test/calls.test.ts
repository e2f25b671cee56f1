import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { adviceInput, contribute, type Known, publish, review, SAVE, WITHDRAW } from './support/advice.js';
import { idOf, NOBODYS, uuidOf } from './support/ids.js';
import { ask, openQuestions, passDays } from './support/questions.js';
import { expectRefused, refusalOf } from './support/refusal.js';
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
  await server.database.query('DELETE FROM call');
  await server.database.query('DELETE FROM question');
});

describe('a call', () => {
  const CALL = 'id version status question language roles phases closingReason closedAt answers { id title }';
  const ERRORS = 'userErrors { code field message }';
  const PUBLISH = `mutation ($input: CallPublishInput!) { callPublish(input: $input) { call { ${CALL} } ${ERRORS} } }`;
  const CLOSE = `mutation ($input: CallCloseInput!) { callClose(input: $input) { call { ${CALL} } ${ERRORS} } }`;
  const ANSWER = `mutation ($input: CallAnswerInput!) { callAnswer(input: $input) { call { ${CALL} } ${ERRORS} } }`;
  const REMOVE = `mutation ($input: CallAnswerInput!) { callAnswerRemove(input: $input) { call { ${CALL} } ${ERRORS} } }`;
  const CALLS = `query ($status: CallStatus, $filter: QuestionFilterInput, $first: Int, $after: String) {
    calls(status: $status, filter: $filter, first: $first, after: $after) { edges { node { ${CALL} } } pageInfo { hasNextPage endCursor } } }`;

  interface Shown {
    id: string;
    version: number;
    status: string;
    answers: { id: string; title: string }[];
  }
  const inputOf = async (more: object = {}, text = 'skyggetaksering') => {
    await ask(server, text);
    const question = (await openQuestions(editor)).find(({ label }) => label === text);
    return { questionId: question?.id, question: 'Har du brukt skyggetaksering?', language: 'NB', roles: ['PUBLIC_BUYER'], ...more };
  };
  const published = async (more: object = {}, text?: string): Promise<Shown> => (await editor.ask(PUBLISH, { input: await inputOf(more, text) })).callPublish.call;
  const calls = async (variables: object = {}): Promise<Shown[]> => (await server.reader.ask(CALLS, variables)).calls.edges.map(({ node }: { node: Shown }) => node);
  const audited = async (id: string) =>
    (await server.database.query<{ entry: string }[]>("SELECT action || ' ' || version AS entry FROM audit_event WHERE subject_kind = 'CALL' AND subject_id = $1 ORDER BY id", [uuidOf(id)])).map(({ entry }) => entry);

  it("is an open question in an editor's words, and all of it that is public", async () => {
    const call = await published();
    expect(call).toEqual({ id: call.id, version: 1, status: 'OPEN', question: 'Har du brukt skyggetaksering?', language: 'NB', roles: ['PUBLIC_BUYER'], phases: [], closingReason: null, closedAt: null, answers: [] });
    expect(await calls()).toEqual([call]);
    expect((await server.reader.ask(`query ($id: ID!) { node(id: $id) { ... on Call { ${CALL} } } }`, { id: call.id })).node).toEqual(call);
    expect(await openQuestions(editor)).toEqual([]);
    expect(await audited(call.id)).toEqual(['PUBLISH 1']);
  });

  it('is one for a question at a time, and one for a key', async () => {
    const input = await inputOf({ idempotencyKey: 'en' });
    const sent = await Promise.all([1, 2, 3].map(() => editor.send(PUBLISH, { input })));
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(await calls()).toHaveLength(1);
    await expectRefused(server, (headers) => editor.send(PUBLISH, { input: { ...input, idempotencyKey: 'to' } }, headers), 'CALL_OPEN', 'input.questionId');
    await expectRefused(server, (headers) => editor.send(PUBLISH, { input: { ...input, question: 'Noe annet?' } }, headers), 'IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
    await expectRefused(server, (headers) => editor.send(PUBLISH, { input: { ...input, idempotencyKey: null, questionId: idOf('OpenQuestion', NOBODYS) } }, headers), 'NOT_FOUND', 'input.questionId');
    await expectRefused(server, (headers) => editor.send(PUBLISH, { input: { ...input, question: ' ' } }, headers), 'REQUIRED', 'input.question');
  });

  it('is answered by a contribution once that is public, and for as long as it is', async () => {
    const { id: callId } = await published();
    const waiting = await contribute(author, { title: 'Skyggetakser mot en nabokommune' });
    const answer = { callId, contributionId: waiting.id };
    expect((await author.ask(ANSWER, { input: answer })).callAnswer.call).toMatchObject({ status: 'OPEN', answers: [], version: 1 });
    expect(await calls()).toMatchObject([{ status: 'OPEN', answers: [] }]);

    const advice = await review(reviewer, waiting);
    expect([await calls(), await calls({ status: 'ANSWERED' })]).toMatchObject([[], [{ status: 'ANSWERED', answers: [{ id: waiting.id, title: 'Skyggetakser mot en nabokommune' }] }]]);
    expect(await openQuestions(editor)).toEqual([]);
    // Once more is once.
    await author.ask(ANSWER, { input: answer });
    expect(await audited(callId)).toEqual(['PUBLISH 1', 'ANSWER 1']);

    await author.ask(WITHDRAW, { input: { id: advice.id, version: advice.version, reason: 'Stemte ikke.' } });
    expect(await calls()).toMatchObject([{ status: 'OPEN', answers: [] }]);
    await expectRefused(server, (headers) => author.send(ANSWER, { input: answer }, headers), 'TRANSITION_ILLEGAL', 'input.contributionId');
  });

  it('is answered by the author or an editor, and so is an answer taken back', async () => {
    const { id: callId } = await published();
    const advice = await publish(author, reviewer, { title: 'Skyggetaksering lønner seg' });
    const draft = (await author.ask(SAVE, { input: adviceInput() })).adviceSave.advice as Known;
    const other = await server.signInAs('CONTRIBUTOR');
    const input = { callId, contributionId: advice.id };
    for (const mutation of [ANSWER, REMOVE]) {
      for (const client of [other, reviewer]) expect(refusalOf(await client.send(mutation, { input })).code).toBe('FORBIDDEN');
      for (const client of [other, editor]) {
        const unknown = await client.send(mutation, { input: { callId, contributionId: idOf('Advice', NOBODYS) } });
        expect(refusalOf(unknown)).toMatchObject({ code: 'NOT_FOUND', field: 'input.contributionId' });
        expect((await client.send(mutation, { input: { callId, contributionId: draft.id } })).text).toBe(unknown.text);
      }
    }
    expect((await editor.ask(ANSWER, { input })).callAnswer.call).toMatchObject({ status: 'ANSWERED', answers: [{ id: advice.id }] });
    expect((await author.ask(REMOVE, { input })).callAnswerRemove.call).toMatchObject({ status: 'OPEN', answers: [] });
    await author.ask(REMOVE, { input });
    expect(await audited(callId)).toEqual(['PUBLISH 1', 'ANSWER 1', 'ANSWER_REMOVE 1']);
    await expectRefused(server, (headers) => author.send(ANSWER, { input: { ...input, callId: idOf('Call', NOBODYS) } }, headers), 'NOT_FOUND', 'input.callId');
  });

  it('is shown after each change of one request as it is then', async () => {
    const { id: callId } = await published();
    const advice = await publish(author, reviewer);
    const both = `mutation ($input: CallAnswerInput!) { one: callAnswer(input: $input) { call { status } } two: callAnswerRemove(input: $input) { call { status } } }`;
    expect(await author.ask(both, { input: { callId, contributionId: advice.id } })).toEqual({ one: { call: { status: 'ANSWERED' } }, two: { call: { status: 'OPEN' } } });
  });

  it('is closed with a reason, by whoever saw it as it is', async () => {
    const { id, version } = await published();
    await expectRefused(server, (headers) => editor.send(CLOSE, { input: { id, version: 7, reason: 'Nok.' } }, headers), 'VERSION_STALE', 'input.version');
    await expectRefused(server, (headers) => editor.send(CLOSE, { input: { id, version, reason: '' } }, headers), 'REQUIRED', 'input.reason');
    expect((await editor.ask(CLOSE, { input: { id, version, reason: 'Utenfor feltet.' } })).callClose.call).toMatchObject({ status: 'CLOSED', version: 2, closingReason: 'Utenfor feltet.' });
    expect([await calls(), await calls({ status: 'CLOSED' }), await calls({ status: null })]).toMatchObject([[], [{ id }], [{ id }]]);
    await expectRefused(server, (headers) => editor.send(CLOSE, { input: { id, version: 2, reason: 'Nok.' } }, headers), 'CALL_CLOSED', 'input.id');
    const advice = await publish(author, reviewer);
    await expectRefused(server, (headers) => author.send(ANSWER, { input: { callId: id, contributionId: advice.id } }, headers), 'CALL_CLOSED', 'input.callId');
    expect(await audited(id)).toEqual(['PUBLISH 1', 'CLOSE 2']);
  });

  it('once answered or closed leaves its question open again only if it is asked on three more days', async () => {
    const { id, version } = await published();
    await ask(server, 'skyggetaksering', 5);
    expect(await openQuestions(editor)).toEqual([]);
    await editor.ask(CLOSE, { input: { id, version, reason: 'Nok.' } });
    await passDays(server);
    await ask(server, 'skyggetaksering', 2);
    expect(await openQuestions(editor)).toEqual([]);
    await ask(server, 'skyggetaksering', 1);
    expect(await openQuestions(editor)).toMatchObject([{ asked: 3, days: 3 }]);

    const again = await published({ question: 'Fortsatt?' });
    const advice = await publish(author, reviewer);
    await author.ask(ANSWER, { input: { callId: again.id, contributionId: advice.id } });
    await passDays(server);
    await ask(server, 'skyggetaksering', 3);
    expect(await openQuestions(editor)).toMatchObject([{ asked: 3, days: 3 }]);
  });

  it('is listed newest first, page by page, for whom and what it is', async () => {
    const made: Shown[] = [];
    for (const [text, more] of [['xyzzyx', {}], ['qwrtzp', { roles: [], phases: ['IDEA'] }], ['plugh', { roles: ['SUPPLIER'], phases: ['IDEA', 'INNOVATION'] }]] as const) {
      made.unshift(await published(more, text));
      await passDays(server);
    }
    const ids = made.map(({ id }) => id);
    expect((await calls()).map(({ id }) => id)).toEqual(ids);
    const filtered = async (filter: object) => (await calls({ filter })).map(({ id }) => ids.indexOf(id));
    expect([await filtered({ roles: ['SUPPLIER'] }), await filtered({ phases: ['INNOVATION'] }), await filtered({ roles: ['END_USER'], phases: ['IDEA'] })]).toEqual([[0, 1], [0, 2], [1]]);
    const first = (await server.reader.ask(CALLS, { first: 2 })).calls;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await server.reader.ask(CALLS, { first: 2, after: first.pageInfo.endCursor })).calls;
    expect([...first.edges, ...rest.edges].map(({ node }: { node: Shown }) => node.id)).toEqual(ids);
  });

  it('takes three statements in a list, however many there are', async () => {
    for (const text of ['xyzzyx', 'qwrtzp']) {
      const { id: callId } = await published({}, text);
      await author.ask(ANSWER, { input: { callId, contributionId: (await publish(author, reviewer)).id } });
    }
    expect(await statementsOf(() => server.reader.ask(CALLS, { status: 'ANSWERED' }))).toBe(3);
  });
});
