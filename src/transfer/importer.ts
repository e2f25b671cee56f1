import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v5 as uuidOfName } from 'uuid';
import { Advice } from '../advice/advice.entity.js';
import { ADVICE } from '../advice/advice.kind.js';
import { Audit, type AuditEntry } from '../audit/audit.module.js';
import { Revision } from '../content/contribution.entity.js';
import { searchable } from '../content/kinds.js';
import { ContributionStatus } from '../content/lifecycle.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Postings } from '../search/postings.js';
import { ConceptRow } from '../thesaurus/concept.entity.js';
import { ConceptStore } from '../thesaurus/concept-store.js';
import type { ConceptContent } from '../thesaurus/thesaurus.js';
import { type AdviceFile, readAdviceFile } from './advice-file.js';
import type { FileProblem } from './front-matter.js';
import { readThesaurus } from './thesaurus-file.js';

/** Any number that nothing else in the database takes as an advisory lock. */
const IMPORT_LOCK = 727_115_002;
const BATCH = 500;
/** An imported entry has the same id wherever it is imported, so that links and lists agree between installations. */
const NAMESPACE = '6f7d3c5e-1f0b-4b7e-9a53-0c4f0e5a9d21';

/** Files that cannot be imported; nothing of the run was. */
export class ImportError extends Error {
  override name = 'ImportError';
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({ file, line, field, message }) => `${file}:${line}: ${field ? `${field}: ` : ''}${message}`).join('\n'));
  }
}

export interface ImportReport {
  readonly created: string[];
  readonly updated: string[];
  readonly unchanged: string[];
  /** Edited or withdrawn here since the last import, so left as they are. */
  readonly kept: string[];
}

/** Brings a folder of files in: `advice/*.md`, and the thesaurus in `thesaurus/*.yaml`. The system imports, so no second person reviews; what people changed here stays. */
@Injectable()
export class Importer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly postings: Postings,
    private readonly audit: Audit,
    private readonly conceptStore: ConceptStore,
  ) {}

  /** All of a folder or nothing. Again with the same files nothing changes. @throws {ImportError} naming file, line and field. */
  async import(folder: string): Promise<ImportReport> {
    const files = await readAdvice(folder);
    await this.importThesaurus(folder);
    return this.unitOfWork.run(async (tx) => {
      // Two first starts at once: the second waits, and finds everything there.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
      const existing = await tx.findBy(Advice, { externalId: In(files.map(({ externalId }) => externalId)) });
      const byExternalId = new Map(existing.map((row) => [row.externalId, row]));
      const report: ImportReport = { created: [], updated: [], unchanged: [], kept: [] };
      const changed: AdviceFile[] = [];
      for (const file of files) {
        const outcome = outcomeOf(file, byExternalId.get(file.externalId));
        report[outcome].push(file.externalId);
        if (outcome === 'created' || outcome === 'updated') changed.push(file);
      }
      await this.write(tx, changed, byExternalId);
      return report;
    });
  }

  /** The concepts of a folder, if it has any; those that somebody edited here stay as they are. @throws {ImportError}. */
  async importThesaurus(folder: string): Promise<void> {
    const concepts = await readConcepts(folder);
    if (concepts.size > 0) await this.unitOfWork.run((tx) => this.writeConcepts(tx, concepts));
  }

  private async writeConcepts(tx: EntityManager, concepts: ReadonlyMap<string, ConceptContent>): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
    const rows = await tx.findBy(ConceptRow, { slug: In([...concepts.keys()]) });
    const edited = new Set(rows.filter(({ version, importedVersion }) => version !== importedVersion).map(({ slug }) => slug));
    await this.conceptStore.write(tx, new Map([...concepts].filter(([slug]) => !edited.has(slug))), null);
  }

  private async write(tx: EntityManager, files: readonly AdviceFile[], existing: ReadonlyMap<string | null, Advice>): Promise<void> {
    const uuids: string[] = [];
    const removed: string[] = [];
    const revisions: Partial<Revision>[] = [];
    const audit: AuditEntry[] = [];
    const created: object[] = [];
    for (const { externalId, content, authorCredit } of files) {
      const before = existing.get(externalId);
      const uuid = before?.uuid ?? uuidOfName(`${ADVICE.kind}:${externalId}`, NAMESPACE);
      const version = (before?.version ?? 0) + 1;
      const columns = { ...ADVICE.columns(content), authorCredit, version, publishedVersion: version, importedVersion: version };
      if (before) {
        await tx.update(Advice, { uuid }, { ...columns, updatedAt: () => 'now()' });
        removed.push(uuid);
      } else {
        const now = () => 'now()';
        created.push({ ...columns, uuid, externalId, status: ContributionStatus.PUBLISHED, publishedAt: now, visibleFrom: now, reviewBy: () => "(now() + interval '2 years')::date" });
      }
      uuids.push(uuid);
      revisions.push({ id: randomUUID(), contributionId: uuid, version, content, createdBy: null });
      audit.push({ actorId: null, action: 'IMPORT', subjectKind: ADVICE.kind, subjectId: uuid, version });
    }
    for (let start = 0; start < files.length; start += BATCH) {
      await tx.insert(Advice, created.slice(start, start + BATCH));
      await tx.insert(Revision, revisions.slice(start, start + BATCH));
      await this.audit.note(tx, ...audit.slice(start, start + BATCH));
    }
    const rows = await tx.findBy(Advice, { uuid: In(uuids) });
    await this.postings.change(tx, { removed, added: rows.map((row) => searchable(ADVICE, row)) });
  }
}

