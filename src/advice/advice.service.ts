import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { ApiContext } from '../api/context.js';
import { refuse } from '../api/errors.js';
import { Nodes } from '../api/node.js';
import { readPage, requireSize } from '../api/pagination.js';
import type { Viewer } from '../api/viewer.js';
import { ContributionReads } from '../content/contribution-reads.js';
import { type SaveInput, targetOf } from '../content/contribution.inputs.js';
import { Contributions } from '../content/contributions.service.js';
import { Kinds } from '../content/kinds.js';
import { ContributionStatus } from '../content/lifecycle.js';
import { publicNow } from '../content/visibility.js';
import { SearchLog } from '../questions/search-log.js';
import { conceptTerm } from '../search/analyser/analyser.js';
import { EntryConcepts, hasConcept } from '../search/entry-concepts.js';
import type { Highlight, Match } from '../search/highlight.js';
import { plainText } from '../search/plain-text.js';
import { type SearchFilter, SearchService } from '../search/search.service.js';
import { Suggestions } from '../search/suggestions.js';
import { SimilarEntries } from '../search/similar.js';
import { countFacets, FACET_FIELDS, filterMasks } from '../taxonomy/facets.js';
import type { Language, Phase } from '../taxonomy/taxonomy.js';
import { annotate } from '../thesaurus/annotation.js';
import { Concept } from '../thesaurus/concept.type.js';
import { Concepts } from '../thesaurus/concepts.service.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { Advice } from './advice.entity.js';
import { AdviceArgs, AdviceSort } from './advice.args.js';
import type { AdviceConnection, AdviceContentInput, AdviceEdge, SearchSuggestion } from './advice.inputs.js';
import { ADVICE, type AdviceContent, contentOf } from './advice.kind.js';

const MAX_SIMILAR = 20;
const MAX_CONCEPTS = 20;
/** Titles among the suggestions. */
const MAX_TITLES = 3;

/** Advice for readers and contributors; its life is in content/, its finding in search/. */
@Injectable()
export class AdviceService implements OnModuleInit {
  constructor(
    private readonly contributions: Contributions,
    private readonly reads: ContributionReads,
    private readonly searching: SearchService,
    private readonly similarEntries: SimilarEntries,
    private readonly suggestions: Suggestions,
    private readonly entryConcepts: EntryConcepts,
    private readonly concepts: Concepts,
    private readonly thesauri: ThesaurusService,
    private readonly kinds: Kinds,
    private readonly nodes: Nodes,
    private readonly searchLog: SearchLog,
  ) {}

  onModuleInit(): void {
    this.kinds.register(ADVICE);
    this.nodes.register(ADVICE.typeName, (uuids, { viewer }) => this.reads.byUuid(Advice, uuids, viewer));
  }

  /** A page of public advice, of one phase or concept if it is given. @throws {Refusal} for a search, filter, sorting, page size or cursor that cannot be. */
  async list(args: AdviceArgs, of: { phase?: Phase; concept?: string } = {}): Promise<AdviceConnection> {
    const { search, sort, filter } = args;
    const masks = filterMasks(of.phase === undefined ? filter : Object.assign({}, filter, { phases: [of.phase] }));
    const chosen = filter?.concepts ?? [];
    if (chosen.length > MAX_CONCEPTS) refuse('TOO_MANY', 'filter.concepts', { max: MAX_CONCEPTS });
    const concepts = of.concept === undefined ? await this.concepts.slugsOf(chosen, 'filter.concepts') : [of.concept];
    if (this.searching.isSearch(search)) return this.find(search, { masks, concepts }, sort ?? AdviceSort.RELEVANCE, args);
    if (sort === AdviceSort.RELEVANCE) refuse('SORT_NEEDS_SEARCH', 'sort');
    const ordering = { by: 'publishedAt', direction: sort === AdviceSort.OLDEST ? 'ASC' : 'DESC' } as const;
    const rows = this.publicRows(concepts);
    for (const field of FACET_FIELDS) if (masks[field] !== 0) rows.andWhere(`c.facets & :${field} <> 0`, { [field]: masks[field] });
    const { edges, pageInfo } = await this.reads.page(rows, readPage(args, ['advice', masks, concepts, ordering.direction]), ordering);
    let counted: ReturnType<AdviceConnection['counts']> | undefined;
    return {
      edges: edges.map((edge) => ({ ...edge, highlighter: null })),
      pageInfo,
      degraded: false,
      didYouMean: null,
      counts: () => (counted ??= this.groups(concepts).then((groups) => countFacets(groups, masks))),
      conceptCounts: () => this.entryConcepts.counts(ADVICE.kind, masks),
    };
  }

  private async find(search: string, filter: SearchFilter, sort: AdviceSort, args: AdviceArgs): Promise<AdviceConnection> {
    const { edges, pageInfo, total, facets, conceptCounts, degraded, query, highlighter } = await this.searching.find(ADVICE.kind, search, filter, sort, args);
    const rows = await this.reads.byUuid(Advice, edges.map(({ node }) => node), null);
    if (args.after == null && !args.typing) this.searchLog.note({ text: search, masks: filter.masks, total, query });
    return {
      edges: edges.flatMap(({ cursor }, index) => {
        const node = rows[index];
        return node ? [{ cursor, node, highlighter }] : [];
      }),
      pageInfo,
      degraded,
      didYouMean: query.corrected,
      counts: () => Promise.resolve({ total, facets }),
      conceptCounts,
    };
  }

