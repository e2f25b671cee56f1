import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { refuse, Refusal } from '../api/errors.js';
import { parseGlobalId } from '../api/ids.js';
import { type Locale, message } from '../api/messages.js';
import { requireSize } from '../api/pagination.js';
import { Nodes } from '../api/node.js';
import type { Viewer } from '../api/viewer.js';
import { Audit } from '../audit/audit.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { stemTerm } from '../search/analyser/analyser.js';
import { fold, foldedText, words } from '../search/analyser/fold.js';
import { ownStem } from '../search/analyser/stem.js';
import type { Language } from '../taxonomy/taxonomy.js';
import { problemsOfConcept } from './check.js';
import { ConceptStore } from './concept-store.js';
import { Concept, type ConceptLabelsInput, type ConceptSaveInput, type ConceptWarning } from './concept.type.js';
import { type ConceptContent, LANGUAGES, labelsOf, type Thesaurus, type ThesaurusConcept } from './thesaurus.js';
import { ThesaurusService } from './thesaurus.service.js';

const MAX_CONCEPTS = 100;
/** A label that more of the library has says too little. */
const COMMON_SHARE = 0.1;

/** Concepts for readers, and editors' changes to them. */
@Injectable()
export class Concepts implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly thesauri: ThesaurusService,
    private readonly store: ConceptStore,
    private readonly audit: Audit,
    private readonly nodes: Nodes,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Concept', async (uuids) => {
      const { byUuid } = await this.thesauri.now();
      return uuids.map((uuid) => {
        const concept = byUuid.get(uuid);
        return concept ? new Concept(concept) : null;
      });
    });
  }

  /** Concepts of which a name in any language begins with `prefix`, ordered by the names of one; those that begin so in it come first. @throws {Refusal} PAGE_SIZE_INVALID. */
  async list(prefix: string | null, language: Language, first: number): Promise<ThesaurusConcept[]> {
    requireSize(first, MAX_CONCEPTS);
    const { concepts } = await this.thesauri.now();
    const beginning = foldedText(prefix ?? '');
    const begins = (text: string) => foldedText(text).startsWith(beginning);
    const rank = ({ names }: ThesaurusConcept) => (begins(names[language].preferred) ? 0 : labelsOf(names).some((label) => label.language === language && begins(label.text)) ? 1 : 2);
    return inOrder(concepts.filter(({ names }) => labelsOf(names).some(({ text }) => begins(text))), language).sort((a, b) => (beginning ? rank(a) - rank(b) : 0)).slice(0, first);
  }

  /** Concepts that no other is broader than. */
  async themes(language: Language): Promise<ThesaurusConcept[]> {
    const { concepts } = await this.thesauri.now();
    return inOrder(concepts.filter(({ broader }) => broader.length === 0), language);
  }

  /**
   * Saves a concept as a new version; entries that it touches are annotated anew in the background.
   * @throws {Refusal} NOT_FOUND, VERSION_REQUIRED, VERSION_STALE, or what is wrong with the concept.
   */
  async save(viewer: Viewer, input: ConceptSaveInput): Promise<{ concept: ThesaurusConcept; before: ThesaurusConcept | null }> {
    const { slug, before } = await this.unitOfWork.run(async (tx) => {
      const thesaurus = await this.thesauri.hold(tx, 'FOR UPDATE');
      const known = input.id == null ? null : (thesaurus.byUuid.get(uuidOf(input.id, 'input.id')) ?? refuse('NOT_FOUND', 'input.id'));
      if (known && input.version == null) refuse('VERSION_REQUIRED', 'input.version');
      if (known && known.version !== input.version) refuse('VERSION_STALE', 'input.version', { current: known.version, given: input.version ?? 0 });
      const name = known?.slug ?? input.slug ?? refuse('REQUIRED', 'input.slug');
      if (!known && thesaurus.bySlug.has(name)) refuse('CONCEPT_SLUG_TAKEN', 'input.slug', { slug: name });
      const content = contentOf(input, thesaurus);
      const problems = problemsOfConcept(name, new Map([...thesaurus.bySlug, [name, content] as const]));
      if (problems.length > 0) throw new Refusal(problems.map(({ code, field, values }) => ({ code, values, field: fieldOf(field, input) })));
      await this.store.write(tx, new Map([[name, content]]), viewer.accountId);
      await this.audit.note(tx, { actorId: viewer.accountId, action: 'SAVE', subjectKind: 'CONCEPT', subjectId: known?.uuid ?? ConceptStore.uuidOf(name), version: (known?.version ?? 0) + 1 });
      return { slug: name, before: known };
    });
    const concept = (await this.thesauri.now()).bySlug.get(slug);
    return { concept: concept ?? refuse('NOT_FOUND', 'input.id'), before };
  }

  /** The short names of concepts given by id. One statement, none without ids. @throws {Refusal} NOT_FOUND or ID_INVALID. */
  async slugsOf(ids: readonly string[], field: string): Promise<string[]> {
    if (ids.length === 0) return [];
    return slugsOf(ids, field, await this.thesauri.now());
  }

  /** What an editor should look at among the labels that are new. */
  async warnings(concept: ThesaurusConcept, before: ThesaurusConcept | null, locale: Locale): Promise<ConceptWarning[]> {
    const had = new Set(before ? labelsOf(before.names).map(({ language, text }) => `${language} ${text}`) : []);
    const added = labelsOf(concept.names).filter(({ language, text }) => !had.has(`${language} ${text}`));
    const { labels, bySlug } = this.thesauri.current;
    const shares = await this.shares(added);
    return added.flatMap(({ language, text }, index) => {
      const found = words(text);
      const others = labels.find(found, [language]).filter((match) => match.concept !== concept.slug && match.end - match.start === found.length);
      const names = [...new Set(others.map((match) => bySlug.get(match.concept)?.names[language].preferred ?? match.concept))].join(', ');
      const share = shares[index] ?? 0;
      return [
        ...(names ? [{ code: 'LABEL_SHARED', language, label: text, message: message('LABEL_SHARED', locale, { label: text, others: names }) }] : []),
        ...(share > COMMON_SHARE ? [{ code: 'LABEL_TOO_COMMON', language, label: text, message: message('LABEL_TOO_COMMON', locale, { label: text, share: Math.round(share * 100) }) }] : []),
      ];
    });
  }

  /** Of which share of the library each label may stand in: that of its rarest word. */
  private async shares(labels: readonly { language: Language; text: string }[]): Promise<number[]> {
    const stems = labels.map(({ language, text }) => words(text).map(({ normal }) => stemTerm(fold(ownStem(normal, language)))));
    const rows = await this.dataSource.query<{ term: string; share: number }[]>(
      'SELECT term, t.entries::float8 / greatest(s.entries, 1) AS share FROM search_term t CROSS JOIN search_statistics s WHERE term = ANY ($1)',
      [[...new Set(stems.flat())]],
    );
    const shareOf = new Map(rows.map(({ term, share }) => [term, share]));
    return stems.map((terms) => Math.min(1, ...terms.map((term) => shareOf.get(term) ?? 0)));
  }
}

