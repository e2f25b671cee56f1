import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Concepts with their labels and relations, what editors decided about an entry's concepts, and which entries are to be annotated anew. */
export class Thesaurus1764000000006 implements MigrationInterface {
  name = 'Thesaurus1764000000006';

  async up(db: QueryRunner): Promise<void> {
    // Always read as a whole, so labels and relations are one document a concept.
    await db.query(`
      CREATE TABLE concept (
        id uuid PRIMARY KEY,
        slug text COLLATE "C" NOT NULL UNIQUE,
        version integer NOT NULL CHECK (version > 0),
        imported_version integer,
        content jsonb NOT NULL
      )`);
    await db.query(`
      CREATE TABLE concept_revision (
        concept_id uuid NOT NULL REFERENCES concept ON DELETE CASCADE,
        version integer NOT NULL,
        content jsonb NOT NULL,
        created_by uuid REFERENCES account ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (concept_id, version)
      )`);
    // Counts up with every change: whoever read the concepts at another version reads them again.
    await db.query(`
      CREATE TABLE thesaurus (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        version integer NOT NULL
      )`);
    await db.query('INSERT INTO thesaurus (version) VALUES (0)');
    await db.query(`
      CREATE TABLE annotation_edit (
        contribution_id uuid NOT NULL REFERENCES contribution ON DELETE CASCADE,
        concept_id uuid NOT NULL REFERENCES concept ON DELETE CASCADE,
        edit text COLLATE "C" NOT NULL CHECK (edit IN ('ADDED', 'STRUCK')),
        created_by uuid REFERENCES account ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (contribution_id, concept_id)
      )`);
    await db.query('CREATE TABLE annotation_queue (contribution_id uuid PRIMARY KEY)');
    await db.query("CREATE INDEX search_posting_concept ON search_posting (entry, term) WHERE term >= '#' AND term < '$'");
    // Raised when an entry's concepts change and its words don't.
    await db.query('ALTER TABLE search_entry ADD COLUMN annotation integer NOT NULL DEFAULT 0');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE search_entry DROP COLUMN annotation');
    await db.query('DROP INDEX search_posting_concept');
    await db.query("DELETE FROM search_posting WHERE term LIKE '#%'");
    await db.query("DELETE FROM search_term WHERE term LIKE '#%'");
    await db.query('DROP TABLE annotation_queue, annotation_edit, thesaurus, concept_revision, concept');
  }
}
