import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Content1764000000002 implements MigrationInterface {
  name = 'Content1764000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE contribution (
        id uuid PRIMARY KEY,
        kind text COLLATE "C" NOT NULL CHECK (kind IN ('ADVICE')),
        status text COLLATE "C" NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'PUBLISHED', 'WITHDRAWN')),
        version integer NOT NULL CHECK (version > 0),
        author_id uuid REFERENCES account ON DELETE SET NULL,
        author_credit text,
        external_id text COLLATE "C",
        language text COLLATE "C" NOT NULL CHECK (language IN ('DA', 'NB', 'NN', 'EN')),
        title text NOT NULL,
        body text NOT NULL,
        roles text[] COLLATE "C" NOT NULL,
        phases text[] COLLATE "C" NOT NULL,
        stages text[] COLLATE "C" NOT NULL,
        forms text[] COLLATE "C" NOT NULL,
        facets integer NOT NULL,
        why text,
        valid_when text,
        sources jsonb NOT NULL DEFAULT '[]',
        basis text COLLATE "C" CHECK (basis IN ('STATED', 'DERIVED')),
        case_name text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        published_at timestamptz(3),
        visible_from timestamptz(3),
        review_by date,
        published_version integer,
        imported_version integer,
        revision jsonb,
        revision_status text COLLATE "C" CHECK (revision_status IN ('DRAFT', 'SUBMITTED')),
        withdrawal_reason text,
        CHECK (status <> 'PUBLISHED' OR (published_at IS NOT NULL AND visible_from IS NOT NULL AND published_version IS NOT NULL)),
        CHECK ((revision IS NULL) = (revision_status IS NULL)),
        CHECK (revision IS NULL OR status = 'PUBLISHED')
      )`);
    await db.query('CREATE UNIQUE INDEX contribution_external_id ON contribution (kind, external_id)');
    await db.query(`CREATE INDEX contribution_newest ON contribution (kind, published_at, id) WHERE status = 'PUBLISHED'`);
    await db.query('CREATE INDEX contribution_author ON contribution (author_id, updated_at, id)');
    await db.query(`
      CREATE INDEX contribution_to_review ON contribution (updated_at, id)
      WHERE status = 'SUBMITTED' OR revision_status = 'SUBMITTED'`);
    await db.query(`
      CREATE TABLE revision (
        id uuid PRIMARY KEY,
        contribution_id uuid NOT NULL REFERENCES contribution ON DELETE CASCADE,
        version integer NOT NULL,
        content jsonb NOT NULL,
        created_by uuid REFERENCES account ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (contribution_id, version)
      )`);
    await db.query(`
      CREATE TABLE review (
        id uuid PRIMARY KEY,
        contribution_id uuid NOT NULL REFERENCES contribution ON DELETE CASCADE,
        version integer NOT NULL,
        decision text COLLATE "C" NOT NULL CHECK (decision IN ('APPROVE', 'REQUEST_CHANGES', 'REJECT')),
        reason text,
        reviewer_id uuid REFERENCES account ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        UNIQUE (contribution_id, version)
      )`);
    await db.query(`
      CREATE TABLE audit_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz(3) NOT NULL DEFAULT now(),
        actor_id uuid,
        action text COLLATE "C" NOT NULL,
        subject_kind text COLLATE "C" NOT NULL,
        subject_id uuid NOT NULL,
        version integer
      )`);
    await db.query('CREATE INDEX audit_event_subject ON audit_event (subject_id, id)');
    await db.query(`
      CREATE TABLE idempotency_key (
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        key text COLLATE "C" NOT NULL,
        input_hash text COLLATE "C" NOT NULL,
        result_id uuid,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, key)
      )`);
    await db.query('CREATE INDEX idempotency_key_age ON idempotency_key (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE idempotency_key, audit_event, review, revision, contribution');
  }
}
