import type { SelectQueryBuilder } from 'typeorm';
import type { Viewer } from '../api/viewer.js';
import { AccountRole, atLeast } from '../api/viewer.js';
import type { Contribution } from './contribution.entity.js';

/**
 * What anyone may see: published, and visible by the *database's* clock, from the first instant of `visible_from` on.
 * The one predicate behind every list, count, node, search and export.
 * @param alias of the contribution table in the statement.
 */
export function publicNow(alias: string): string {
  return `(${alias}.status = 'PUBLISHED' AND ${alias}.visible_from <= now())`;
}

/** What this viewer may see besides: their own; what waits for review, as a reviewer; what was withdrawn, as an editor. */
export function visibleTo<Kind extends Contribution>(rows: SelectQueryBuilder<Kind>, viewer: Viewer | null): SelectQueryBuilder<Kind> {
  const alias = rows.alias;
  if (!viewer) return rows.andWhere(publicNow(alias));
  const seen = [publicNow(alias), `${alias}.author_id = :viewer`];
  if (atLeast(viewer, AccountRole.REVIEWER)) seen.push(`${alias}.status = 'SUBMITTED'`);
  if (atLeast(viewer, AccountRole.EDITOR)) seen.push(`${alias}.status IN ('PUBLISHED', 'WITHDRAWN')`);
  return rows.andWhere(`(${seen.join(' OR ')})`, { viewer: viewer.accountId });
}
