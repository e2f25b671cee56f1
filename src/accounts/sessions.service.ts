import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parse, serialize } from 'cookie';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { refuse } from '../api/errors.js';
import type { AccountRole, Viewer } from '../api/viewer.js';
import { Session, type SessionKind } from './account.entity.js';
import { hashToken, newToken } from './secrets.js';

const COOKIE = 'erfara_session';
const SESSION_DAYS = 30;
const MAX_API_TOKENS = 20;

/** Knows who is behind a request, by session cookie or bearer token. */
@Injectable()
export class Sessions {
  constructor(private readonly dataSource: DataSource) {}

  /** One statement for a request that brings a token, none for a reader. */
  async viewerOf(req: Request): Promise<Viewer | null> {
    const token = tokenOf(req);
    if (!token) return null;
    const [found] = await this.dataSource.query<{ account: string; role: AccountRole; session: string }[]>(
      `SELECT a.id AS account, a.role, s.id AS session FROM session s JOIN account a ON a.id = s.account_id
       WHERE s.token_hash = $1 AND s.kind = $2 AND s.expires_at > now()`,
      [hashToken(token.value), token.kind],
    );
    return found ? { accountId: found.account, role: found.role, sessionId: found.session } : null;
  }

  /** @returns the token, which is nowhere stored. */
  async open(tx: EntityManager, accountId: string): Promise<string> {
    await tx.query('DELETE FROM session WHERE expires_at <= now()');
    return (await this.insert(tx, accountId, 'SESSION', null, SESSION_DAYS)).token;
  }

  async close(sessionId: string): Promise<void> {
    await this.dataSource.query('DELETE FROM session WHERE id = $1', [sessionId]);
  }

  /** @returns the token, which is shown once and nowhere stored. @throws {Refusal} TOO_MANY_TOKENS. */
  async createApiToken(tx: EntityManager, accountId: string, name: string, days: number): Promise<{ token: string; session: Session }> {
    await tx.query('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [accountId]);
    const [{ count }] = await tx.query<[{ count: number }]>(
      "SELECT count(*)::integer AS count FROM session WHERE account_id = $1 AND kind = 'API_TOKEN' AND expires_at > now()",
      [accountId],
    );
    if (count >= MAX_API_TOKENS) refuse('TOO_MANY_TOKENS', null, { max: MAX_API_TOKENS });
    const { token, uuid } = await this.insert(tx, accountId, 'API_TOKEN', name, days);
    return { token, session: await tx.findOneByOrFail(Session, { uuid }) };
  }

  /** The viewer's API tokens, newest first. */
  apiTokens(accountId: string): Promise<Session[]> {
    return this.dataSource
      .createQueryBuilder(Session, 's')
      .where("s.accountId = :accountId AND s.kind = 'API_TOKEN' AND s.expiresAt > now()", { accountId })
      .orderBy('s.expiresAt', 'DESC')
      .getMany();
  }

  /** @throws {Refusal} NOT_FOUND when the account has no such token. */
  async revoke(accountId: string, uuid: string): Promise<void> {
    const [, count] = await this.dataSource.query<[unknown, number]>("DELETE FROM session WHERE id = $1 AND account_id = $2 AND kind = 'API_TOKEN'", [uuid, accountId]);
    if (count === 0) refuse('NOT_FOUND', 'input.id');
  }

  private async insert(tx: EntityManager, accountId: string, kind: SessionKind, name: string | null, days: number) {
    const token = newToken();
    const uuid = randomUUID();
    await tx.query(
      `INSERT INTO session (id, account_id, kind, name, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 day')`,
      [uuid, accountId, kind, name, hashToken(token), days],
    );
    return { token, uuid };
  }
}

/** A Set-Cookie header that signs a browser in; an empty token signs it out. */
export function sessionCookie(token: string, publicUrl: string | undefined): string {
  return serialize(COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false,
    path: '/',
    maxAge: token ? SESSION_DAYS * 86_400 : 0,
  });
}

/** A bearer token wins over a cookie: it was given on purpose. */
function tokenOf(req: Request): { value: string; kind: SessionKind } | null {
  const [, bearer] = /^Bearer ([\w-]{20,200})$/.exec(req.get('authorization') ?? '') ?? [];
  if (bearer) return { value: bearer, kind: 'API_TOKEN' };
  const cookie = parse(req.get('cookie') ?? '')[COOKIE];
  return cookie && fromOwnPages(req) ? { value: cookie, kind: 'SESSION' } : null;
}

/** A browser says which site's page makes it send a request; another site's page is not signed in here. */
function fromOwnPages(req: Request): boolean {
  const origin = req.get('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.get('host'));
}
