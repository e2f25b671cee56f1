import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '../taxonomy/taxonomy.js';
import { analyse, ANALYSER_VERSION, type FieldTexts, isWordTerm, letterMask, sizeOf } from './analyser/analyser.js';
import { noteChanged } from './outbox.js';

/** What search knows of an entry. Every kind of contribution is projected to this, by one function a kind. */
export interface SearchableEntry {
  readonly uuid: string;
  readonly kind: string;
  readonly language: Language;
  readonly facets: number;
  readonly publishedAt: Date;
  readonly texts: FieldTexts;
}

/** So many entries' postings are sent to the database at a time. */
const BATCH = 200;

/** Writes postings, in the transaction that publishes or withdraws. They exist only for what is visible. */
@Injectable()
export class Postings {
  /** Removes the postings of `removed`, then makes those of `added`; an entry that changed is in both. */
  async change(tx: EntityManager, { removed = [], added = [] }: { removed?: readonly string[]; added?: readonly SearchableEntry[] }): Promise<void> {
    const changes = new Changes();
    if (removed.length > 0) await this.remove(tx, removed, changes);
    for (let start = 0; start < added.length; start += BATCH) await this.add(tx, added.slice(start, start + BATCH), changes);
    await noteChanged(tx, [...removed, ...added.map(({ uuid }) => uuid)]);
    await changes.fold(tx);
  }

  private async remove(tx: EntityManager, removed: readonly string[], changes: Changes): Promise<void> {
    const [postings] = await tx.query<[{ term: string }[], number]>(
      'DELETE FROM search_posting WHERE entry IN (SELECT entry FROM search_entry WHERE contribution_id = ANY ($1)) RETURNING term',
      [removed],
    );
    for (const { term } of postings) changes.count(term, -1);
    const [entries] = await tx.query<[{ length: number }[], number]>('DELETE FROM search_entry WHERE contribution_id = ANY ($1) RETURNING length', [removed]);
    for (const { length } of entries) changes.entry(-1, -length);
  }

  private async add(tx: EntityManager, added: readonly SearchableEntry[], changes: Changes): Promise<void> {
    const analyses = added.map(({ texts, language }) => analyse(texts, language));
    const rows = await tx.query<{ entry: number; uuid: string }[]>(
      `INSERT INTO search_entry (contribution_id, kind, published_at, facets, length, analyser, words)
       SELECT id, kind, published_at, facets, length, $6, words
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::integer[], $5::integer[], $7::text[])
         AS e (id, kind, published_at, facets, length, words)
       RETURNING entry, contribution_id AS uuid`,
      [
        added.map(({ uuid }) => uuid),
        added.map(({ kind }) => kind),
        added.map(({ publishedAt }) => publishedAt),
        added.map(({ facets }) => facets),
        analyses.map(({ length }) => length),
        ANALYSER_VERSION,
        analyses.map(({ words }) => words),
      ],
    );
    const entryOf = new Map(rows.map(({ uuid, entry }) => [uuid, entry]));
    const columns: [string[], number[], number[], number[], number[], number[], number[]] = [[], [], [], [], [], [], []];
    analyses.forEach(({ postings, length }, index) => {
      const entry = entryOf.get(added[index]?.uuid ?? '') ?? 0;
      changes.entry(1, length);
      for (const [term, { title, body, why, context }] of postings) {
        [term, entry, length, title, body, why, context].forEach((value, column) => (columns[column] as unknown[]).push(value));
        changes.count(term, 1);
      }
    });
    await tx.query(
      `INSERT INTO search_posting (term, entry, length, title, body, why, context)
       SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::smallint[], $5::smallint[], $6::smallint[], $7::smallint[])`,
      columns,
    );
  }
}

/** What a transaction does to the numbers that all entries share. */
class Changes {
  private readonly entriesOf = new Map<string, number>();
  private entries = 0;
  private length = 0;

  count(term: string, by: number): void {
    this.entriesOf.set(term, (this.entriesOf.get(term) ?? 0) + by);
  }

  entry(by: number, length: number): void {
    this.entries += by;
    this.length += length;
  }

  /** Last in the transaction and in term order: rows that others wait for are held briefly, and never crosswise. */
  async fold(tx: EntityManager): Promise<void> {
    const changed = [...this.entriesOf].filter(([, by]) => by !== 0);
    const terms = changed.map(([term]) => term);
    await tx.query(
      `INSERT INTO search_term AS t (term, entries, letters, size)
       SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::smallint[]) AS c (term, entries, letters, size)
       ORDER BY c.term COLLATE "C"
       ON CONFLICT (term) DO UPDATE SET entries = t.entries + excluded.entries`,
      [
        terms,
        changed.map(([, by]) => by),
        terms.map((term) => (isWordTerm(term) ? letterMask(term) : null)),
        terms.map((term) => (isWordTerm(term) ? sizeOf(term) : null)),
      ],
    );
    await tx.query('UPDATE search_statistics SET entries = entries + $1, length = length + $2', [this.entries, this.length]);
  }
}
