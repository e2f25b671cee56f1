import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { may } from '../accounts/access.js';
import type { ApiContext } from '../api/context.js';
import { refuse } from '../api/errors.js';
import { parseGlobalId } from '../api/ids.js';
import { Nodes } from '../api/node.js';
import { type Connection, connect, type Edge, encodeCursor, readPage, requireSize } from '../api/pagination.js';
import type { Viewer } from '../api/viewer.js';
import { Audit } from '../audit/audit.module.js';
import { ContributionReads, LAST_TIME } from '../content/contribution-reads.js';
import { Contribution } from '../content/contribution.entity.js';
import { once } from '../content/idempotency.js';
import { ContributionStatus } from '../content/lifecycle.js';
import { publicNow, visibleTo } from '../content/visibility.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Call, CallStatus } from './call.entity.js';
import type { CallAnswerInput, CallCloseInput, CallPublishInput, CallsArgs } from './questions.inputs.js';

const ANSWERED = `EXISTS (SELECT FROM call_answer a JOIN contribution k ON k.id = a.contribution_id WHERE a.call_id = c.id AND ${publicNow('k')})`;
const CONDITIONS: Record<CallStatus, string> = {
  OPEN: `c.closed_at IS NULL AND NOT ${ANSWERED}`,
  ANSWERED: `c.closed_at IS NULL AND ${ANSWERED}`,
  CLOSED: 'c.closed_at IS NOT NULL',
};
const MAX_ANSWERS = 100;

