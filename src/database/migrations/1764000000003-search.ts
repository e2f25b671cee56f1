import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The built-in search index. A term is a word as readers write it ("rettigheder"), a stem ("~rettighed") or the
 * beginning of a title's word ("^rett"), all folded. Rows exist only for what is visible now.
 */
export class Search1764000000003 implements MigrationInterface {
  name = 'Search1764000000003';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE search_entry (
        entry integer GENERATED ALWAYS AS IDENTITY,
        contribution_id uuid NOT NULL UNIQUE REFERENCES contribution ON DELETE CASCADE,
        kind text COLLATE "C" NOT NULL,
        published_at timestamptz(3) NOT NULL,
        facets integer NOT NULL,
        length integer NOT NULL,
        analyser smallint NOT NULL,
        words text COLLATE "C" NOT NULL,
        PRIMARY KEY (entry) INCLUDE (contribution_id, kind, published_at, facets)
      ) WITH (toast_tuple_target = 128)`);
    // Kept out of the rows that every search reads; only phrases look at them.
    await db.query('ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL');
    // No foreign key: checking it row by row would double the time it takes to publish. Postings alone writes both tables.
    await db.query(`
      CREATE TABLE search_posting (
        term text COLLATE "C" NOT NULL,
        entry integer NOT NULL,
        length integer NOT NULL,
        title smallint NOT NULL,
        body smallint NOT NULL,
        why smallint NOT NULL,
        context smallint NOT NULL,
        PRIMARY KEY (term, entry) INCLUDE (length, title, body, why, context)
      )`);
    await db.query('CREATE INDEX search_posting_entry ON search_posting (entry)');
    // Letters and size only of words: what a misspelt word is compared with.
    await db.query(`
      CREATE TABLE search_term (
        term text COLLATE "C" PRIMARY KEY,
        entries integer NOT NULL,
        letters integer,
        size smallint
      ) WITH (fillfactor = 70)`);
    await db.query('CREATE INDEX search_term_size ON search_term (size) INCLUDE (letters, term) WHERE size IS NOT NULL');
    await db.query(`
      CREATE TABLE search_statistics (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        entries integer NOT NULL CHECK (entries >= 0),
        length bigint NOT NULL
      ) WITH (fillfactor = 10)`);
    await db.query('INSERT INTO search_statistics (entries, length) VALUES (0, 0)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE search_statistics, search_term, search_posting, search_entry');
  }
}
