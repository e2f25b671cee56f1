import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { facetValues, type FacetValues } from '../../taxonomy/facets.js';
import { prefixTerm, slugsIn } from '../analyser/analyser.js';
import { remember } from '../analyser/memo.js';
import { saturationSql } from '../bm25.js';

/** How many searchable attributes a document's terms are sorted into, by what they say of it. */
export const LEVELS = 8;
export const levelAttribute = (level: number): `t${number}` => `t${level}`;

/**
 * A term of so few entries is in no level: whoever asks for a rare term gets all its entries by condition. Nine of ten
 * terms are so rare, and the server rebuilds its list of searchable words with every change.
 */
export const RARE_ENTRIES = 20;
/** The level of what is not searched in: rare terms, and the beginnings of titles' words, whose impact says nothing. */
const NO_LEVEL = -1;

/** What the index holds of an entry: terms as opaque codes, tags, times, and which making of its postings this is. */
export interface IndexDocument extends FacetValues {
  /** The contribution's uuid. */
  readonly id: string;
  /** Which making of its postings this is: another one after every change. */
  readonly making: string;
  readonly kind: string;
  /** When it was published, in milliseconds. */
  readonly at: number;
  /** Orders like the uuid, among what was published in the same millisecond. */
  readonly tie: number;
  /** Slugs of its concepts, for counting. */
  readonly concepts: string[];
  /** All terms, for conditions. */
  readonly terms: string[];
  /** `t0` to `t7`: the codes of all but rare terms by impact, highest first. */
  readonly [level: `t${number}`]: string;
}

/** SQL of {@link IndexDocument.making}; the entry is `e`. */
export const MAKING = "e.entry || '.' || e.annotation";

const CODE_LETTERS = 12;

/**
 * A term as twelve letters: opaque, so that no tokeniser splits, folds or stems it, and all of one length, so that no
 * two put together are a third. 26^12 codes: among a million terms two alike are a matter of one in a hundred thousand.
 */
export const codeOf = remember((term) => {
  let number = createHash('sha256').update(term).digest().readBigUInt64BE();
  let code = '';
  for (let letter = 0; letter < CODE_LETTERS; letter++) {
    code += String.fromCharCode(97 + Number(number % 26n));
    number /= 26n;
  }
  return code;
});

interface Row {
  uuid: string;
  making: string;
  kind: string;
  facets: number;
  at: number;
  /** Null for an entry without a word. */
  levels: Partial<Record<number, string>> | null;
}

/**
 * Entries as the index should hold them, by uuid; what is not among them should not be in the index. The one
 * projection, for changes and rebuilds alike. A term's impact is its saturated frequency in the entry, without idf:
 * levels order the entries of one term.
 */
export async function documentsOf(dataSource: DataSource, uuids: readonly string[]): Promise<Map<string, IndexDocument>> {
  const rows = await dataSource.query<Row[]>(
    `SELECT e.contribution_id AS uuid, ${MAKING} AS making, e.kind, e.facets, (extract(epoch FROM e.published_at) * 1000)::float8 AS at, l.levels
     FROM (SELECT greatest(length, 1)::float8 / greatest(entries, 1) AS average FROM search_statistics) AS s, search_entry e
     CROSS JOIN LATERAL (
       SELECT json_object_agg(level, terms) AS levels FROM (
         SELECT CASE WHEN t.entries <= ${RARE_ENTRIES} OR p.term LIKE '${prefixTerm('')}%' THEN ${NO_LEVEL}
           ELSE greatest(0, least(${LEVELS - 1}, floor((0.93 - ${saturationSql('s.average')}) / 0.06)))::integer END AS level,
           string_agg(p.term, ' ') AS terms
         FROM search_posting p JOIN search_term t USING (term) WHERE p.entry = e.entry GROUP BY level
       ) AS by_level
     ) AS l
     WHERE e.contribution_id = ANY ($1)`,
    [uuids],
  );
  return new Map(rows.map((row) => [row.uuid, documentOf(row)]));
}

function documentOf({ uuid, making, kind, facets, at, levels }: Row): IndexDocument {
  const termsOf = (level: number) => (levels?.[level] ?? '').split(' ').filter(Boolean);
  const codesOf = (level: number) => termsOf(level).map(codeOf);
  const all = [...Array.from({ length: LEVELS }, (_, level) => level), NO_LEVEL].flatMap(termsOf);
  const byLevel = Array.from({ length: LEVELS }, (_, level) => codesOf(level));
  const attributes = Object.fromEntries(byLevel.map((codes, level) => [levelAttribute(level), codes.join(' ')])) as Record<`t${number}`, string>;
  return { id: uuid, making, kind, at, tie: tieOf(uuid), ...facetValues(facets), concepts: slugsIn(all), terms: all.map(codeOf), ...attributes };
}

/** The uuid's first 48 bits, which order like the whole. */
function tieOf(uuid: string): number {
  return Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);
}