function outcomeOf({ content, authorCredit }: AdviceFile, row: Advice | undefined): keyof ImportReport {
  if (!row) return 'created';
  if (row.version !== row.importedVersion) return 'kept';
  return isDeepStrictEqual(ADVICE.content(row), content) && row.authorCredit === authorCredit ? 'unchanged' : 'updated';
}

async function readAdvice(folder: string): Promise<AdviceFile[]> {
  const texts = await readTexts(folder, 'advice', '.md');
  if (texts === null) return fail(join(folder, 'advice'), 'there is no such folder; give the folder that holds advice/');
  const files: AdviceFile[] = [];
  const problems: FileProblem[] = [];
  const fileOf = new Map<string, string>();
  for (const { file, text } of texts) {
    const read = readAdviceFile(file, text);
    if (Array.isArray(read)) {
      problems.push(...read);
      continue;
    }
    const other = fileOf.get(read.externalId);
    if (other) problems.push({ file, line: 2, field: 'externalId', message: `${read.externalId} is also the id of ${other}; give each file its own` });
    fileOf.set(read.externalId, file);
    files.push(read);
  }
  if (problems.length > 0) throw new ImportError(problems);
  return files;
}

async function readConcepts(folder: string): Promise<Map<string, ConceptContent>> {
  const texts = await readTexts(folder, 'thesaurus', '.yaml');
  const read = readThesaurus(texts ?? []);
  if (Array.isArray(read)) throw new ImportError(read);
  return read;
}

/** The files of one kind in a folder of the library, in the order of their names; null without such a folder. @throws {ImportError} for files that are not UTF-8. */
async function readTexts(folder: string, subfolder: string, ending: string): Promise<{ file: string; text: string }[] | null> {
  const names = (await readdir(join(folder, subfolder)).catch(() => null))?.filter((name) => name.endsWith(ending)).sort();
  if (!names) return null;
  return Promise.all(
    names.map(async (name) => {
      const file = join(subfolder, name);
      const bytes = await readFile(join(folder, file));
      return isUtf8(bytes) ? { file, text: bytes.toString() } : fail(file, 'save the file as UTF-8');
    }),
  );
}

function fail(file: string, message: string): never {
  throw new ImportError([{ file, line: 1, field: null, message }]);
}
