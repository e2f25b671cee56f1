import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConceptContent } from './thesaurus.js';

/** A concept as stored; everybody reads it through the thesaurus service. */
@Entity('concept')
export class ConceptRow {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('text')
  slug!: string;

  @Column('integer')
  version!: number;

  /** The version that the last import made; another one means that somebody edited the concept here. */
  @Column('integer', { nullable: true })
  importedVersion!: number | null;

  @Column('jsonb')
  content!: ConceptContent;
}

@Entity('concept_revision')
export class ConceptRevision {
  @PrimaryColumn('uuid')
  conceptId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('jsonb')
  content!: ConceptContent;

  @Column('uuid', { nullable: true })
  createdBy!: string | null;
}
