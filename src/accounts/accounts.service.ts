import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { refuse } from '../api/errors.js';
import type { Locale } from '../api/messages.js';
import { AccountRole, type Viewer } from '../api/viewer.js';
import { Audit } from '../audit/audit.module.js';
import { CONFIG, type Config } from '../config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Account } from './account.entity.js';
import { Mailer } from './mail.js';
import { hashCode, newCode, sameHash } from './secrets.js';
import { Sessions } from './sessions.service.js';
import { codeMail } from './sign-in.mail.js';

const CODE_MINUTES = 10;
const MAX_ATTEMPTS = 5;
/** Codes that an address can ask for within {@link WINDOW_MINUTES}. */
const MAX_CODES = 5;
const WINDOW_MINUTES = 60;

/** Signing in with a one-time code by e-mail, and what an account may do. */
@Injectable()
export class Accounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends a code; the answer is the same whether the address is known. @throws {Refusal} TOO_MANY_ATTEMPTS. */
  async requestCode(email: string, locale: Locale): Promise<void> {
    const address = email.toLowerCase();
    const code = newCode();
    const id = randomUUID();
    const hash = await hashCode(code, id);
    await this.unitOfWork.run(async (tx) => {
      // One at a time for an address, so that parallel requests cannot get around the count.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [address]);
      await tx.query(`DELETE FROM sign_in_code WHERE created_at < now() - ${WINDOW_MINUTES} * interval '1 minute'`);
      const [{ count }] = await tx.query<[{ count: number }]>('SELECT count(*)::integer AS count FROM sign_in_code WHERE email = $1', [address]);
      if (count >= MAX_CODES) refuse('TOO_MANY_ATTEMPTS', 'input.email', { minutes: WINDOW_MINUTES });
      await tx.query(`INSERT INTO sign_in_code (id, email, code_hash, expires_at) VALUES ($1, $2, $3, now() + ${CODE_MINUTES} * interval '1 minute')`, [id, address, hash]);
    });
    await this.mailer.send(codeMail(address, code, CODE_MINUTES, locale));
  }

  /**
   * Signs in with the latest code sent to the address; the first time makes the account.
   * @returns the account and a new session's token.
   * @throws {Refusal} CODE_INVALID, also for the right code after {@link MAX_ATTEMPTS} wrong ones.
   */
  async verifyCode(email: string, code: string): Promise<{ account: Account; token: string }> {
    const address = email.toLowerCase();
    // Counted in a statement of its own, before the code is looked at: guesses cannot be made in parallel or rolled back.
    const [[attempt]] = await this.dataSource.query<[{ id: string; code_hash: Buffer }[], number]>(
      `UPDATE sign_in_code SET attempts = attempts + 1
       WHERE id = (SELECT id FROM sign_in_code WHERE email = $1 ORDER BY created_at DESC, id LIMIT 1)
         AND attempts < $2 AND expires_at > now()
       RETURNING id, code_hash`,
      [address, MAX_ATTEMPTS],
    );
    const hash = await hashCode(code, attempt?.id ?? randomUUID());
    if (!attempt || !sameHash(hash, attempt.code_hash)) refuse('CODE_INVALID', 'input.code');
    return this.unitOfWork.run(async (tx) => {
      const [used] = await tx.query<[object[], number]>('DELETE FROM sign_in_code WHERE id = $1 RETURNING id', [attempt.id]);
      if (used.length === 0) refuse('CODE_INVALID', 'input.code');
      const account = await this.accountOf(tx, address);
      return { account, token: await this.sessions.open(tx, account.uuid) };
    });
  }

  /** Gives another account its role; at once, also for its open sessions. @throws {Refusal} NOT_FOUND or OWN_ROLE. */
  async setRole(viewer: Viewer, email: string, role: AccountRole): Promise<Account> {
    return this.unitOfWork.run(async (tx) => {
      const account = (await tx.findOne(Account, { where: { email: email.toLowerCase() }, lock: { mode: 'pessimistic_write' } })) ?? refuse('NOT_FOUND', 'input.email');
      if (account.uuid === viewer.accountId) refuse('OWN_ROLE', 'input.email');
      await tx.update(Account, { uuid: account.uuid }, { role });
      await this.audit.note(tx, { actorId: viewer.accountId, action: `ROLE_${role}`, subjectKind: 'ACCOUNT', subjectId: account.uuid, version: null });
      return Object.assign(account, { role });
    });
  }

  byUuid(uuid: string): Promise<Account | null> {
    return this.dataSource.manager.findOneBy(Account, { uuid });
  }

  /** A first sign-in makes a contributor; the address of ADMIN_EMAIL is made administrator while there is none. */
  private async accountOf(tx: EntityManager, email: string): Promise<Account> {
    await tx.query('INSERT INTO account (id, email, role) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING', [randomUUID(), email, AccountRole.CONTRIBUTOR]);
    if (email === this.config.adminEmail)
      await tx.query("UPDATE account SET role = 'ADMIN' WHERE email = $1 AND NOT EXISTS (SELECT FROM account WHERE role = 'ADMIN')", [email]);
    return tx.findOneByOrFail(Account, { email });
  }
}
