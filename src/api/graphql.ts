import { randomUUID } from 'node:crypto';
import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ApiContext, Loaders, localeOf } from './context.js';
import type { Viewer } from './viewer.js';

/** More tokens than any honest query, few enough that parsing stays cheap. */
const MAX_TOKENS = 5_000;
const logger = new Logger('GraphQL');

/** @param resolveViewer finds the account behind a request, once a request. */
export function graphqlOptions(resolveViewer: (req: Request) => Promise<Viewer | null>): ApolloDriverConfig {
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    introspection: true,
    graphiql: false,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    preserveHttpStatusForExecutionErrors: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: maskUnexpected,
    context: async ({ req, res }: { req: Request; res: Response }): Promise<ApiContext> => ({
      viewer: await resolveViewer(req),
      locale: localeOf(req),
      loaders: new Loaders(),
      req,
      res,
    }),
  };
}

/** Says nothing of what went wrong inside; the correlation id leads an operator to the line in the log. */
function maskUnexpected(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const original = unwrapResolverError(error);
  if (original instanceof GraphQLError && code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) {
    const { http: _, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  }
  const correlationId = randomUUID();
  logger.error(`${correlationId} ${original instanceof Error ? (original.stack ?? original.message) : String(original)}`);
  return {
    message: `Something went wrong here, not with your request. Try again; if it goes on, report this id: ${correlationId}`,
    path: formatted.path,
    extensions: { code: 'INTERNAL', correlationId },
  };
}
