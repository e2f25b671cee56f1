import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { noteChanged } from '../outbox.js';
import { type IndexDocument, MAKING } from './documents.js';
import { Indexes } from './indexes.js';

const PAGE = 10_000;

/** Where index and database differ, by uuid. */
export interface Differences {
  /** Public, but not in the index. */
  readonly missing: string[];
  /** In the index as they were before a change. */
  readonly stale: string[];
  /** In the index, but not public. */
  readonly surplus: string[];
}

/** Compares the whole index with the database, entry for entry and version for version. */
@Injectable()
export class Verify {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly indexes: Indexes,
  ) {}

  /** What changes while it compares may be reported; look again once quiet. Null when no index answers. */
  async differences(): Promise<Differences | null> {
    const uid = await this.indexes.current();
    if (uid === null || !(await this.indexes.exists(uid))) return null;
    const indexed = new Map<string, string>();
    for (let offset = 0; ; offset += PAGE) {
      const { results } = await this.indexes.client.index(uid).getDocuments<Pick<IndexDocument, 'id' | 'making'>>({ fields: ['id', 'making'], limit: PAGE, offset });
      for (const { id, making } of results) indexed.set(id, making);
      if (results.length < PAGE) break;
    }
    const rows = await this.dataSource.query<{ uuid: string; making: string }[]>(`SELECT e.contribution_id AS uuid, ${MAKING} AS making FROM search_entry e`);
    const known = new Set(rows.map(({ uuid }) => uuid));
    return {
      missing: rows.filter(({ uuid }) => !indexed.has(uuid)).map(({ uuid }) => uuid),
      stale: rows.filter(({ uuid, making }) => indexed.has(uuid) && indexed.get(uuid) !== making).map(({ uuid }) => uuid),
      surplus: [...indexed.keys()].filter((uuid) => !known.has(uuid)),
    };
  }

  /** Has the indexer look at these entries again. */
  async repair({ missing, stale, surplus }: Differences): Promise<void> {
    await this.unitOfWork.run((tx) => noteChanged(tx, [...missing, ...stale, ...surplus]));
  }
}
