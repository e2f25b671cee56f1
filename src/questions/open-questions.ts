import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Nodes } from '../api/node.js';
import { type Connection, connect, type Edge, encodeCursor, type Page, readPage } from '../api/pagination.js';
import { AccountRole, atLeast } from '../api/viewer.js';
import { publicNow } from '../content/visibility.js';
import { facetCounts, filterMasks } from '../taxonomy/facets.js';
import type { Language } from '../taxonomy/taxonomy.js';
import { LANGUAGES, type Thesaurus } from '../thesaurus/thesaurus.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { labelOf } from './group.js';
import { OpenQuestion, type OpenQuestionsArgs } from './questions.inputs.js';
import { ASKED_DAYS, KEPT_DAYS, SearchLog } from './search-log.js';

const MAX_EXAMPLES = 5;
/** The largest count that a hand-made cursor may name; SQL's integers end there. */
const MAX_COUNT = 2_147_483_647;

interface Row {
  uuid: string;
  terms: string[];
  words: string[];
  asked: number;
  days: number;
  weakShare: number;
  months: { month: string; count: number }[];
  facets: { facets: number; count: number }[];
  examples: string[];
}
interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What readers asked in vain, and no call is open for. What was asked until a call was answered or closed counts no more. */
@Injectable()
export class OpenQuestions implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly thesauri: ThesaurusService,
    private readonly log: SearchLog,
    private readonly nodes: Nodes,
  ) {}

  onModuleInit(): void {
    this.nodes.register('OpenQuestion', async (uuids, { viewer }) => (atLeast(viewer, AccountRole.EDITOR) ? this.byUuid(uuids) : uuids.map(() => null)));
  }

  /** A page of them, most asked first. @throws {Refusal} for a page size or cursor that cannot be. */
  async list(args: OpenQuestionsArgs): Promise<Connection<Edge<OpenQuestion>>> {
    const { roles, phases } = filterMasks(args.filter);
    const page = readPage(args, ['openQuestions', roles, phases]);
    await this.log.forget();
    const found = await this.read(pageOf(page, roles, phases), page.backward ? 'ASC' : 'DESC', page.size + 1);
    return connect(page, found, (node) => ({ node, cursor: encodeCursor(page, [node.asked, node.uuid]) }));
  }

  private async byUuid(uuids: readonly string[]): Promise<(OpenQuestion | null)[]> {
    const found = await this.read({ sql: 'a.question_id = ANY ($1::uuid[])', parameters: [uuids] }, 'DESC', uuids.length);
    return uuids.map((uuid) => found.find((each) => each.uuid === uuid) ?? null);
  }

  private async read({ sql, parameters }: Condition, order: 'ASC' | 'DESC', limit: number): Promise<OpenQuestion[]> {
    const rows = await this.dataSource.query<Row[]>(
      `WITH answered AS (
         SELECT question_id, max(until) AS until FROM (
           SELECT c.question_id, coalesce(c.closed_at, min(greatest(a.created_at, k.visible_from)) FILTER (WHERE k.id IS NOT NULL), 'infinity')::date AS until
           FROM call c
           LEFT JOIN call_answer a ON a.call_id = c.id
           LEFT JOIN contribution k ON k.id = a.contribution_id AND ${publicNow('k')}
           GROUP BY c.id
         ) AS calls GROUP BY question_id
       ), since AS (
         SELECT d.* FROM question_day d LEFT JOIN answered USING (question_id) WHERE d.day > coalesce(until, '-infinity')
       ), asked AS (
         SELECT question_id, min(day) AS first_day, sum(weak)::integer AS asked, sum(weak)::float8 / sum(searches) AS share,
           (count(DISTINCT day) FILTER (WHERE weak > 0))::integer AS days, array_agg(facets) FILTER (WHERE weak > 0) AS facets
         FROM since GROUP BY question_id HAVING count(DISTINCT day) FILTER (WHERE weak > 0) >= ${ASKED_DAYS}
       )
       SELECT q.id AS uuid, q.terms, q.words, a.asked, a.days, a.share AS "weakShare",
         (SELECT json_agg(json_build_object('month', month, 'count', count) ORDER BY month) FROM (
            SELECT to_char(day, 'YYYY-MM') AS month, sum(weak) AS count FROM since WHERE question_id = q.id GROUP BY 1 HAVING sum(weak) > 0) AS m) AS months,
         (SELECT json_agg(json_build_object('facets', facets, 'count', count)) FROM (
            SELECT facets, sum(weak) AS count FROM since WHERE question_id = q.id GROUP BY facets) AS f) AS facets,
         ARRAY(SELECT text FROM search_log WHERE question_id = q.id AND weak > 0 AND day >= a.first_day AND day > current_date - ${KEPT_DAYS}
            GROUP BY text ORDER BY sum(weak) DESC, text LIMIT ${MAX_EXAMPLES}) AS examples
       FROM asked a JOIN question q ON q.id = a.question_id
       WHERE ${sql} ORDER BY a.asked ${order}, q.id ${order} LIMIT ${limit}`,
      [...parameters],
    );
    const thesaurus = await this.thesauri.now();
    return rows.map((row) => questionOf(row, thesaurus));
  }
}

function pageOf({ from, backward }: Page, roles: number, phases: number): Condition {
  const asked = [roles, phases].map((_, index) => `($${index + 1}::integer = 0 OR EXISTS (SELECT FROM unnest(a.facets) AS f WHERE f & $${index + 1} <> 0))`);
  if (!from) return { sql: asked.join(' AND '), parameters: [roles, phases] };
  const [count, uuid] = from;
  return { sql: [...asked, `(a.asked, q.id) ${backward ? '>' : '<'} ($3::integer, $4::uuid)`].join(' AND '), parameters: [roles, phases, Math.min(count, MAX_COUNT), uuid] };
}

function questionOf({ terms, words, facets, ...row }: Row, thesaurus: Thesaurus): OpenQuestion {
  const { roles, phases } = facetCounts((_, __, bit) => facets.reduce((sum, each) => (each.facets & (1 << bit) ? sum + each.count : sum), 0));
  const labels = Object.fromEntries(LANGUAGES.map((language) => [language, labelOf({ terms, words }, language, thesaurus)])) as Record<Language, string>;
  return Object.assign(new OpenQuestion(), { ...row, roles, phases, labels });
}
