import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { refuse } from '../api/errors.js';

const KEPT = "interval '24 hours'";

/**
 * Does `work` once for a key: a repeated request gets the id that the first one made, also when both arrive at once.
 * The key is written first and in the same transaction, so a second request waits for the first to commit or fail.
 * @returns the uuid that `work` made, now or the first time.
 * @throws {Refusal} IDEMPOTENCY_KEY_REUSED when the key came with another input within 24 hours.
 */
export async function once(
  tx: EntityManager,
  { accountId, key, input }: { accountId: string; key: string | null | undefined; input: object },
  work: () => Promise<string>,
): Promise<string> {
  if (!key) return work();
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
  await tx.query(`DELETE FROM idempotency_key WHERE created_at < now() - ${KEPT} AND account_id = $1`, [accountId]);
  const inserted = await tx.query<{ key: string }[]>(
    'INSERT INTO idempotency_key (account_id, key, input_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key',
    [accountId, key, hash],
  );
  if (inserted.length === 0) {
    const [first] = await tx.query<{ input_hash: string; result_id: string }[]>(
      'SELECT input_hash, result_id FROM idempotency_key WHERE account_id = $1 AND key = $2',
      [accountId, key],
    );
    return first?.input_hash === hash ? first.result_id : refuse('IDEMPOTENCY_KEY_REUSED', 'input.idempotencyKey');
  }
  const result = await work();
  await tx.query('UPDATE idempotency_key SET result_id = $3 WHERE account_id = $1 AND key = $2', [accountId, key, result]);
  return result;
}
