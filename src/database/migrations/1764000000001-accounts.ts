import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Accounts1764000000001 implements MigrationInterface {
  name = 'Accounts1764000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE account (
        id uuid PRIMARY KEY,
        email text COLLATE "C" NOT NULL UNIQUE,
        name text,
        role text COLLATE "C" NOT NULL CHECK (role IN ('READER', 'CONTRIBUTOR', 'REVIEWER', 'EDITOR', 'ADMIN')),
        created_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await db.query(`
      CREATE TABLE sign_in_code (
        id uuid PRIMARY KEY,
        email text COLLATE "C" NOT NULL,
        code_hash bytea NOT NULL,
        attempts smallint NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL
      )`);
    await db.query('CREATE INDEX sign_in_code_email ON sign_in_code (email, created_at)');
    await db.query(`
      CREATE TABLE session (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
        kind text COLLATE "C" NOT NULL CHECK (kind IN ('SESSION', 'API_TOKEN')),
        name text,
        token_hash bytea NOT NULL UNIQUE,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL
      )`);
    await db.query('CREATE INDEX session_account ON session (account_id)');
    await db.query('CREATE INDEX session_expiry ON session (expires_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE session, sign_in_code, account');
  }
}
