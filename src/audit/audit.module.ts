import { Injectable, Module } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditEvent } from './audit-event.entity.js';

export type AuditEntry = Omit<AuditEvent, 'id'>;

/** Notes who did what, in the transaction that does it. */
@Injectable()
export class Audit {
  async note(tx: EntityManager, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length > 0) await tx.insert(AuditEvent, entries);
  }
}

@Module({ providers: [Audit], exports: [Audit] })
export class AuditModule {}
