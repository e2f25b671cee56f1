import pg from 'pg';

/** How many statements this process sends to its database while `work` runs: counted in the driver, which both databases use. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const prototype = pg.Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
  const { query } = prototype;
  let count = 0;
  prototype.query = function (...parameters: unknown[]) {
    count += 1;
    return query.apply(this, parameters);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return count;
}