function uuidOf(id: string, field: string): string {
  const { type, uuid } = parseGlobalId(id, field);
  return type === 'Concept' ? uuid : refuse('NOT_FOUND', field);
}

function slugsOf(ids: readonly string[], field: string, { byUuid }: Thesaurus): string[] {
  return ids.map((id, index) => byUuid.get(uuidOf(id, `${field}.${index}`))?.slug ?? refuse('NOT_FOUND', `${field}.${index}`));
}

function contentOf({ labels, broader, related }: ConceptSaveInput, thesaurus: Thesaurus): ConceptContent {
  const names = new Map(labels.map(({ language, preferred, alternative, hidden, note }: ConceptLabelsInput) => [language, { preferred, alternative: trimmed(alternative), hidden: trimmed(hidden), note: note ?? null }]));
  if (names.size !== LANGUAGES.length || labels.length !== LANGUAGES.length) refuse('LABELS_MISSING', 'input.labels');
  return { names: Object.fromEntries(names) as unknown as ConceptContent['names'], broader: slugsOf(broader, 'input.broader', thesaurus), related: slugsOf(related, 'input.related', thesaurus) };
}

function trimmed(labels: readonly string[]): string[] {
  return labels.map((label) => label.trim());
}

/** "da.hidden" as the input's field. */
function fieldOf(field: string, { labels }: ConceptSaveInput): string {
  const [first = '', ...rest] = field.split('.');
  const place = labels.findIndex(({ language }) => language.toLowerCase() === first);
  return ['input', ...(place < 0 ? [first] : ['labels', place]), ...rest].join('.');
}

function inOrder(concepts: readonly ThesaurusConcept[], language: Language): ThesaurusConcept[] {
  const { compare } = new Intl.Collator(language.toLowerCase());
  return concepts.toSorted((a, b) => compare(a.names[language].preferred, b.names[language].preferred));
}
