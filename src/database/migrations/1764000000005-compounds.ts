import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a term is part of a compound, as a posting's further frequency; and how words are written. Entries of the earlier analyser have none until they are analysed anew. */
export class Compounds1764000000005 implements MigrationInterface {
  name = 'Compounds1764000000005';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE search_posting ADD COLUMN compound smallint NOT NULL DEFAULT 0');
    await replaceKey(db, 'length, title, body, why, context, compound');
    // How a word is written: terms are folded, and readers are shown words.
    await db.query('ALTER TABLE search_term ADD COLUMN surface text COLLATE "C"');
    await db.query('CREATE INDEX search_entry_analyser ON search_entry (analyser)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX search_entry_analyser');
    await db.query('ALTER TABLE search_term DROP COLUMN surface');
    await replaceKey(db, 'length, title, body, why, context');
    await db.query('ALTER TABLE search_posting DROP COLUMN compound');
  }
}

/** Searches read postings from the key alone, so it holds all they need. */
async function replaceKey(db: QueryRunner, included: string): Promise<void> {
  await db.query(`ALTER TABLE search_posting DROP CONSTRAINT search_posting_pkey, ADD PRIMARY KEY (term, entry) INCLUDE (${included})`);
}
