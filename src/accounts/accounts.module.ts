import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AccountsResolver } from './accounts.resolver.js';
import { Accounts } from './accounts.service.js';
import { Mailer } from './mail.js';
import { Sessions } from './sessions.service.js';

@Module({ imports: [AuditModule], providers: [Accounts, AccountsResolver, Mailer, Sessions], exports: [Sessions] })
export class AccountsModule {}
