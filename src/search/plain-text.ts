import { decodeHTMLStrict } from 'entities';
import { lexer, type Token } from 'marked';

/** The Markdown reader's time grows steeply with a paragraph's emphasis marks; nobody means so many. */
const MAX_MARKS = 500;
const tooMarked = (text: string) => text.split(/\n\s*\n/).some((part) => (part.match(/[*_]/g)?.length ?? 0) > MAX_MARKS);

/** The words of a Markdown text without its marks: one line a block, no HTML tags. One that is all marks stays as it is. */
export function plainText(markdown: string): string {
  if (tooMarked(markdown)) return markdown;
  try {
    return blocks(lexer(markdown)).join('\n');
  } catch (error) {
    // Thousands of quotation marks or list marks within each other are deeper than the stack; they are no Markdown then.
    if (error instanceof RangeError) return markdown;
    throw error;
  }
}

function blocks(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token): string[] => {
    if (token.type === 'list') return (token['items'] as { tokens: Token[] }[]).flatMap((item) => blocks(item.tokens));
    if (token.type === 'blockquote') return blocks(token.tokens ?? []);
    if (token.type === 'table') {
      const rows = [token['header'], ...(token['rows'] as unknown[])] as { tokens: Token[] }[][];
      return rows.map((cells) => cells.map(({ tokens: inner }) => inline(inner)).join(' '));
    }
    if (token.type === 'space' || token.type === 'hr' || token.type === 'def' || token.type === 'checkbox') return [];
    return [inline('tokens' in token && token.tokens ? token.tokens : [token])];
  });
}

function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if ('tokens' in token && token.tokens) return inline(token.tokens);
      const text = 'text' in token ? String(token.text) : '';
      if (token.type === 'code' || token.type === 'codespan') return text;
      return decodeHTMLStrict(token.type === 'html' ? text.replace(/<[^<>]*>/g, ' ') : text);
    })
    .join('');
}
