import { Injectable } from '@nestjs/common';
import type { EntityTarget } from 'typeorm';
import type { SearchableEntry } from '../search/postings.js';
import type { Contribution } from './contribution.entity.js';

/** What the shared life needs to know of one kind of contribution. */
export interface Kind<Row extends Contribution = Contribution, Content extends object = object> {
  /** As stored, such as ADVICE. */
  readonly kind: string;
  /** As in the API, such as Advice. */
  readonly typeName: string;
  readonly entity: EntityTarget<Row>;
  /** The text and tags of a row: what is saved, reviewed and kept as revisions. */
  content(row: Row): Content;
  /** The columns that hold a content, derived ones included. */
  columns(content: Content): Partial<Row>;
  /** The fields to search in. */
  searchTexts(content: Content): SearchableEntry['texts'];
}

/** The kinds of contribution that the features brought along. */
@Injectable()
export class Kinds {
  private readonly kinds = new Map<string, Kind>();

  register<Row extends Contribution, Content extends object>(kind: Kind<Row, Content>): void {
    this.kinds.set(kind.kind, kind);
  }

  of(row: Contribution): Kind {
    const kind = this.kinds.get(row.kind);
    if (!kind) throw new Error(`no feature answers for contributions of kind ${row.kind}`);
    return kind;
  }
}

/** The one projection of a published row to what is searched, for every writer of postings. */
export function searchable<Row extends Contribution, Content extends object>(kind: Kind<Row, Content>, row: Row): SearchableEntry {
  return {
    uuid: row.uuid,
    kind: row.kind,
    language: row.language,
    facets: row.facets,
    publishedAt: row.publishedAt ?? row.createdAt,
    texts: kind.searchTexts(kind.content(row)),
  };
}
