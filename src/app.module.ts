import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { Account, Session } from './accounts/account.entity.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { Sessions } from './accounts/sessions.service.js';
import { Advice } from './advice/advice.entity.js';
import { AdviceModule } from './advice/advice.module.js';
import { AccessGuard } from './api/access.guard.js';
import { graphqlOptions } from './api/graphql.js';
import { NodeModule } from './api/node.js';
import { RefusalFilter } from './api/refusal.filter.js';
import { inputPipe, WellFormedTextPipe } from './api/validation.js';
import { AuditEvent } from './audit/audit-event.entity.js';
import { CONFIG, type Config } from './config.js';
import { ContentModule } from './content/content.module.js';
import { Contribution, Review, Revision } from './content/contribution.entity.js';
import { DatabaseModule } from './database/database.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { Call } from './questions/call.entity.js';
import { QuestionsModule } from './questions/questions.module.js';
import { SearchModule } from './search/search.module.js';
import { TaxonomyModule } from './taxonomy/taxonomy.module.js';
import { ConceptRevision, ConceptRow } from './thesaurus/concept.entity.js';
import { ThesaurusModule } from './thesaurus/thesaurus.module.js';
import { TransferModule } from './transfer/transfer.module.js';

const ENTITIES = [Account, Advice, AuditEvent, Call, ConceptRevision, ConceptRow, Contribution, Review, Revision, Session];

/** The table of contents: one line a room. */
@Global()
@Module({
  imports: [
    DatabaseModule.with(ENTITIES),
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [AccountsModule],
      inject: [Sessions],
      useFactory: (sessions: Sessions) => graphqlOptions((req) => sessions.viewerOf(req)),
    }),
    NodeModule,
    AccountsModule,
    TaxonomyModule,
    ThesaurusModule,
    SearchModule,
    ContentModule,
    QuestionsModule,
    AdviceModule,
    TransferModule,
    OperationsModule,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: WellFormedTextPipe },
    { provide: APP_PIPE, useValue: inputPipe },
    { provide: APP_FILTER, useClass: RefusalFilter },
  ],
})
export class AppModule {
  static with(config: Config): DynamicModule {
    return { module: AppModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
