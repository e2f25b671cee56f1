import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { kindMask } from '../taxonomy/facets.js';
import type { Language } from '../taxonomy/taxonomy.js';
import { annotate, AnnotationEdit } from '../thesaurus/annotation.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { analyse, ANALYSER_VERSION, conceptTerm, type FieldTexts, isWordTerm, letterMask, sizeOf } from './analyser/analyser.js';
import { isConcept } from './entry-concepts.js';
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

/** That an entry has a term, and how often, weighted by where; and what ranking and counting need to know of the entry. */
interface Posting {
  term: string;
  entry: number;
  length: number;
  frequency: number;
  /** Its facets and its kind, as one mask. */
  facets: number;
}

/** So many entries' postings are sent to the database at a time. */
const BATCH = 200;

/** Writes postings, in the transaction that publishes or withdraws. They exist only for what is visible. */
@Injectable()
export class Postings {
  constructor(private readonly thesauri: ThesaurusService) {}

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
    const concepts = await this.conceptsOf(tx, added);
    const analyses = added.map(({ texts, language }, index) => {
      const { postings, ...analysis } = analyse(texts, language);
      return { ...analysis, postings: new Map([...postings, ...(concepts[index] ?? [])]) };
    });
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
    const rowsOf = added.flatMap(({ uuid, kind, facets }, index) => {
      const { postings, length } = analyses[index] ?? { postings: [], length: 0 };
      changes.entry(1, length);
      return [...postings].map(([term, frequency]): Posting => ({ term, entry: entryOf.get(uuid) ?? 0, length, frequency, facets: facets | kindMask(kind) }));
    });
    for (const { surfaces } of analyses) changes.write(surfaces);
    await this.insert(tx, rowsOf, changes);
  }

  private async insert(tx: EntityManager, postings: readonly Posting[], changes: Changes): Promise<void> {
    for (const { term } of postings) changes.count(term, 1);
    await tx.query('INSERT INTO search_posting (term, entry, length, frequency, facets) SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::integer[], $5::integer[])', [
      postings.map(({ term }) => term),
      postings.map(({ entry }) => entry),
      postings.map(({ length }) => length),
      postings.map(({ frequency }) => frequency),
      postings.map(({ facets }) => facets),
    ]);
  }

  /** The concepts of each entry as terms: found in its text by the labels as they are, as edited by hand. */
  private async conceptsOf(tx: EntityManager, entries: readonly SearchableEntry[]): Promise<Map<string, number>[]> {
    const thesaurus = await this.thesauri.hold(tx);
    const rows = await tx.query<{ uuid: string; slug: string; edit: AnnotationEdit }[]>(
      'SELECT contribution_id AS uuid, slug, edit FROM annotation_edit JOIN concept ON concept.id = concept_id WHERE contribution_id = ANY ($1)',
      [entries.map(({ uuid }) => uuid)],
    );
    return entries.map(({ uuid, texts, language }) => {
      const edits = new Map(rows.filter((row) => row.uuid === uuid).map(({ slug, edit }) => [slug, edit]));
      return new Map([...annotate(texts, language, thesaurus, edits)].map(([slug, frequency]) => [conceptTerm(slug), frequency]));
    });
  }

  /** Makes the concept postings of entries what the thesaurus now finds in them; their other postings stay. The caller holds the contributions' rows. */
  async annotate(tx: EntityManager, entries: readonly SearchableEntry[]): Promise<void> {
    const concepts = await this.conceptsOf(tx, entries);
    const known = await tx.query<(Omit<Posting, 'term'> & { uuid: string; kind: string; term: string | null })[]>(
      `SELECT e.contribution_id AS uuid, e.kind, e.entry, e.length, e.facets, p.term, p.frequency
       FROM search_entry e LEFT JOIN search_posting p ON p.entry = e.entry AND ${isConcept('p.term')} WHERE e.contribution_id = ANY ($1)`,
      [entries.map(({ uuid }) => uuid)],
    );
    const surplus: Posting[] = [];
    const missing: Posting[] = [];
    entries.forEach(({ uuid }, index) => {
      const had = known.filter((row) => row.uuid === uuid);
      const [first] = had;
      // It may have been withdrawn since it was queued.
      if (!first) return;
      const { entry, length, facets, kind } = first;
      const wanted = new Map(concepts[index]);
      for (const { term, ...row } of had) {
        if (term === null) continue;
        if (wanted.get(term) === row.frequency) wanted.delete(term);
        else surplus.push({ term, ...row });
      }
      missing.push(...[...wanted].map(([term, frequency]): Posting => ({ term, entry, length, frequency, facets: facets | kindMask(kind) })));
    });
    if (surplus.length + missing.length === 0) return;
    const changes = new Changes();
    for (const { term } of surplus) changes.count(term, -1);
    await tx.query('DELETE FROM search_posting p USING unnest($1::text[], $2::integer[]) AS s (term, entry) WHERE p.term = s.term AND p.entry = s.entry', [surplus.map(({ term }) => term), surplus.map(({ entry }) => entry)]);
    await this.insert(tx, missing, changes);
    const [touched] = await tx.query<[{ uuid: string }[], number]>('UPDATE search_entry SET annotation = annotation + 1 WHERE entry = ANY ($1) RETURNING contribution_id AS uuid', [[...surplus, ...missing].map(({ entry }) => entry)]);
    await noteChanged(tx, touched.map(({ uuid }) => uuid));
    await changes.fold(tx);
  }
}

/** What a transaction does to the numbers that all entries share. */
class Changes {
  private readonly entriesOf = new Map<string, number>();
  private readonly surfaceOf = new Map<string, string>();
  private entries = 0;
  private length = 0;

  count(term: string, by: number): void {
    this.entriesOf.set(term, (this.entriesOf.get(term) ?? 0) + by);
  }

  write(surfaces: ReadonlyMap<string, string>): void {
    for (const [term, surface] of surfaces) this.surfaceOf.set(term, surface);
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
      `INSERT INTO search_term AS t (term, entries, letters, size, surface)
       SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::smallint[], $5::text[]) AS c (term, entries, letters, size, surface)
       ORDER BY c.term COLLATE "C"
       ON CONFLICT (term) DO UPDATE SET entries = t.entries + excluded.entries, surface = coalesce(excluded.surface, t.surface)`,
      [
        terms,
        changed.map(([, by]) => by),
        terms.map((term) => (isWordTerm(term) ? letterMask(term) : null)),
        terms.map((term) => (isWordTerm(term) ? sizeOf(term) : null)),
        terms.map((term) => this.surfaceOf.get(term) ?? null),
      ],
    );
    await tx.query('UPDATE search_statistics SET entries = entries + $1, length = length + $2', [this.entries, this.length]);
  }
}
