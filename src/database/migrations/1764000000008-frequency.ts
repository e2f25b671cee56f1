import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The bit of advice beside an entry's 25 facets. */
const ADVICE = 1 << 25;

/**
 * One weighted frequency a posting in place of one a field (a word in a title counts 100, elsewhere 20, a part of a
 * compound 16), and the entry's facets and kind: a search reads thousands of postings, and has nothing to look up for
 * each of the entries that it only counts.
 */
export class Frequency1764000000008 implements MigrationInterface {
  name = 'Frequency1764000000008';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE posting (
        term text COLLATE "C" NOT NULL,
        entry integer NOT NULL,
        length integer NOT NULL,
        frequency integer NOT NULL,
        facets integer NOT NULL
      )`);
    await db.query(`
      INSERT INTO posting
      SELECT p.term, p.entry, p.length, 100 * p.title + 20 * (p.body + p.why + p.context) + 16 * p.compound, e.facets | ${ADVICE}
      FROM search_posting p JOIN search_entry e USING (entry) ORDER BY p.term, p.entry`);
    await replacePostings(db, 'length, frequency, facets');
  }

  /** What each field had is not known any more; the earlier analyser reads all entries anew. */
  async down(db: QueryRunner): Promise<void> {
    const frequencies = ['title', 'body', 'why', 'context', 'compound'];
    await db.query(`
      CREATE TABLE posting (
        term text COLLATE "C" NOT NULL,
        entry integer NOT NULL,
        length integer NOT NULL,
        ${frequencies.map((column) => `${column} smallint NOT NULL DEFAULT 0`).join(', ')}
      )`);
    await db.query('INSERT INTO posting (term, entry, length) SELECT term, entry, length FROM search_posting');
    await replacePostings(db, ['length', ...frequencies].join(', '));
    await db.query('UPDATE search_entry SET analyser = 0');
  }
}

/** Searches read postings from the key alone, so it holds all they need. */
async function replacePostings(db: QueryRunner, included: string): Promise<void> {
  await db.query('DROP TABLE search_posting');
  await db.query('ALTER TABLE posting RENAME TO search_posting');
  await db.query(`ALTER TABLE search_posting ADD PRIMARY KEY (term, entry) INCLUDE (${included})`);
  await db.query('CREATE INDEX search_posting_entry ON search_posting (entry)');
  await db.query("CREATE INDEX search_posting_concept ON search_posting (entry, term) WHERE term >= '#' AND term < '$'");
}
