import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a term is part of a compound, as a posting's further frequency. Entries of the earlier analyser have none until they are analysed anew. */
export class Compounds1764000000005 implements MigrationInterface {
  name = 'Compounds1764000000005';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE search_posting ADD COLUMN compound smallint NOT NULL DEFAULT 0');
    await replaceKey(db, 'length, title, body, why, context, compound');
    await db.query('CREATE INDEX search_entry_analyser ON search_entry (analyser)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX search_entry_analyser');
    await replaceKey(db, 'length, title, body, why, context');
    await db.query('ALTER TABLE search_posting DROP COLUMN compound');
  }
}

/** Searches read postings from the key alone, so it holds all they need. */
async function replaceKey(db: QueryRunner, included: string): Promise<void> {
  await db.query(`ALTER TABLE search_posting DROP CONSTRAINT search_posting_pkey, ADD PRIMARY KEY (term, entry) INCLUDE (${included})`);
}
