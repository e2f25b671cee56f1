import { createHash } from 'node:crypto';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { refuse } from './errors.js';
import { isUuid } from './ids.js';

const DEFAULT_SIZE = 20;
const MAX_SIZE = 100;

@ObjectType({ description: 'Where a page lies in the whole list (Relay connections).' })
export class PageInfo {
  @Field({ description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field({ description: 'Whether there are some before.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The first cursor of this page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The last cursor of this page; give it as after for the next page.' })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many from the start, 1 to ${MAX_SIZE}; ${DEFAULT_SIZE} when neither first nor last is given.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to go on after.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `How many from the end, 1 to ${MAX_SIZE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to end before.' })
  before?: string | null;
}

/** A place in an ordered list: the whole number that the list reads it by (milliseconds, a score), then the row's uuid. */
export type Position = readonly [order: number, uuid: string];

export interface Page {
  readonly size: number;
  readonly backward: boolean;
  /** Start beyond this position, in the page's direction. */
  readonly from: Position | null;
  /** Names the list, so that its cursors fit no other. */
  readonly scope: string;
}

export interface Edge<Node> {
  node: Node;
  cursor: string;
}
export interface Connection<E> {
  edges: E[];
  pageInfo: PageInfo;
}

/**
 * @param list what makes this list this list: its name, search, filter, sorting.
 * @throws {Refusal} PAGE_SIZE_INVALID, PAGE_DIRECTION_INVALID or CURSOR_INVALID.
 */
export function readPage(args: PageArgs, list: readonly unknown[]): Page {
  const backward = args.last != null || args.before != null;
  if (backward && (args.first != null || args.after != null)) refuse('PAGE_DIRECTION_INVALID', args.last != null ? 'last' : 'before');
  const size = (backward ? args.last : args.first) ?? DEFAULT_SIZE;
  requireSize(size, MAX_SIZE, backward ? 'last' : 'first');
  const scope = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12);
  const cursor = backward ? args.before : args.after;
  return { size, backward, scope, from: cursor == null ? null : decode(cursor, scope, backward ? 'before' : 'after') };
}

/** @throws {Refusal} PAGE_SIZE_INVALID when so many may not be asked for at a time. */
export function requireSize(size: number, max: number, field = 'first'): void {
  if (size < 1 || size > max) refuse('PAGE_SIZE_INVALID', field, { max, got: size });
}

export function encodeCursor(page: Page, position: Position): string {
  return Buffer.from(JSON.stringify([page.scope, ...position])).toString('base64url');
}

function decode(cursor: string, scope: string, field: string): Position {
  let parts: unknown = null;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // Not JSON: refused below like any other foreign text.
  }
  if (!Array.isArray(parts) || parts.length !== 3) refuse('CURSOR_INVALID', field);
  const [ofScope, order, uuid] = parts as unknown[];
  if (ofScope !== scope || !Number.isSafeInteger(order) || (order as number) < 0 || typeof uuid !== 'string' || !isUuid(uuid)) refuse('CURSOR_INVALID', field);
  return [order as number, uuid];
}

/**
 * A Relay page of rows that were read in the page's direction, one more than its size where there are more.
 * @param edgeOf adds to a row's edge what this list says of its rows.
 */
export function connect<Row, E extends Edge<unknown>>(page: Page, rows: readonly Row[], edgeOf: (row: Row) => E): Connection<E> {
  const more = rows.length > page.size;
  const edges = rows.slice(0, page.size).map(edgeOf);
  if (page.backward) edges.reverse();
  return {
    edges,
    pageInfo: {
      hasNextPage: page.backward ? page.from !== null : more,
      hasPreviousPage: page.backward ? more : page.from !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
