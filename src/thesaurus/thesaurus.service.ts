import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ConceptContent, Thesaurus, type ThesaurusConcept } from './thesaurus.js';

/** The content is null where it is as this process knows it. */
type Row = Pick<ThesaurusConcept, 'uuid' | 'slug' | 'version'> & { content: ConceptContent | null };
type Queryable = Pick<EntityManager, 'query'>;

/** The concepts as this process last read them, and read again when somebody changed them. */
@Injectable()
export class ThesaurusService implements OnApplicationBootstrap {
  private latest = new Thesaurus(0, []);

  constructor(private readonly dataSource: DataSource) {}

  /** So that the first search need not. */
  async onApplicationBootstrap(): Promise<void> {
    await this.now();
  }

  /** As last read: perhaps older than the database's, which every search looks at. */
  get current(): Thesaurus {
    return this.latest;
  }

  /** At least as new as `version`; reads the concepts only when this process knows older ones. */
  async at(version: number, db: Queryable = this.dataSource): Promise<Thesaurus> {
    if (this.latest.version < version) {
      const read = await this.read(db);
      // Two reads may overtake each other.
      if (read.version > this.latest.version) this.latest = read;
    }
    return this.latest;
  }

  /** As it is now. One statement when nobody has changed it. */
  async now(): Promise<Thesaurus> {
    const [{ version }] = await this.dataSource.query<[{ version: number }]>('SELECT version FROM thesaurus');
    return this.at(version);
  }

  /** As it will be when this transaction ends: until then nobody changes it. */
  async hold(tx: EntityManager, lock: 'FOR SHARE' | 'FOR UPDATE' = 'FOR SHARE'): Promise<Thesaurus> {
    const [{ version }] = await tx.query<[{ version: number }]>(`SELECT version FROM thesaurus ${lock}`);
    return version === this.latest.version ? this.latest : this.at(version, tx);
  }

  /** Reads what changed; most concepts are as they were. */
  private async read(db: Queryable): Promise<Thesaurus> {
    const known = this.latest;
    const [{ version, rows }] = await db.query<[{ version: number; rows: Row[] }]>(
      `SELECT version, (
         SELECT coalesce(json_agg(json_build_object('uuid', c.id, 'slug', slug, 'version', c.version, 'content', CASE WHEN k.version IS DISTINCT FROM c.version THEN content END) ORDER BY slug), '[]')
         FROM concept c LEFT JOIN unnest($1::uuid[], $2::integer[]) AS k (id, version) USING (id)
       ) AS rows
       FROM thesaurus`,
      [known.concepts.map(({ uuid }) => uuid), known.concepts.map((concept) => concept.version)],
    );
    const concepts = rows.flatMap(({ content, ...row }) => (content ? { ...content, ...row } : (known.byUuid.get(row.uuid) ?? [])));
    return new Thesaurus(version, concepts, known);
  }
}
