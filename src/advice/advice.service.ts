import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ApiContext } from '../api/context.js';
import { refuse } from '../api/errors.js';
import { Nodes } from '../api/node.js';
import { readPage } from '../api/pagination.js';
import type { Viewer } from '../api/viewer.js';
import { ContributionReads } from '../content/contribution-reads.js';
import { type SaveInput, targetOf } from '../content/contribution.inputs.js';
import { Contributions } from '../content/contributions.service.js';
import { Kinds } from '../content/kinds.js';
import { ContributionStatus } from '../content/lifecycle.js';
import { publicNow } from '../content/visibility.js';
import { SearchLog } from '../questions/search-log.js';
import type { Highlight } from '../search/highlight.js';
import { plainText } from '../search/plain-text.js';
import { SearchService } from '../search/search.service.js';
import { SimilarEntries } from '../search/similar.js';
import { countFacets, FACET_FIELDS, type FacetMasks, filterMasks } from '../taxonomy/facets.js';
import type { Phase } from '../taxonomy/taxonomy.js';
import { Advice } from './advice.entity.js';
import { type AdviceArgs, AdviceSort } from './advice.args.js';
import type { AdviceConnection, AdviceContentInput, AdviceEdge } from './advice.inputs.js';
import { ADVICE, type AdviceContent, contentOf } from './advice.kind.js';

const MAX_SIMILAR = 20;

/** Advice for readers and contributors; its life is in content/, its finding in search/. */
@Injectable()
export class AdviceService implements OnModuleInit {
  constructor(
    private readonly contributions: Contributions,
    private readonly reads: ContributionReads,
    private readonly searching: SearchService,
    private readonly similarEntries: SimilarEntries,
    private readonly kinds: Kinds,
    private readonly nodes: Nodes,
    private readonly searchLog: SearchLog,
  ) {}

  onModuleInit(): void {
    this.kinds.register(ADVICE);
    this.nodes.register(ADVICE.typeName, (uuids, { viewer }) => this.reads.byUuid(Advice, uuids, viewer));
  }

  /** A page of public advice, of one phase if it is given. @throws {Refusal} for a search, sorting, page size or cursor that cannot be. */
  async list(args: AdviceArgs, phase: Phase | null = null): Promise<AdviceConnection> {
    const { search, sort } = args;
    const masks = filterMasks(phase === null ? args.filter : Object.assign({}, args.filter, { phases: [phase] }));
    if (this.searching.isSearch(search)) return this.find(search, masks, sort ?? AdviceSort.RELEVANCE, args);
    if (sort === AdviceSort.RELEVANCE) refuse('SORT_NEEDS_SEARCH', 'sort');
    const ordering = { by: 'publishedAt', direction: sort === AdviceSort.OLDEST ? 'ASC' : 'DESC' } as const;
    const rows = this.reads.rows(Advice).where(publicNow('c'));
    for (const field of FACET_FIELDS) if (masks[field] !== 0) rows.andWhere(`c.facets & :${field} <> 0`, { [field]: masks[field] });
    const { edges, pageInfo } = await this.reads.page(rows, readPage(args, ['advice', masks, ordering.direction]), ordering);
    let counted: ReturnType<AdviceConnection['counts']> | undefined;
    return {
      edges: edges.map((edge) => ({ ...edge, highlighter: null })),
      pageInfo,
      degraded: false,
      counts: () => (counted ??= this.groups().then((groups) => countFacets(groups, masks))),
    };
  }

  private async find(search: string, masks: FacetMasks, sort: AdviceSort, args: AdviceArgs): Promise<AdviceConnection> {
    const { edges, pageInfo, total, facets, degraded, query, highlighter } = await this.searching.find(ADVICE.kind, search, masks, sort, args);
    const rows = await this.reads.byUuid(Advice, edges.map(({ node }) => node), null);
    if (args.after == null && !args.typing) this.searchLog.note({ text: search, masks, total, query });
    return {
      edges: edges.flatMap(({ cursor }, index) => {
        const node = rows[index];
        return node ? [{ cursor, node, highlighter }] : [];
      }),
      pageInfo,
      degraded,
      counts: () => Promise.resolve({ total, facets }),
    };
  }

  /** Everything public, grouped by facet values. */
  private async groups(): Promise<{ facets: number; count: number }[]> {
    const groups = await this.reads.rows(Advice).select('c.facets', 'facets').addSelect('count(*)::integer', 'count').where(publicNow('c')).groupBy('c.facets').getRawMany();
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
    if (limit < 1 || limit > MAX_SIMILAR) refuse('PAGE_SIZE_INVALID', 'first', { max: MAX_SIMILAR, got: limit });
    const uuids = await (advice.status === ContributionStatus.PUBLISHED && !advice.revision
      ? context.loaders.get<string, string[]>(`similar ${limit}`, (sources) => this.similarEntries.toEntries(sources, limit)).load(advice.uuid)
      : this.similarToText((advice.revision as AdviceContent | null) ?? advice, advice.uuid, limit));
    return this.load(uuids, context);
  }

  private similarToText(content: AdviceContent, uuid: string, limit: number): Promise<string[]> {
    return this.similarEntries.toText(ADVICE.searchTexts(content), content.language, limit, uuid);
  }

  /** Where an edge's search was found; null for an edge of a list. */
  highlight({ node, highlighter }: AdviceEdge): Highlight | null {
    const text = [plainText(node.body), node.why, node.validWhen].filter(Boolean).join('\n');
    return highlighter?.highlight({ title: node.title, text, language: node.language }) ?? null;
  }

  private async load(uuids: readonly string[], { loaders }: ApiContext): Promise<Advice[]> {
    const loader = loaders.get<string, Advice | null>('public advice', (keys) => this.reads.byUuid(Advice, keys, null));
    return (await Promise.all(uuids.map((uuid) => loader.load(uuid)))).filter((row) => row !== null);
  }
}

function savedTarget({ id, version }: SaveInput) {
  if (id == null) return null;
  return targetOf({ id, version: version ?? refuse('VERSION_REQUIRED', 'input.version') });
}
