import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import { refuse } from '../api/errors.js';
import { parseGlobalId } from '../api/ids.js';
import { AccountRole, viewerOf } from '../api/viewer.js';
import { CONFIG, type Config } from '../config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Account, Session } from './account.entity.js';
import {
  AccountPayload, AccountRoleSetInput, ApiTokenCreateInput, ApiTokenCreatePayload, ApiTokenRevokeInput, ApiTokenRevokePayload,
  SignInPayload, SignInRequestInput, SignInRequestPayload, SignInVerifyInput, SignOutPayload,
} from './accounts.inputs.js';
import { Accounts } from './accounts.service.js';
import { sessionCookie, Sessions } from './sessions.service.js';

@Resolver(() => Account)
export class AccountsResolver {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Allow('ANYONE')
  @Query(() => Account, { nullable: true, description: 'Your own account; null when you are not signed in.' })
  async viewer(@Context() { viewer }: ApiContext): Promise<Account | null> {
    return viewer && this.accounts.byUuid(viewer.accountId);
  }

  @Allow('ANYONE')
  @Mutation(() => SignInRequestPayload, { description: 'Sends a one-time code by e-mail. The first sign-in makes an account.' })
  async signInRequest(
    @Args('input', { description: 'Where to send it.' }) { email }: SignInRequestInput,
    @Context() { locale }: ApiContext,
  ): Promise<SignInRequestPayload> {
    await this.accounts.requestCode(email, locale);
    return { sent: true, userErrors: [] };
  }

  @Allow('ANYONE')
  @Mutation(() => SignInPayload, { description: 'Signs in with the code; the answer sets the session cookie.' })
  async signInVerify(
    @Args('input', { description: 'The address and its code.' }) { email, code }: SignInVerifyInput,
    @Context() { res }: ApiContext,
  ): Promise<SignInPayload> {
    const { account, token } = await this.accounts.verifyCode(email, code);
    res.append('Set-Cookie', sessionCookie(token, this.config.publicUrl));
    return { account, userErrors: [] };
  }

  @Allow(AccountRole.READER)
  @Mutation(() => SignOutPayload, { description: 'Ends this session, or the API token that the request came with.' })
  async signOut(@Context() context: ApiContext): Promise<SignOutPayload> {
    await this.sessions.close(viewerOf(context.viewer).sessionId);
    context.res.append('Set-Cookie', sessionCookie('', this.config.publicUrl));
    return { signedOut: true, userErrors: [] };
  }

  @Allow(AccountRole.READER)
  @Mutation(() => ApiTokenCreatePayload, { description: 'Makes a token for an API client, with your rights.' })
  async apiTokenCreate(
    @Args('input', { description: 'What it is for.' }) { name, days }: ApiTokenCreateInput,
    @Context() { viewer }: ApiContext,
  ): Promise<ApiTokenCreatePayload> {
    const { accountId } = viewerOf(viewer);
    const { token, session } = await this.unitOfWork.run((tx) => this.sessions.createApiToken(tx, accountId, name, days));
    return { token, apiToken: session, userErrors: [] };
  }

  @Allow(AccountRole.READER)
  @Mutation(() => ApiTokenRevokePayload, { description: 'Ends one of your API tokens.' })
  async apiTokenRevoke(
    @Args('input', { description: 'Which one.' }) { id }: ApiTokenRevokeInput,
    @Context() { viewer }: ApiContext,
  ): Promise<ApiTokenRevokePayload> {
    const { type, uuid } = parseGlobalId(id, 'input.id');
    if (type !== 'ApiToken') refuse('NOT_FOUND', 'input.id');
    await this.sessions.revoke(viewerOf(viewer).accountId, uuid);
    return { revoked: true, userErrors: [] };
  }

  @Allow(AccountRole.ADMIN)
  @Mutation(() => AccountPayload, { description: 'Gives another account its role.' })
  async accountRoleSet(
    @Args('input', { description: 'Whose account, and the role.' }) { email, role }: AccountRoleSetInput,
    @Context() { viewer }: ApiContext,
  ): Promise<AccountPayload> {
    return { account: await this.accounts.setRole(viewerOf(viewer), email, role), userErrors: [] };
  }

  @ResolveField(() => [Session], { description: 'Your API tokens that still work.' })
  async apiTokens(@Parent() account: Account, @Context() { viewer }: ApiContext): Promise<Session[]> {
    return account.uuid === viewer?.accountId ? this.sessions.apiTokens(account.uuid) : [];
  }
}
