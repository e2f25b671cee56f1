import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What searches ask for, and calls for contributions about it. Nothing here says who searched, nor in which order: like
 * searches of a day are one row, without a time and without a number that counts up.
 */
export class Questions1764000000007 implements MigrationInterface {
  name = 'Questions1764000000007';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE question (
        id uuid PRIMARY KEY,
        terms text[] COLLATE "C" NOT NULL,
        words text[] COLLATE "C" NOT NULL,
        last_day date NOT NULL
      )`);
    // Facets are the roles and phases that were asked for.
    await db.query(`
      CREATE TABLE question_day (
        question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
        day date NOT NULL,
        facets integer NOT NULL,
        searches integer NOT NULL,
        weak integer NOT NULL,
        PRIMARY KEY (question_id, day, facets)
      )`);
    await db.query(`
      CREATE TABLE search_log (
        question_id uuid NOT NULL REFERENCES question ON DELETE CASCADE,
        day date NOT NULL,
        facets integer NOT NULL,
        text text COLLATE "C" NOT NULL,
        searches integer NOT NULL,
        weak integer NOT NULL,
        PRIMARY KEY (question_id, day, facets, text)
      )`);
    await db.query('CREATE INDEX search_log_day ON search_log (day)');
    await db.query('CREATE INDEX question_last_day ON question (last_day)');
    await db.query(`
      CREATE TABLE call (
        id uuid PRIMARY KEY,
        question_id uuid NOT NULL REFERENCES question,
        question text NOT NULL,
        language text COLLATE "C" NOT NULL CHECK (language IN ('DA', 'NB', 'NN', 'EN')),
        roles text[] COLLATE "C" NOT NULL,
        phases text[] COLLATE "C" NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        created_by uuid REFERENCES account ON DELETE SET NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        closed_at timestamptz(3),
        closing_reason text,
        CHECK ((closed_at IS NULL) = (closing_reason IS NULL))
      )`);
    await db.query('CREATE INDEX call_question ON call (question_id)');
    await db.query('CREATE INDEX call_newest ON call (created_at, id)');
    await db.query(`
      CREATE TABLE call_answer (
        call_id uuid NOT NULL REFERENCES call ON DELETE CASCADE,
        contribution_id uuid NOT NULL REFERENCES contribution ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (call_id, contribution_id)
      )`);
    await db.query('CREATE INDEX call_answer_contribution ON call_answer (contribution_id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE call_answer, call, search_log, question_day, question');
  }
}
