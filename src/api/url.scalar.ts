import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLURL } from 'graphql-scalars';

/** graphql-scalars' URL, but read into text: a URL object is more than what is stored, and inputs are copied field by field. */
export const UrlScalar = new GraphQLScalarType<string, string>({
  ...GraphQLURL.toConfig(),
  serialize: String,
  parseValue: (value: unknown) => String(GraphQLURL.parseValue(value)),
  parseLiteral: (node: ValueNode) => String(GraphQLURL.parseLiteral(node)),
});
