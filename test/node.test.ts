import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../src/api/errors.js';
import { globalId, parseGlobalId } from '../src/api/ids.js';
import { adviceInput, contribute, type Known, publish, REVIEW, SAVE, SUBMIT, WITHDRAW } from './support/advice.js';
import { idOf, NOBODYS } from './support/ids.js';
import { refusalOf } from './support/refusal.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let reviewer: Client;
let published: Known[];
let draft: Known;
let submitted: Known;
let withdrawn: Known;

beforeAll(async () => {
  server = await Server.start();
  author = await server.signInAs('CONTRIBUTOR');
  reviewer = await server.signInAs('REVIEWER');
  published = [await publish(author, reviewer, { title: 'Første' }), await publish(author, reviewer, { title: 'Andre' }), await publish(author, reviewer, { title: 'Tredje' })];
  draft = (await author.ask(SAVE, { input: adviceInput() })).adviceSave.advice;
  submitted = await contribute(author);
  const { id, version } = await publish(author, reviewer);
  withdrawn = (await author.ask(WITHDRAW, { input: { id, version, reason: 'Stemte ikke.' } })).contributionWithdraw.contribution;
});
afterAll(() => server.stop());

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id ... on Advice { title revision { title } reviews { reason } } } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const UNKNOWN = idOf('Advice', NOBODYS);

describe('an id', () => {
  const typeName = fc.stringMatching(/^[A-Za-z]{1,30}$/);

  it('says which type and which uuid it is of, and can be sent as it is', () => {
    fc.assert(
      fc.property(typeName, fc.uuid(), (type, uuid) => {
        const id = globalId(type, uuid);
        expect(parseGlobalId(id)).toEqual({ type, uuid });
        expect(encodeURIComponent(id)).toBe(id);
      }),
    );
  });

  it('has one spelling: any other text is refused, or is itself the id of something else', () => {
    const mangled = fc.tuple(typeName, fc.uuid(), fc.nat(60), fc.nat(3), fc.string({ maxLength: 3 })).map(([type, uuid, at, removed, added]) => {
      const letters = [...globalId(type, uuid)];
      return letters.toSpliced(at, removed, added).join('');
    });
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (id) => {
        try {
          const { type, uuid } = parseGlobalId(id);
          expect(globalId(type, uuid)).toBe(id);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(error.problems).toEqual([{ code: 'ID_INVALID', field: 'id', values: {} }]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, (id: string) => string]>([
    ['with padding', (id) => `${id}=`],
    ['in capitals', (id) => id.toUpperCase()],
    ['cut short', (id) => id.slice(0, -1)],
    ['with a blank', (id) => ` ${id}`],
    ['with its uuid in capitals', (id) => Buffer.from(Buffer.from(id, 'base64url').toString().toUpperCase()).toString('base64url')],
    ['with something after its uuid', (id) => Buffer.from(`${Buffer.from(id, 'base64url').toString()}:1`).toString('base64url')],
    ['in plain text', (id) => Buffer.from(id, 'base64url').toString()],
    ['without its type', (id) => Buffer.from(Buffer.from(id, 'base64url').toString().split(':')[1] ?? '').toString('base64url')],
  ])('%s is refused, alone and among others', async (_, mangle) => {
    const [{ id }] = published as [Known];
    expect(refusalOf(await server.reader.send(NODE, { id: mangle(id) }))).toMatchObject({ code: 'ID_INVALID', field: 'id' });
    expect(refusalOf(await server.reader.send(NODES, { ids: [id, mangle(id)] }))).toMatchObject({ code: 'ID_INVALID', field: 'ids' });
  });
});

describe('node', () => {
  it('finds again what any answer named', async () => {
    for (const { id } of published) expect((await server.reader.ask(NODE, { id })).node).toMatchObject({ __typename: 'Advice', id });
  });

  it('answers for what a reader may not see, byte for byte, as for what is not there', async () => {
    const [nothing, ...hidden] = await Promise.all([UNKNOWN, draft.id, submitted.id, withdrawn.id].map((id) => server.reader.send(NODE, { id })));
    for (const { status, text } of hidden) expect({ status, text }).toEqual({ status: nothing?.status, text: nothing?.text });
  });

  it('shows a draft to nobody but its author, an administrator included', async () => {
    const other = await server.signInAs('CONTRIBUTOR');
    const editor = await server.signInAs('EDITOR');
    const admin = server.admin as Client;
    for (const client of [other, reviewer, editor, admin]) expect((await client.send(NODE, { id: draft.id })).text).toBe((await client.send(NODE, { id: UNKNOWN })).text);
    expect((await author.ask(NODE, { id: draft.id })).node).toMatchObject({ id: draft.id });
  });

  it('shows a revision that is not public to nobody but its author and reviewers', async () => {
    const { id, version } = await publish(author, reviewer, { title: 'Som det er' });
    await author.ask(SAVE, { input: adviceInput({ id, version, title: 'Som det skal bli' }) });
    const other = await server.signInAs('CONTRIBUTOR');
    for (const client of [server.reader, other]) expect((await client.ask(NODE, { id })).node).toMatchObject({ title: 'Som det er', revision: null, reviews: [] });
    expect((await author.ask(NODE, { id })).node).toMatchObject({ title: 'Som det er', revision: { title: 'Som det skal bli' } });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['save', SAVE, adviceInput()],
    ['submit', SUBMIT, {}],
    ['review', REVIEW, { decision: 'APPROVE' }],
    ['withdraw', WITHDRAW, { reason: 'Nei.' }],
  ])("to %s another's draft is answered, byte for byte, as for what is not there", async (_, mutation, input) => {
    const send = async (id: string) => (await reviewer.send(mutation, { input: { ...input, id, version: 1 } })).text;
    const answer = await send(UNKNOWN);
    expect(answer).toContain('NOT_FOUND');
    expect(await send(draft.id)).toBe(answer);
  });
});

describe('nodes', () => {
  it('keep the order asked for, also of what comes twice, with null for what cannot be seen', async () => {
    const hidden = [UNKNOWN, draft.id, submitted.id, withdrawn.id, idOf('Lighthouse', NOBODYS)];
    const any = fc.constantFrom(...published.map(({ id }) => id), ...hidden);
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 100 }), async (ids) => {
        const { nodes } = await server.reader.ask(NODES, { ids });
        expect(nodes).toEqual(ids.map((id) => (hidden.includes(id) ? null : { id })));
      }),
      { numRuns: 30 },
    );
  });

  it('are at most 100', async () => {
    const ids = Array.from({ length: 101 }, () => UNKNOWN);
    expect(refusalOf(await server.reader.send(NODES, { ids }))).toMatchObject({ code: 'TOO_MANY', field: 'ids' });
  });
});
