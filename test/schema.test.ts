import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { Server } from './support/server.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

it('schema.graphql is the schema that the code makes (npm run schema writes it)', async () => {
  const made = `${printSchema(lexicographicSortSchema(server.app.get(GraphQLSchemaHost).schema))}\n`;
  if (process.env['WRITE_SCHEMA']) await writeFile('schema.graphql', made);
  expect(await readFile('schema.graphql', 'utf8')).toBe(made);
});
