import { lexer, type Token } from 'marked';

/** The words of a Markdown text without its marks: one line a block, no HTML tags. */
export function plainText(markdown: string): string {
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
      if (token.type === 'html') return String(token.text).replace(/<[^<>]*>/g, ' ');
      if (token.type === 'br') return '\n';
      return 'tokens' in token && token.tokens ? inline(token.tokens) : 'text' in token ? String(token.text) : '';
    })
    .join('');
}
