import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse, print } from 'graphql';
import { EXAMPLES } from '../src/api/examples.js';
import { ContributionAction, TRANSITIONS } from '../src/content/lifecycle.js';
import { adviceInput, contribute, publish } from './support/advice.js';
import { blocks } from './support/markdown.js';
import { ask, openQuestions, publishCall } from './support/questions.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let author: Client;
let reviewer: Client;
let editor: Client;
let administrator: Client;

beforeAll(async () => {
  server = await Server.start('library');
  author = await server.signInAs('CONTRIBUTOR');
  reviewer = await server.signInAs('REVIEWER');
  editor = await server.signInAs('EDITOR');
  administrator = await server.signIn('admin@example.org');
});
afterAll(() => server.stop());

const gallery = blocks(await readFile('docs/api.md', 'utf8'), 'graphql');
const nameOf = (operation: string) => (parse(operation).definitions[0] as OperationDefinitionNode).name?.value ?? '';

const conceptId = async () => ((await server.reader.ask('{ concepts(prefix: "kontrakt", first: 1) { id } }')) as { concepts: { id: string }[] }).concepts[0]?.id;

/** Who sends each operation of the gallery that a reader cannot, and with which variables. */
const SENDERS: Record<string, () => Promise<{ client: Client; variables?: object }>> = {
  Contribute: async () => ({ client: author }),
  Mine: async () => ({ client: author }),
  SaveDraft: async () => ({ client: author }),
  Similar: async () => ({ client: server.reader, variables: await publish(author, reviewer) }),
  One: async () => ({ client: server.reader, variables: await publish(author, reviewer) }),
  NextPage: async () => {
    const { advice } = await server.reader.ask('{ advice(search: "udbud", first: 2) { pageInfo { endCursor } } }');
    return { client: server.reader, variables: { after: advice.pageInfo.endCursor } };
  },
  Submit: async () => {
    const { adviceSave } = await author.ask('mutation ($input: AdviceSaveInput!) { adviceSave(input: $input) { advice { id version } } }', { input: adviceInput() });
    return { client: author, variables: adviceSave.advice };
  },
  Queue: async () => ({ client: reviewer }),
  Approve: async () => ({ client: reviewer, variables: await contribute(author) }),
  SendBack: async () => ({ client: reviewer, variables: await contribute(author) }),
  Revise: async () => ({ client: author, variables: await publish(author, reviewer) }),
  Withdraw: async () => ({ client: author, variables: await publish(author, reviewer) }),
  SignIn: async () => {
    await server.reader.ask('mutation { signInRequest(input: { email: "name@example.org" }) { sent } }');
    return { client: server.reader, variables: { code: server.mailbox.codeFor('name@example.org') } };
  },
  ByConcept: async () => ({ client: server.reader, variables: { concept: await conceptId() } }),
  SaveConcept: async () => ({ client: administrator }),
  Annotate: async () => ({ client: administrator, variables: { ...(await publish(author, reviewer)), concept: await conceptId() } }),
  OpenQuestions: async () => ({ client: editor }),
  PublishCall: async () => {
    await ask(server, 'skyggetaksering');
    const [question] = await openQuestions(editor);
    return { client: editor, variables: { questionId: question?.id } };
  },
  AnswerCall: async () => ({ client: author, variables: { callId: (await publishCall(server, editor, 'xyzzyx')).id, contributionId: (await publish(author, reviewer)).id } }),
  CloseCall: async () => ({ client: editor, variables: await publishCall(server, editor, 'qwrtzp') }),
  ApiToken: async () => ({ client: author }),
  Promote: async () => {
    await server.signIn('name@example.org');
    return { client: administrator };
  },
};

describe('docs/api.md', () => {
  it.each(gallery.map((operation) => [nameOf(operation), operation]))('%s does what it says', async (name, operation) => {
    const { client, variables = {} } = (await SENDERS[name]?.()) ?? { client: server.reader };
    const data = await client.ask(operation, variables);
    for (const payload of Object.values(data as Record<string, { userErrors?: unknown[]; totalCount?: number } | null>)) {
      expect(payload).not.toBeNull();
      expect(payload?.userErrors ?? []).toEqual([]);
      expect(payload?.totalCount ?? 1).toBeGreaterThan(0);
    }
  });

  it('begins with the three main uses, the ones that GraphiQL opens with', () => {
    const printed = (operation: string) => print(parse(operation));
    expect(gallery.slice(0, 3).map(printed)).toEqual(EXAMPLES.map(({ query }) => printed(query)));
  });
});

it('docs/lifecycle.md shows the table that the code reads', async () => {
  const actions = Object.values(ContributionAction);
  const rows = [
    `| state | ${actions.join(' | ')} |`,
    `|${'---|'.repeat(actions.length + 1)}`,
    ...Object.entries(TRANSITIONS).map(([state, to]) => `| ${state} | ${actions.map((action) => to[action] ?? '–').join(' | ')} |`),
  ];
  expect(await readFile('docs/lifecycle.md', 'utf8')).toContain(rows.join('\n'));
});
