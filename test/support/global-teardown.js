import { rm } from 'node:fs/promises';
import pg from 'pg';

export default async function globalTeardown() {
  await rm(process.env.ERFARA_TEST_FOLDER, { recursive: true, force: true });
  if (!process.env.DATABASE_URL) return;
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`DROP DATABASE ${process.env.ERFARA_TEST_TEMPLATE}`);
  await client.end();
}
