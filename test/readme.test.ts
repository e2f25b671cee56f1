import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { blocks } from './support/markdown.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let contributor: Client;

beforeAll(async () => {
  server = await Server.start('library');
  contributor = await server.signInAs('CONTRIBUTOR');
});
afterAll(() => server.stop());

const readme = await readFile('README.md', 'utf8');
const commands = blocks(readme, 'sh').filter((block) => block.includes('/graphql') && !block.includes('signIn'));

it.each(commands)('README.md shows what this answers: %s', async (command) => {
  const [, query = ''] = /"query": "(.*)"\}'/.exec(command) ?? [];
  const [shown = '{}'] = blocks(readme.slice(readme.indexOf(command)), 'json');
  const client = command.includes('authorization: Bearer') ? contributor : server.reader;
  expect({ data: await client.ask(query.replaceAll('\\"', '"')) }).toEqual(JSON.parse(shown));
});

it('README.md shows the three main uses, and a question that finds an answer in another language', () => {
  expect(commands).toHaveLength(4);
});