  /** Everything public, of any of these concepts if there are some. */
  private publicRows(concepts: readonly string[]): SelectQueryBuilder<Advice> {
    const rows = this.reads.rows(Advice).where(publicNow('c'));
    return concepts.length === 0 ? rows : rows.andWhere(`EXISTS (SELECT FROM search_entry e WHERE e.contribution_id = c.id AND ${hasConcept('e.entry', ':concepts')})`, { concepts: concepts.map(conceptTerm) });
  }

  /** The same, grouped by facet values. */
  private async groups(concepts: readonly string[]): Promise<{ facets: number; count: number }[]> {
    const groups = await this.publicRows(concepts).select('c.facets', 'facets').addSelect('count(*)::integer', 'count').groupBy('c.facets').getRawMany();
    return groups as { facets: number; count: number }[];
  }

  async save(viewer: Viewer, input: AdviceContentInput, submit: boolean): Promise<Advice> {
    const { authorCredit, idempotencyKey } = input;
    return this.contributions.save(viewer, ADVICE, { target: savedTarget(input), content: contentOf(input), authorCredit, idempotencyKey }, submit);
  }

  /**
   * Public advice most like this one, best first. For all public advice of a request one look-up; for one that is
   * not public, its latest text is compared.
   */
  async similarTo(advice: Advice, limit: number, context: ApiContext): Promise<Advice[]> {
    requireSize(limit, MAX_SIMILAR);
    const uuids = await (advice.status === ContributionStatus.PUBLISHED && !advice.revision
      ? context.loaders.get<string, string[]>(`similar ${limit}`, (sources) => this.similarEntries.toEntries(sources, limit)).load(advice.uuid)
      : this.similarToText((advice.revision as AdviceContent | null) ?? advice, advice.uuid, limit));
    return this.load(uuids, context);
  }

  private similarToText(content: AdviceContent, uuid: string, limit: number): Promise<string[]> {
    return this.similarEntries.toText(ADVICE.searchTexts(content), content.language, limit, uuid);
  }

  /** Public advice most like a text that somebody is writing, best first. @throws {Refusal} PAGE_SIZE_INVALID. */
  async similarToDraft({ title, body, language }: { title: string; body: string; language: Language }, limit: number, context: ApiContext): Promise<Advice[]> {
    requireSize(limit, MAX_SIMILAR);
    return this.load(await this.similarEntries.toText({ title, body: plainText(body), why: '', context: '' }, language, limit), context);
  }

  /** What somebody may be about to search for: titles of public advice, concepts, words. @throws {Refusal} SEARCH_TOO_LONG. */
  async suggest(prefix: string, language: Language): Promise<SearchSuggestion[]> {
    if (!this.searching.isSearch(prefix)) return [];
    const [{ edges }, suggestions] = [await this.list(Object.assign(new AdviceArgs(), { search: prefix, first: MAX_TITLES, typing: true })), await this.suggestions.of(prefix, language)];
    return [
      ...suggestions.map(({ text, concept }) => ({ text, concept: concept && new Concept(concept), advice: null })),
      ...edges.map(({ node }) => ({ text: node.title, concept: null, advice: node })),
    ];
  }

  /** What an advice is about, most telling first: as annotated while it is public, else as found in its latest text. */
  async conceptsOf(advice: Advice, context: ApiContext): Promise<Concept[]> {
    const loader = context.loaders.get<Advice, Concept[]>('concepts', async (all) => {
      const thesaurus = await this.thesauri.now();
      const annotated = await this.entryConcepts.of(all.map(({ uuid }) => uuid));
      return all.map((each, index) => {
        const isPublic = each.status === ContributionStatus.PUBLISHED;
        return Concept.named(isPublic ? (annotated[index] ?? []) : annotate(ADVICE.searchTexts(each), each.language, thesaurus).keys(), thesaurus);
      });
    });
    return loader.load(advice);
  }

  /** Where an edge's search was found; null for an edge of a list. */
  highlight({ node, highlighter }: AdviceEdge): Highlight | null {
    return highlighter?.highlight({ title: node.title, text: excerptText(node), language: node.language }) ?? null;
  }

  /** Why an edge was found; nothing for an edge of a list. */
  matches({ node, highlighter }: AdviceEdge): Match[] {
    const { title, body, why, context } = ADVICE.searchTexts(node);
    return highlighter?.matches({ texts: [title, body, why, context], language: node.language }) ?? [];
  }

  private async load(uuids: readonly string[], { loaders }: ApiContext): Promise<Advice[]> {
    const loader = loaders.get<string, Advice | null>('public advice', (keys) => this.reads.byUuid(Advice, keys, null));
    return (await Promise.all(uuids.map((uuid) => loader.load(uuid)))).filter((row) => row !== null);
  }
}

/** What an excerpt is taken from. */
function excerptText({ body, why, validWhen }: Advice): string {
  return [plainText(body), why, validWhen].filter(Boolean).join('\n');
}

function savedTarget({ id, version }: SaveInput) {
  if (id == null) return null;
  return targetOf({ id, version: version ?? refuse('VERSION_REQUIRED', 'input.version') });
}
