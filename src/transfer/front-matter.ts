import { type Alias, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';

/** What is wrong with a file, where. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly message: string;
}

export interface Fields {
  readonly data: Record<string, unknown>;
  /** The line (from 1) of a field, by its path such as "sources.0.url"; else the first. */
  lineOf(path: string): number;
}

/** Fields and a body, whose path is "body". */
export interface FrontMatter extends Fields {
  readonly body: string;
}

const FENCED = /^---\r?\n(?<yaml>[\s\S]*?)^---[ \t]*\r?\n?(?<body>[\s\S]*)$/m;

/** Reads a Markdown file that begins with YAML between two lines of `---`. Problems are returned, not thrown. */
export function readFrontMatter(file: string, text: string): FrontMatter | FileProblem {
  const { yaml, body } = FENCED.exec(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))?.groups ?? {};
  if (yaml === undefined || body === undefined || !/^\uFEFF?---\r?\n/.test(text))
    return { file, line: 1, field: null, message: 'begin with front matter: YAML between two lines of ---' };
  const read = readYaml(file, yaml, 1);
  if ('message' in read) return read;
  const bodyLine = 2 + yaml.split('\n').length;
  return { ...read, body: body.trim(), lineOf: (path) => (path === 'body' ? bodyLine : read.lineOf(path)) };
}

/** Reads YAML that holds fields, `linesBefore` of a file. Problems are returned, not thrown. */
export function readYaml(file: string, yaml: string, linesBefore = 0): Fields | FileProblem {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  const [error] = [...document.errors, ...document.warnings];
  const lineAt = (offset: number) => lines.linePos(offset).line + linesBefore;
  if (error) return { file, line: lineAt(error.pos[0]), field: null, message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '') };
  // Aliases can blow a small file up to a large value; no entry needs them.
  let alias: Alias | undefined;
  visit(document, { Alias: (_, node) => ((alias = node), visit.BREAK) });
  if (alias) return { file, line: lineAt(alias.range?.[0] ?? 0), field: null, message: `*${alias.source} stands for text elsewhere; write the text itself` };
  if (!isMap(document.contents)) return { file, line: linesBefore + 1, field: null, message: `${linesBefore > 0 ? 'the front matter' : 'the file'} takes fields, such as "title: …"` };
  return {
    data: document.toJS() as Record<string, unknown>,
    lineOf(path) {
      const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      for (let depth = steps.length; depth > 0; depth--) {
        const node = document.getIn(steps.slice(0, depth), true);
        const offset = isScalar(node) || isMap(node) ? node.range?.[0] : (node as { range?: [number] } | undefined)?.range?.[0];
        if (offset !== undefined) return lineAt(offset);
      }
      return linesBefore + 1;
    },
  };
}
