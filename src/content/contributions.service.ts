import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { may } from '../accounts/access.js';
import { refuse } from '../api/errors.js';
import type { Viewer } from '../api/viewer.js';
import { Audit } from '../audit/audit.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Postings } from '../search/postings.js';
import { Contribution, Review, type ReviewDecision, Revision } from './contribution.entity.js';
import { once } from './idempotency.js';
import { type Kind, Kinds, searchable } from './kinds.js';
import { actionsFrom, ContributionAction, ContributionStatus, next, stateOf } from './lifecycle.js';
import { visibleTo } from './visibility.js';

/** Which contribution a change is meant for, and the version its author last saw. */
export interface Target {
  readonly typeName: string;
  readonly uuid: string;
  readonly version: number;
}
export interface Save<Content extends object> {
  readonly target: Target | null;
  readonly content: Content;
  readonly authorCredit?: string | null;
  readonly idempotencyKey?: string | null;
}
/** After publishing, somebody looks again within this time. */
const REVIEW_AFTER = "interval '2 years'";

/** The life that every contribution shares. Each step is one transaction: state, text, review, audit entry, postings. */
@Injectable()
export class Contributions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly kinds: Kinds,
    private readonly postings: Postings,
    private readonly audit: Audit,
  ) {}

  /**
   * Saves a new draft, a draft, or the revision of a published contribution; with `submit` hands it in as well.
   * @throws {Refusal} NOT_FOUND, FORBIDDEN, VERSION_STALE, TRANSITION_ILLEGAL or IDEMPOTENCY_KEY_REUSED.
   */
  async save<Row extends Contribution, Content extends object>(viewer: Viewer, kind: Kind<Row, Content>, save: Save<Content>, submit: boolean): Promise<Row> {
    const { idempotencyKey: key, ...input } = save;
    return this.unitOfWork.run(async (tx) => {
      const uuid = await once(tx, { accountId: viewer.accountId, key, input: { kind: kind.kind, submit, ...input } }, async () => {
        let row = save.target ? await this.claim(tx, viewer, save.target, 'EDIT') : await this.create(tx, viewer, kind, save);
        if (save.target) row = await this.edit(tx, viewer, kind, row, save);
        if (submit) await this.advance(tx, viewer, row, ContributionAction.SUBMIT);
        return row.uuid;
      });
      return (await this.read(tx, uuid)) as Row;
    });
  }

  /** Hands a draft or revision in for review. @throws {Refusal} as {@link save}. */
  async submit(viewer: Viewer, target: Target): Promise<Contribution> {
    return this.unitOfWork.run(async (tx) =>
      this.advance(tx, viewer, await this.claim(tx, viewer, target, 'SUBMIT'), ContributionAction.SUBMIT),
    );
  }

  /** Decides on what was submitted. @throws {Refusal} as {@link save}, REQUIRED without a reason, OWN_CONTRIBUTION. */
  async review(viewer: Viewer, target: Target, decision: ReviewDecision, reason: string | null): Promise<Contribution> {
    const approve = (decision as string) === (ContributionAction.APPROVE as string);
    if (!approve && !reason) refuse('REQUIRED', 'input.reason');
    return this.unitOfWork.run(async (tx) => {
      const row = await this.claim(tx, viewer, target, 'REVIEW');
      await this.requireSecondPerson(tx, viewer, row);
      const revised = approve && row.revision ? { ...this.kinds.of(row).columns(row.revision), revision: null } : {};
      const published = {
        publishedAt: () => 'coalesce(published_at, now())',
        visibleFrom: () => 'coalesce(visible_from, now())',
        reviewBy: () => `(now() + ${REVIEW_AFTER})::date`,
        publishedVersion: row.version + 1,
      };
      const after = await this.advance(tx, viewer, row, ContributionAction[decision], approve ? { ...published, ...revised } : {});
      await tx.insert(Review, { id: randomUUID(), contributionId: row.uuid, version: row.version, decision, reason, reviewerId: viewer.accountId });
      if (approve) await this.postings.change(tx, { removed: [row.uuid], added: [searchable(this.kinds.of(after), after)] });
      return after;
    });
  }

  /** Takes a contribution out, with its reason. @throws {Refusal} as {@link save}. */
  async withdraw(viewer: Viewer, target: Target, reason: string): Promise<Contribution> {
    return this.unitOfWork.run(async (tx) => {
      const row = await this.claim(tx, viewer, target, 'WITHDRAW');
      const after = await this.advance(tx, viewer, row, ContributionAction.WITHDRAW, { withdrawalReason: reason, revision: null });
      if (row.status === ContributionStatus.PUBLISHED) await this.postings.change(tx, { removed: [row.uuid] });
      return after;
    });
  }

  private async create<Row extends Contribution, Content extends object>(tx: EntityManager, viewer: Viewer, kind: Kind<Row, Content>, save: Save<Content>): Promise<Contribution> {
    if (!may(viewer, 'CREATE', { authorId: null, isPublic: false })) refuse('FORBIDDEN');
    const uuid = randomUUID();
    await tx.insert(kind.entity, {
      ...kind.columns(save.content),
      uuid,
      status: ContributionStatus.DRAFT,
      version: 1,
      authorId: viewer.accountId,
      authorCredit: save.authorCredit ?? null,
    } as unknown as QueryDeepPartialEntity<Row>);
    const row = await this.read(tx, uuid);
    await this.keep(tx, viewer, row, save.content);
    await this.audit.note(tx, { actorId: viewer.accountId, action: ContributionAction.SAVE, subjectKind: row.kind, subjectId: uuid, version: 1 });
    return row;
  }

  private async edit<Content extends object>(tx: EntityManager, viewer: Viewer, kind: Kind, row: Contribution, save: Save<Content>): Promise<Contribution> {
    const revising = row.status === ContributionStatus.PUBLISHED;
    const credit = save.authorCredit === undefined ? {} : { authorCredit: save.authorCredit };
    const after = await this.advance(tx, viewer, row, ContributionAction.SAVE, revising ? { revision: save.content } : { ...kind.columns(save.content), ...credit });
    const before = revising ? (row.revision ?? kind.content(row)) : kind.content(row);
    if (!isDeepStrictEqual({ ...before }, { ...save.content })) await this.keep(tx, viewer, after, save.content);
    return after;
  }

  /** Reads and locks a contribution for a change, if the viewer may make it and has seen the latest version. */
  private async claim(tx: EntityManager, viewer: Viewer, target: Target, deed: 'EDIT' | 'SUBMIT' | 'REVIEW' | 'WITHDRAW'): Promise<Contribution> {
    const rows = tx.createQueryBuilder(Contribution, 'c').where('c.uuid = :uuid', { uuid: target.uuid }).setLock('pessimistic_write');
    const row = await visibleTo(rows, viewer).getOne();
    if (row?.typeName !== target.typeName) refuse('NOT_FOUND', 'input.id');
    if (!may(viewer, deed, { authorId: row.authorId, isPublic: row.status === ContributionStatus.PUBLISHED })) refuse('FORBIDDEN');
    if (row.version !== target.version) refuse('VERSION_STALE', 'input.version', { current: row.version, given: target.version });
    return row;
  }

  /** One step in the table of transitions. @throws {Refusal} TRANSITION_ILLEGAL. */
  private async advance(tx: EntityManager, viewer: Viewer, row: Contribution, action: ContributionAction, columns: object = {}): Promise<Contribution> {
    const state = stateOf(row);
    const to = next(state, action) ?? refuse('TRANSITION_ILLEGAL', 'input.id', { action, state, possible: actionsFrom(state).join(', ') || '–' });
    const version = row.version + 1;
    await tx.update(this.kinds.of(row).entity, { uuid: row.uuid, version: row.version }, { ...columns, ...to, version, updatedAt: () => 'now()' });
    await this.audit.note(tx, { actorId: viewer.accountId, action, subjectKind: row.kind, subjectId: row.uuid, version });
    return this.read(tx, row.uuid);
  }

  /** Nobody approves, or sends back, words of their own: whoever saved a text since the last publication is not a second person. */
  private async requireSecondPerson(tx: EntityManager, viewer: Viewer, row: Contribution): Promise<void> {
    const [own] = await tx.query<object[]>('SELECT 1 FROM revision WHERE contribution_id = $1 AND version > $2 AND created_by = $3 LIMIT 1', [
      row.uuid,
      row.publishedVersion ?? 0,
      viewer.accountId,
    ]);
    if (own) refuse('OWN_CONTRIBUTION', 'input.id');
  }

  private async keep(tx: EntityManager, viewer: Viewer, row: Contribution, content: object): Promise<void> {
    await tx.insert(Revision, { id: randomUUID(), contributionId: row.uuid, version: row.version, content, createdBy: viewer.accountId });
  }

  private read(tx: EntityManager, uuid: string): Promise<Contribution> {
    return tx.findOneByOrFail(Contribution, { uuid });
  }
}
