import type { DataSource } from 'typeorm';

const tablesOf = (database: DataSource) =>
  database.query<{ name: string }[]>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1");

/** How many rows each table has, and a hash of all they hold: equal before and after means that nothing was written. */
export async function fingerprint(database: DataSource): Promise<{ table: string; rows: number; hash: string }[]> {
  const tables = await tablesOf(database);
  const each = tables.map(({ name }) => `SELECT '${name}' AS table, count(*)::integer AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${name}" t`);
  return database.query(`${each.join(' UNION ALL ')} ORDER BY 1`);
}

/** Every row of every table as text: whatever somebody who steals the database can read. */
export async function everything(database: DataSource): Promise<string> {
  const tables = await tablesOf(database);
  const rows = await database.query<{ row: string }[]>(tables.map(({ name }) => `SELECT t::text AS row FROM "${name}" t`).join(' UNION ALL '));
  return rows.map(({ row }) => row).join('\n');
}
