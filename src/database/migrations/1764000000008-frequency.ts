import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One weighted frequency a posting in place of one a field: a search reads a third as much of each of thousands of
 * postings, and computes with one number. A word in a title counts 100, elsewhere 20, a part of a compound 13.
 */
export class Frequency1764000000008 implements MigrationInterface {
  name = 'Frequency1764000000008';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE search_posting DROP CONSTRAINT search_posting_pkey');
    await db.query('ALTER TABLE search_posting ALTER COLUMN title TYPE integer USING 100 * title + 20 * (body + why + context) + 13 * compound');
    await db.query('ALTER TABLE search_posting DROP COLUMN body, DROP COLUMN why, DROP COLUMN context, DROP COLUMN compound');
    await db.query('ALTER TABLE search_posting RENAME COLUMN title TO frequency');
    await db.query('ALTER TABLE search_posting ADD PRIMARY KEY (term, entry) INCLUDE (length, frequency)');
  }

  /** What each field had is not known any more; the earlier analyser reads all entries anew. */
  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE search_posting DROP CONSTRAINT search_posting_pkey');
    await db.query('ALTER TABLE search_posting DROP COLUMN frequency');
    for (const column of ['title', 'body', 'why', 'context', 'compound']) await db.query(`ALTER TABLE search_posting ADD COLUMN ${column} smallint NOT NULL DEFAULT 0`);
    await db.query('ALTER TABLE search_posting ADD PRIMARY KEY (term, entry) INCLUDE (length, title, body, why, context, compound)');
    await db.query('UPDATE search_entry SET analyser = 0');
  }
}
