import { type ArgumentsHost, Catch, type ExceptionFilter, ForbiddenException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { type GraphQLResolveInfo, OperationTypeNode } from 'graphql';
import type { ApiContext } from './context.js';
import { Refusal } from './errors.js';

/** Signing in or another role is needed before the input matters: an error of the request, not of the input. */
const OF_THE_REQUEST = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/** Answers expected failures: as `userErrors` of a mutation's payload, else as a GraphQL error with the same code. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch(refusal: Refusal, host: ArgumentsHost): unknown {
    if (host.getType<string>() !== 'graphql') throw asHttpException(refusal);
    const graphql = GqlArgumentsHost.create(host);
    const { locale } = graphql.getContext<ApiContext>();
    const { operation, path } = graphql.getInfo<GraphQLResolveInfo>();
    const ofTheRequest = refusal.problems.some(({ code }) => OF_THE_REQUEST.has(code));
    if (operation.operation === OperationTypeNode.MUTATION && !path.prev && !ofTheRequest) return { userErrors: refusal.toUserErrors(locale) };
    return refusal.toGraphQLError(locale);
  }
}

function asHttpException(refusal: Refusal) {
  const code = refusal.problems[0]?.code;
  if (code === 'UNAUTHENTICATED') return new UnauthorizedException();
  return code === 'NOT_FOUND' ? new NotFoundException() : new ForbiddenException();
}
