import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an outside search engine needs: which entries changed, and which index answers. */
export class SearchIndex1764000000004 implements MigrationInterface {
  name = 'SearchIndex1764000000004';

  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE SEQUENCE search_outbox_sequence');
    // One row an entry, however often it changes; no foreign key, so that what is deleted leaves the index as well.
    await db.query(`
      CREATE TABLE search_outbox (
        contribution_id uuid PRIMARY KEY,
        sequence bigint NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        available_at timestamptz(3) NOT NULL DEFAULT now(),
        attempts integer NOT NULL DEFAULT 0,
        claimed_by uuid,
        claimed_until timestamptz(3),
        pushed boolean NOT NULL DEFAULT false
      )`);
    await db.query('CREATE INDEX search_outbox_pending ON search_outbox (available_at, sequence) WHERE NOT pushed');
    await db.query(`
      CREATE TABLE search_index (
        uid text COLLATE "C" PRIMARY KEY,
        status text COLLATE "C" NOT NULL CHECK (status IN ('BUILDING', 'ACTIVE', 'RETIRED')),
        settings_version integer NOT NULL,
        lease_until timestamptz(3),
        changed_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await db.query("CREATE UNIQUE INDEX search_index_status ON search_index (status) WHERE status <> 'RETIRED'");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE search_index, search_outbox');
    await db.query('DROP SEQUENCE search_outbox_sequence');
  }
}
