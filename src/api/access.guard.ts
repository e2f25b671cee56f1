import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { ApiContext } from './context.js';
import { refuse } from './errors.js';
import { AccountRole, atLeast } from './viewer.js';

export const ALLOWED = 'erfara:allowed';
export type Allowed = 'ANYONE' | AccountRole;

/** Who may call a root field or route: anyone, or accounts with at least this role. Without it nobody may. */
export const Allow = (allowed: Allowed) => SetMetadata(ALLOWED, allowed);

/** Denies whatever does not say who may call it. Synchronous: an async guard would split loader batches. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = this.reflector.get<Allowed | undefined>(ALLOWED, context.getHandler());
    if (allowed === 'ANYONE') return true;
    if (context.getType<string>() !== 'graphql' || allowed === undefined) refuse('FORBIDDEN');
    const { viewer } = GqlExecutionContext.create(context).getContext<ApiContext>();
    if (!viewer) refuse('UNAUTHENTICATED');
    return atLeast(viewer, allowed) || refuse('FORBIDDEN');
  }
}
