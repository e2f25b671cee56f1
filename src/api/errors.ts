import { Field, ObjectType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { type Code, type Locale, message } from './messages.js';

@ObjectType({ description: 'Why a mutation did not do what was asked. Nothing was changed.' })
export class UserError {
  @Field({ description: 'Stable and made for programs, such as VERSION_STALE.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The input field it is about, such as input.sources.0.url.' })
  field!: string | null;

  @Field({ description: "What to do about it, in the language of the request's Accept-Language (da, nb or en)." })
  message!: string;
}

/** What every mutation answers besides its result. */
@ObjectType({ isAbstract: true })
export abstract class Payload {
  @Field(() => [UserError], { description: 'Empty when it went well.' })
  userErrors: UserError[] = [];
}

export interface Problem {
  code: Code;
  field: string | null;
  values: Record<string, string | number>;
}

/** An expected failure. Thrown, so that a transaction rolls back; answered by the {@link RefusalFilter}. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ code, field }) => (field ? `${code} (${field})` : code)).join(', '));
  }

  toUserErrors(locale: Locale): UserError[] {
    return this.problems.map(({ code, field, values }) => ({ code, field, message: message(code, locale, values) }));
  }

  /** For queries, which have no payload to carry user errors. */
  toGraphQLError(locale: Locale): GraphQLError {
    const [first] = this.problems;
    const code = first?.code ?? 'FORBIDDEN';
    const status = code === 'UNAUTHENTICATED' ? 401 : code === 'FORBIDDEN' ? 403 : 400;
    return new GraphQLError(message(code, locale, first?.values), {
      extensions: { code, field: first?.field ?? undefined, http: { status } },
    });
  }
}

/** @throws {Refusal} always. */
export function refuse(code: Code, field: string | null = null, values: Problem['values'] = {}): never {
  throw new Refusal([{ code, field, values }]);
}
