import { Injectable } from '@nestjs/common';
import { refuse } from '../api/errors.js';
import { parseGlobalId } from '../api/ids.js';
import type { Viewer } from '../api/viewer.js';
import { Audit } from '../audit/audit.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Postings } from '../search/postings.js';
import { AnnotationEdit } from '../thesaurus/annotation.js';
import { Concepts } from '../thesaurus/concepts.service.js';
import { Contribution } from './contribution.entity.js';
import type { AnnotateInput } from './contribution.inputs.js';
import { Kinds, searchable } from './kinds.js';
import { visibleTo } from './visibility.js';

/** What editors decide by hand about the concepts of a contribution; whoever annotates it later keeps to that. */
@Injectable()
export class Annotations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly concepts: Concepts,
    private readonly kinds: Kinds,
    private readonly postings: Postings,
    private readonly audit: Audit,
  ) {}

  /** Adds and strikes concepts, or leaves them to the text again; what is public is found by them at once. @throws {Refusal} NOT_FOUND or ID_INVALID. */
  async edit(viewer: Viewer, input: AnnotateInput): Promise<Contribution> {
    const { type, uuid } = parseGlobalId(input.id, 'input.id');
    const [added, struck, reset] = await Promise.all([this.concepts.slugsOf(input.add, 'input.add'), this.concepts.slugsOf(input.strike, 'input.strike'), this.concepts.slugsOf(input.reset, 'input.reset')]);
    return this.unitOfWork.run(async (tx) => {
      const row = await visibleTo(tx.createQueryBuilder(Contribution, 'c').where('c.uuid = :uuid', { uuid }).setLock('pessimistic_write'), viewer).getOne();
      if (row?.typeName !== type) refuse('NOT_FOUND', 'input.id');
      await tx.query('DELETE FROM annotation_edit WHERE contribution_id = $1 AND concept_id IN (SELECT id FROM concept WHERE slug = ANY ($2))', [uuid, [...added, ...struck, ...reset]]);
      for (const [edit, slugs] of [[AnnotationEdit.ADDED, added], [AnnotationEdit.STRUCK, struck]] as const)
        await tx.query('INSERT INTO annotation_edit (contribution_id, concept_id, edit, created_by) SELECT $1, id, $2, $3 FROM concept WHERE slug = ANY ($4) ON CONFLICT DO NOTHING', [uuid, edit, viewer.accountId, slugs]);
      await this.audit.note(tx, { actorId: viewer.accountId, action: 'ANNOTATE', subjectKind: row.kind, subjectId: uuid, version: row.version });
      // Of what is not public, search has nothing that could be changed.
      await this.postings.annotate(tx, [searchable(this.kinds.of(row), row)]);
      return row;
    });
  }
}
