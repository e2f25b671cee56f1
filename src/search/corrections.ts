import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { letterMask, sizeOf, stemTerm } from './analyser/analyser.js';
import { stems } from './analyser/stem.js';
import { editDistance } from './edit-distance.js';

/** A query that is all typing mistakes is not worth more than this many look-ups. */
const MAX_WORDS = 8;
/** Inflections are followed only from this many of the likeliest corrections of a word. */
const FOLLOWED = 3;

export interface Correction {
  readonly term: string;
  /** Edits away from what was typed. */
  readonly distance: 1 | 2;
}

/**
 * Words of the library that an unknown word may have been meant as: one edit away when the library's word has four
 * letters or more, two when it has eight. Complete: the database compares every word by its size and letters (an
 * edit changes the size by one at most, and adds and removes one letter at most), the few that remain are measured.
 */
@Injectable()
export class Corrections {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the corrections of each word, nearest first, and in how many entries their terms occur. */
  async of(unknown: readonly string[]): Promise<{ corrections: Map<string, Correction[]>; entriesOf: Map<string, number> }> {
    const asked = unknown.slice(0, MAX_WORDS);
    const near = asked.length > 0 ? await this.nearby(asked) : [];
    const corrections = new Map<string, Correction[]>();
    const entriesOf = new Map<string, number>();
    const inflections = new Set<string>();
    for (const word of asked) {
      const found = near
        .filter((candidate) => candidate.word === word)
        .map((candidate) => ({ ...candidate, distance: editDistance(word, candidate.term) }))
        .filter(({ term, distance }) => distance === 1 || (distance === 2 && sizeOf(term) >= 8))
        .sort((a, b) => a.distance - b.distance || b.entries - a.entries || (a.term < b.term ? -1 : 1));
      for (const { term, entries } of found) entriesOf.set(term, entries);
      const asWritten = found.map(({ term, distance }) => ({ term, distance: distance as 1 | 2 }));
      const inflected = asWritten.slice(0, FOLLOWED).flatMap(({ term, distance }) => stems(term).map((stemmed) => ({ term: stemTerm(stemmed), distance })));
      for (const { term } of inflected) inflections.add(term);
      corrections.set(word, [...asWritten, ...inflected]);
    }
    if (inflections.size > 0) {
      const rows = await this.dataSource.query<{ term: string; entries: number }[]>(
        'SELECT term, entries FROM search_term WHERE term = ANY($1) AND entries > 0',
        [[...inflections]],
      );
      for (const { term, entries } of rows) entriesOf.set(term, entries);
    }
    return { corrections, entriesOf };
  }

  private nearby(asked: readonly string[]): Promise<{ word: string; term: string; entries: number }[]> {
    return this.dataSource.query(
      `SELECT u.word, t.term, t.entries
       FROM unnest($1::text[], $2::integer[], $3::integer[]) AS u (word, size, letters)
       JOIN search_term t ON t.size BETWEEN greatest(4, u.size - 2) AND u.size + 2 AND t.entries > 0
       CROSS JOIN LATERAL (SELECT u.letters & ~t.letters AS added, t.letters & ~u.letters AS removed) AS one
       CROSS JOIN LATERAL (SELECT added & (added - 1) AS added, removed & (removed - 1) AS removed) AS two
       WHERE (two.added = 0 AND two.removed = 0 AND abs(t.size - u.size) <= 1)
          OR (t.size >= 8 AND two.added & (two.added - 1) = 0 AND two.removed & (two.removed - 1) = 0)`,
      [asked, asked.map(sizeOf), asked.map(letterMask)],
    );
  }
}
