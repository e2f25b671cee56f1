import { GraphQLScalarType, GraphQLString } from 'graphql';

/**
 * The URL scalar, as text. What is read is any text: `WebAddress` refuses what is no address, with a code and in the
 * reader's language, which a scalar cannot.
 */
export const UrlScalar = new GraphQLScalarType<string, string>({
  name: 'URL',
  description: 'The address of a page on the web (http or https).',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  serialize: String,
  parseValue: (value) => GraphQLString.parseValue(value),
  parseLiteral: (node) => GraphQLString.parseLiteral(node, {}),
});