/** Calls for contributions: what editors make of open questions, and the only part of them that is public. */
@Injectable()
export class Calls implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly reads: ContributionReads,
    private readonly audit: Audit,
    private readonly nodes: Nodes,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Call', async (uuids) => {
      const calls = await this.dataSource.getRepository(Call).findBy({ uuid: In([...uuids]) });
      return uuids.map((uuid) => calls.find((call) => call.uuid === uuid) ?? null);
    });
  }

  /** A page of calls, newest first. @throws {Refusal} for a page size or cursor that cannot be. */
  async list(args: CallsArgs): Promise<Connection<Edge<Call>>> {
    const { status, filter } = args;
    const page = readPage(args, ['calls', status, filter?.roles ?? [], filter?.phases ?? []]);
    const calls = this.dataSource.createQueryBuilder(Call, 'c').where(status ? CONDITIONS[status] : 'true');
    for (const field of ['roles', 'phases'] as const)
      if (filter?.[field]?.length) calls.andWhere(`(c.${field} = '{}' OR c.${field} && :${field}::text[])`, { [field]: filter[field] });
    if (page.from) {
      const [at, uuid] = page.from;
      calls.andWhere(`(c.created_at, c.id) ${page.backward ? '>' : '<'} (:at::timestamptz, :from::uuid)`, { at: new Date(Math.min(at, LAST_TIME)).toISOString(), from: uuid });
    }
    const order = page.backward ? 'ASC' : 'DESC';
    const found = await calls.orderBy('c.createdAt', order).addOrderBy('c.uuid', order).limit(page.size + 1).getMany();
    return connect(page, found, (node) => ({ node, cursor: encodeCursor(page, [node.createdAt.getTime(), node.uuid]) }));
  }

  async statusOf(call: Call, context: ApiContext): Promise<CallStatus> {
    if (call.closedAt) return CallStatus.CLOSED;
    return (await this.answersTo(call, context)).length > 0 ? CallStatus.ANSWERED : CallStatus.OPEN;
  }

  /** Public contributions that answer a call, newest first. Two statements for all calls of a request. */
  async answers(call: Call, first: number, context: ApiContext): Promise<Contribution[]> {
    requireSize(first, MAX_ANSWERS);
    const uuids = await this.answersTo(call, context);
    const loader = context.loaders.get<string, Contribution | null>('public contributions', (keys) => this.reads.byUuid(Contribution, keys, null));
    return (await Promise.all(uuids.slice(0, first).map((uuid) => loader.load(uuid)))).filter((row) => row !== null);
  }

  private answersTo(call: Call, context: ApiContext): Promise<string[]> {
    return context.loaders
      .get<Call, string[]>('answers to calls', async (calls) => {
        const rows = await this.dataSource.query<{ call: string; uuid: string }[]>(
          `SELECT a.call_id AS call, k.id AS uuid FROM call_answer a JOIN contribution k ON k.id = a.contribution_id
           WHERE a.call_id = ANY ($1) AND ${publicNow('k')} ORDER BY k.published_at DESC, k.id`,
          [calls.map(({ uuid }) => uuid)],
        );
        return calls.map((each) => rows.filter((row) => row.call === each.uuid).map(({ uuid }) => uuid));
      })
      .load(call);
  }

  /** Makes a question a public call. @throws {Refusal} NOT_FOUND, CALL_OPEN or IDEMPOTENCY_KEY_REUSED. */
  async publish(viewer: Viewer, { idempotencyKey: key, ...input }: CallPublishInput): Promise<Call> {
    const questionId = uuidOf(input.questionId, 'OpenQuestion', 'input.questionId');
    const { question, language, roles, phases } = input;
    return this.unitOfWork.run(async (tx) => {
      const uuid = await once(tx, { accountId: viewer.accountId, key, input: { call: input } }, async () => {
        // Held, so that no second call for it is made, nor is it forgotten, meanwhile.
        const [known] = await tx.query<object[]>('SELECT 1 FROM question WHERE id = $1 FOR UPDATE', [questionId]);
        if (!known) refuse('NOT_FOUND', 'input.questionId');
        const [open] = await tx.query<object[]>(`SELECT 1 FROM call c WHERE question_id = $1 AND ${CONDITIONS.OPEN}`, [questionId]);
        if (open) refuse('CALL_OPEN', 'input.questionId');
        const created = randomUUID();
        await tx.insert(Call, { uuid: created, questionId, question, language, roles: roles ?? [], phases: phases ?? [], version: 1, createdBy: viewer.accountId });
        await this.note(tx, viewer, 'PUBLISH', created, 1);
        return created;
      });
      return tx.findOneByOrFail(Call, { uuid });
    });
  }

  /** @throws {Refusal} NOT_FOUND, VERSION_STALE or CALL_CLOSED. */
  async close(viewer: Viewer, { id, version: given, reason }: CallCloseInput): Promise<Call> {
    return this.unitOfWork.run(async (tx) => {
      const { uuid, version: current, closedAt } = await this.claim(tx, id, 'input.id');
      if (closedAt) refuse('CALL_CLOSED', 'input.id');
      if (current !== given) refuse('VERSION_STALE', 'input.version', { current, given });
      await tx.update(Call, { uuid }, { version: current + 1, closedAt: () => 'now()', closingReason: reason });
      await this.note(tx, viewer, 'CLOSE', uuid, current + 1);
      return tx.findOneByOrFail(Call, { uuid });
    });
  }

  /** Says that a contribution answers a call, or no longer that it does. Done twice it is done once. @throws {Refusal} NOT_FOUND, FORBIDDEN, CALL_CLOSED or TRANSITION_ILLEGAL. */
  async answer(viewer: Viewer, input: CallAnswerInput, answers: boolean): Promise<Call> {
    return this.unitOfWork.run(async (tx) => {
      const call = await this.claim(tx, input.callId, 'input.callId');
      const { uuid, kind, version } = await this.answering(tx, viewer, input.contributionId, answers);
      if (answers && call.closedAt) refuse('CALL_CLOSED', 'input.callId');
      if (!(answers ? await this.link(tx, call.uuid, uuid) : await this.unlink(tx, call.uuid, uuid))) return call;
      const action = answers ? 'ANSWER' : 'ANSWER_REMOVE';
      await this.note(tx, viewer, action, call.uuid, call.version);
      await this.audit.note(tx, { actorId: viewer.accountId, action, subjectKind: kind, subjectId: uuid, version });
      return call;
    });
  }

  /** @returns whether anything changed. */
  private async link(tx: EntityManager, call: string, contribution: string): Promise<boolean> {
    const added = await tx.query<object[]>('INSERT INTO call_answer (call_id, contribution_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING call_id', [call, contribution]);
    return added.length > 0;
  }

  private async unlink(tx: EntityManager, call: string, contribution: string): Promise<boolean> {
    const [, removed] = await tx.query<[object[], number]>('DELETE FROM call_answer WHERE call_id = $1 AND contribution_id = $2', [call, contribution]);
    return removed > 0;
  }

  private async answering(tx: EntityManager, viewer: Viewer, id: string, answers: boolean): Promise<Contribution> {
    const field = 'input.contributionId';
    const { type, uuid } = parseGlobalId(id, field);
    const row = await visibleTo(tx.createQueryBuilder(Contribution, 'c').where('c.uuid = :uuid', { uuid }), viewer).getOne();
    if (row?.typeName !== type) refuse('NOT_FOUND', field);
    if (!may(viewer, 'ANSWER', { authorId: row.authorId, isPublic: row.status === ContributionStatus.PUBLISHED })) refuse('FORBIDDEN');
    if (answers && row.status === ContributionStatus.WITHDRAWN) refuse('TRANSITION_ILLEGAL', field, { action: 'ANSWER', state: row.status, possible: '–' });
    return row;
  }

  /** Reads and holds a call. */
  private async claim(tx: EntityManager, id: string, field: string): Promise<Call> {
    const uuid = uuidOf(id, 'Call', field);
    return (await tx.findOne(Call, { where: { uuid }, lock: { mode: 'pessimistic_write' } })) ?? refuse('NOT_FOUND', field);
  }

  private note(tx: EntityManager, viewer: Viewer, action: string, uuid: string, version: number): Promise<void> {
    return this.audit.note(tx, { actorId: viewer.accountId, action, subjectKind: 'CALL', subjectId: uuid, version });
  }
}

/** @throws {Refusal} ID_INVALID, or NOT_FOUND for an id of something else. */
function uuidOf(id: string, typeName: string, field: string): string {
  const { type, uuid } = parseGlobalId(id, field);
  return type === typeName ? uuid : refuse('NOT_FOUND', field);
}
