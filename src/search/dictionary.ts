import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { letterMask, sizeOf } from './analyser/analyser.js';

/** How many words of the dictionary a growing word may stand for, besides the titles' words it begins. */
const MAX_COMPLETIONS = 12;
/** A query that is all typing mistakes is not worth more than comparing so many spellings with the dictionary. */
const MAX_UNKNOWN = 16;

/** What the dictionary is asked about a query. */
export interface Question {
  /** Terms that the library may have. */
  readonly terms: readonly string[];
  /** What a word that is still being typed begins with. */
  readonly beginnings: readonly string[];
  /** The ways in which each word may be spelt; those near to a word of which the library has none are looked for. */
  readonly words: readonly (readonly string[])[];
}
export interface NearWord {
  /** As asked. */
  readonly word: string;
  /** A word of the library that is perhaps one or two edits away. */
  readonly term: string;
  /** How it is written. */
  readonly surface: string | null;
}
export interface Lexicon {
  /** Number of entries that are searched. */
  readonly entries: number;
  /** Mean number of words of an entry. */
  readonly averageLength: number;
  /** Which thesaurus the entries are annotated by. */
  readonly thesaurus: number;
  /** In how many entries each known term occurs. */
  readonly entriesOf: ReadonlyMap<string, number>;
  readonly completions: readonly string[];
  readonly near: readonly NearWord[];
}
interface Row {
  part: 'TERM' | 'COMPLETION' | 'NEAR' | 'STATISTICS' | 'THESAURUS';
  term: string;
  entries: number;
  word: string;
  length: string;
  surface: string | null;
}

/** The words and terms that the library has, with the number of entries of each. */
@Injectable()
export class Dictionary {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * All about a query in one statement. Words near to an unknown one are found completely: the database compares every
   * word by its size and letters (an edit changes the size by one at most, and adds and removes one letter at most),
   * so that few are left to be measured.
   */
  async lookUp({ terms, beginnings, words }: Question): Promise<Lexicon> {
    const spelt = words.flatMap((spellings, word) => spellings.map((spelling) => ({ spelling, word })));
    const rows = await this.dataSource.query<Row[]>(
      `SELECT 'TERM' AS part, term, entries, '' AS word, 0 AS length, NULL AS surface FROM search_term WHERE term = ANY($1) AND entries > 0
       UNION ALL
       SELECT 'COMPLETION', completion.term, completion.entries, '', 0, NULL FROM unnest($2::text[]) AS b (beginning)
       CROSS JOIN LATERAL (
         SELECT term, entries FROM search_term
         WHERE term > b.beginning AND term < b.beginning || chr(1114111) AND size IS NOT NULL AND entries > 0
         ORDER BY entries DESC, term LIMIT ${MAX_COMPLETIONS}
       ) AS completion
       UNION ALL
       SELECT 'NEAR', t.term, t.entries, u.spelling, 0, t.surface FROM (
         SELECT * FROM unnest($3::text[], $4::integer[], $5::integer[], $6::integer[]) AS a (spelling, word, size, letters)
         WHERE NOT EXISTS (
           SELECT FROM unnest($3::text[], $4::integer[]) AS b (spelling, word) JOIN search_term ON term = b.spelling
           WHERE b.word = a.word AND entries > 0)
         LIMIT ${MAX_UNKNOWN}
       ) AS u
       JOIN search_term t ON t.size BETWEEN greatest(4, u.size - 2) AND u.size + 2 AND t.entries > 0
       CROSS JOIN LATERAL (SELECT u.letters & ~t.letters AS added, t.letters & ~u.letters AS removed) AS one
       CROSS JOIN LATERAL (SELECT added & (added - 1) AS added, removed & (removed - 1) AS removed) AS two
       WHERE (two.added = 0 AND two.removed = 0 AND abs(t.size - u.size) <= 1)
          OR (t.size >= 8 AND two.added & (two.added - 1) = 0 AND two.removed & (two.removed - 1) = 0)
       UNION ALL
       SELECT 'STATISTICS', '', entries, '', length, NULL FROM search_statistics
       UNION ALL
       SELECT 'THESAURUS', '', version, '', 0, NULL FROM thesaurus`,
      [
        terms,
        beginnings,
        spelt.map(({ spelling }) => spelling),
        spelt.map(({ word }) => word),
        spelt.map(({ spelling }) => sizeOf(spelling)),
        spelt.map(({ spelling }) => letterMask(spelling)),
      ],
    );
    const statistics = rows.find(({ part }) => part === 'STATISTICS');
    const entries = statistics?.entries ?? 0;
    return {
      entries,
      averageLength: entries > 0 ? Number(statistics?.length) / entries : 1,
      thesaurus: rows.find(({ part }) => part === 'THESAURUS')?.entries ?? 0,
      entriesOf: entriesOf(rows.filter(({ term }) => term !== '')),
      completions: rows.filter(({ part }) => part === 'COMPLETION').map(({ term }) => term),
      near: rows.filter(({ part }) => part === 'NEAR'),
    };
  }

  /** The most frequent words of the library that begin so, as they are written. One statement. */
  async completions(beginning: string, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ surface: string }[]>(
      `SELECT coalesce(surface, term) AS surface FROM search_term
       WHERE term > $1 AND term < $1 || chr(1114111) AND size IS NOT NULL AND entries > 0 ORDER BY entries DESC, term LIMIT $2`,
      [beginning, limit],
    );
    return rows.map(({ surface }) => surface);
  }

  /** In how many entries each of these terms occurs, if any. One statement, none without terms. */
  async entriesOf(terms: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (terms.length === 0) return new Map();
    return entriesOf(await this.dataSource.query<Row[]>('SELECT term, entries FROM search_term WHERE term = ANY($1) AND entries > 0', [terms]));
  }
}

function entriesOf(rows: readonly Pick<Row, 'term' | 'entries'>[]): Map<string, number> {
  return new Map(rows.map(({ term, entries }) => [term, entries]));
}
