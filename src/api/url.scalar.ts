import { GraphQLScalarType, GraphQLString } from 'graphql';
import { GraphQLURL } from 'graphql-scalars';

/**
 * The URL scalar, as text. What is read is any text: `WebAddress` refuses what is no address, with a code and in the
 * reader's language, which a scalar cannot.
 */
export const UrlScalar = new GraphQLScalarType<string, string>({
  ...GraphQLURL.toConfig(),
  serialize: String,
  parseValue: (value) => GraphQLString.parseValue(value),
  parseLiteral: (node) => GraphQLString.parseLiteral(node, {}),
});
