import { Injectable } from '@nestjs/common';
import { DataSource, type EntityTarget, In, type SelectQueryBuilder } from 'typeorm';
import type { ApiContext } from '../api/context.js';
import { type Connection, connect, type Edge, encodeCursor, type Page } from '../api/pagination.js';
import type { Viewer } from '../api/viewer.js';
import { Contribution, Review } from './contribution.entity.js';
import { visibleTo } from './visibility.js';

/** The last millisecond of the year 9999: what a hand-made cursor says beyond it is no time in SQL. */
export const LAST_TIME = 253_402_300_799_999;

/** The times that lists are ordered by. */
export type Ordering = { by: 'publishedAt' | 'updatedAt'; direction: 'ASC' | 'DESC' };

/** Reads contributions: always under visibility, always explicit columns, never one at a time. */
@Injectable()
export class ContributionReads {
  constructor(private readonly dataSource: DataSource) {}

  /** What the viewer may see of these, in the order asked for; null for the rest. One statement. */
  async byUuid<Row extends Contribution>(entity: EntityTarget<Row>, uuids: readonly string[], viewer: Viewer | null): Promise<(Row | null)[]> {
    if (uuids.length === 0) return [];
    const rows = await visibleTo(this.rows(entity).where({ uuid: In([...uuids]) }), viewer).getMany();
    const byUuid = new Map(rows.map((row) => [row.uuid, row]));
    return uuids.map((uuid) => byUuid.get(uuid) ?? null);
  }

  rows<Row extends Contribution>(entity: EntityTarget<Row>): SelectQueryBuilder<Row> {
    return this.dataSource.createQueryBuilder(entity, 'c');
  }

  /** One keyset page of the rows, by a time and then their id. One statement. */
  async page<Row extends Contribution>(rows: SelectQueryBuilder<Row>, page: Page, { by, direction }: Ordering): Promise<Connection<Edge<Row>>> {
    const descending = (direction === 'DESC') !== page.backward;
    if (page.from) {
      const [at, uuid] = page.from;
      rows.andWhere(`(c.${by}, c.uuid) ${descending ? '<' : '>'} (:at::timestamptz, :from::uuid)`, { at: new Date(Math.min(at, LAST_TIME)).toISOString(), from: uuid });
    }
    const order = descending ? 'DESC' : 'ASC';
    const found = await rows.orderBy(`c.${by}`, order).addOrderBy('c.uuid', order).limit(page.size + 1).getMany();
    return connect(page, found, (node) => ({ node, cursor: encodeCursor(page, [node[by]?.getTime() ?? 0, node.uuid]) }));
  }

  /** The decisions on a contribution, newest first; one statement for all contributions of a request. */
  reviewsOf(uuid: string, context: ApiContext): Promise<Review[]> {
    return context.loaders
      .get<string, Review[]>('reviews', async (uuids) => {
        const reviews = await this.dataSource.getRepository(Review).find({ where: { contributionId: In([...uuids]) }, order: { version: 'DESC' } });
        return uuids.map((each) => reviews.filter(({ contributionId }) => contributionId === each));
      })
      .load(uuid);
  }
}
