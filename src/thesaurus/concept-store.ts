import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v5 as uuidOfName } from 'uuid';
import { conceptTerm } from '../search/analyser/analyser.js';
import { fold, words } from '../search/analyser/fold.js';
import { ownStem } from '../search/analyser/stem.js';
import { ConceptRevision, ConceptRow } from './concept.entity.js';
import { type ConceptContent, labelsOf } from './thesaurus.js';

/** A concept has the same id wherever it is imported, so that links agree between installations. */
const NAMESPACE = '0f6a4a52-4a41-4d0e-8d8e-0a5f6f0d1c77';
const BATCH = 500;
/** What every form of a word has in common: its stem, less what "kriterier" and "kriterium" do not share. */
const UNSHARED = 2;

/** Writes concepts in a transaction: row, revision, version of the whole, and which entries are to be annotated anew. */
@Injectable()
export class ConceptStore {
  static uuidOf(slug: string): string {
    return uuidOfName(slug, NAMESPACE);
  }

  /**
   * Makes `content` what the concepts are, if it is something else; the transaction then holds the thesaurus.
   * @param editor null when it is imported.
   */
  async write(tx: EntityManager, content: ReadonlyMap<string, ConceptContent>, editor: string | null): Promise<void> {
    const rows = await tx.findBy(ConceptRow, { slug: In([...content.keys()]) });
    const before = new Map(rows.map((row) => [row.slug, row]));
    const changed = [...content].filter(([slug, after]) => !isDeepStrictEqual(before.get(slug)?.content, after));
    if (changed.length === 0) return;
    await tx.query('UPDATE thesaurus SET version = version + 1');
    const after = changed.map(([slug, to]) => {
      const version = (before.get(slug)?.version ?? 0) + 1;
      return { uuid: before.get(slug)?.uuid ?? ConceptStore.uuidOf(slug), slug, version, content: to, importedVersion: editor === null ? version : (before.get(slug)?.importedVersion ?? null) };
    });
    for (let start = 0; start < after.length; start += BATCH) {
      const batch = after.slice(start, start + BATCH);
      await tx.upsert(ConceptRow, batch, ['uuid']);
      await tx.insert(ConceptRevision, batch.map(({ uuid, version, content: kept }) => ({ conceptId: uuid, version, content: kept, createdBy: editor })));
    }
    await this.queue(tx, changed.map(([slug, to]) => changeOf(slug, before.get(slug)?.content, to)));
  }

  /** Has every entry looked at again that a changed label stands in, or may stand in; whoever looks finds out. */
  private async queue(tx: EntityManager, changes: readonly { concept: string | null; beginnings: readonly string[] }[]): Promise<void> {
    await tx.query(
      `INSERT INTO annotation_queue (contribution_id)
       SELECT contribution_id FROM search_entry WHERE entry IN (
         SELECT p.entry FROM unnest($1::text[]) AS c (term) JOIN search_posting p USING (term)
         UNION ALL
         SELECT p.entry FROM unnest($2::text[]) AS b (beginning)
         JOIN search_term t ON t.term >= b.beginning AND t.term < b.beginning || chr(1114111) AND t.size IS NOT NULL AND t.entries > 0
         JOIN search_posting p ON p.term = t.term)
       ON CONFLICT DO NOTHING`,
      [changes.flatMap(({ concept }) => (concept === null ? [] : [conceptTerm(concept)])), [...new Set(changes.flatMap(({ beginnings }) => beginnings))]],
    );
  }
}

/** Where a changed concept is to be looked for: entries that have it, if it lost a label, and those that a new label may stand in. */
function changeOf(slug: string, before: ConceptContent | undefined, after: ConceptContent): { concept: string | null; beginnings: string[] } {
  const keys = (content: ConceptContent | undefined) => new Map(content ? labelsOf(content.names).map((label) => [`${label.language} ${label.text}`, label]) : []);
  const [had, has] = [keys(before), keys(after)];
  return {
    concept: [...had.keys()].some((key) => !has.has(key)) ? slug : null,
    beginnings: [...has].filter(([key]) => !had.has(key)).flatMap(([, { text, language }]) => {
      const stems = words(text).map(({ normal }) => [fold(normal), ownStem(normal, language)].reduce((a, b) => (a.length < b.length ? a : b)));
      const longest = stems.reduce((a, b) => (a.length < b.length ? b : a), '');
      return longest ? [longest.slice(0, Math.max(UNSHARED, longest.length - UNSHARED))] : [];
    }),
  };
}
