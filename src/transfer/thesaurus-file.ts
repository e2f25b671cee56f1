import { message } from '../api/messages.js';
import { problemsOf } from '../thesaurus/check.js';
import { type ConceptContent, type ConceptNames, LANGUAGES } from '../thesaurus/thesaurus.js';
import { type Fields, type FileProblem, readYaml } from './front-matter.js';

interface Read {
  readonly file: string;
  readonly fields: Fields;
}
const CONCEPT_FIELDS = ['broader', 'related', ...LANGUAGES.map((language) => language.toLowerCase())];
const NAME_FIELDS = ['preferred', 'alternative', 'hidden', 'note'];

/** Reads and checks the files of a thesaurus, each a YAML of concepts by their slugs, and what they say together. */
export function readThesaurus(files: readonly { file: string; text: string }[]): Map<string, ConceptContent> | FileProblem[] {
  const problems: FileProblem[] = [];
  const concepts = new Map<string, ConceptContent>();
  const places = new Map<string, Read>();
  for (const { file, text } of files) {
    const fields = readYaml(file, text);
    if ('message' in fields) {
      problems.push(fields);
      continue;
    }
    for (const [slug, value] of Object.entries(fields.data)) {
      const shape = shapeProblem(value);
      const other = places.get(slug);
      if (shape) problems.push({ file, line: fields.lineOf([slug, ...shape.path].join('.')), field: [slug, ...shape.path].join('.'), message: shape.message });
      else if (other) problems.push({ file, line: fields.lineOf(slug), field: slug, message: `is also in ${other.file}; a concept stands in one file` });
      else {
        places.set(slug, { file, fields });
        concepts.set(slug, contentOf(value as Record<string, unknown>));
      }
    }
  }
  if (problems.length > 0) return problems;
  for (const { slug, field, code, values } of problemsOf(concepts)) {
    const { file = files[0]?.file ?? '', fields } = places.get(slug) ?? {};
    const path = [slug, field].filter(Boolean).join('.');
    problems.push({ file, line: fields?.lineOf(path) ?? 1, field: path || null, message: message(code, 'en', values) });
  }
  return problems.length > 0 ? problems : concepts;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isTexts(value: unknown): value is string[] | null | undefined {
  return value == null || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}

/** What keeps a value from being a concept at all. */
function shapeProblem(value: unknown): { path: string[]; message: string } | null {
  if (!isFields(value)) return { path: [], message: 'takes fields: da, nb, nn, en, broader, related' };
  const unknown = Object.keys(value).find((field) => !CONCEPT_FIELDS.includes(field));
  if (unknown !== undefined) return { path: [unknown], message: `there is no such field; there are ${CONCEPT_FIELDS.join(', ')}` };
  for (const field of ['broader', 'related']) if (!isTexts(value[field])) return { path: [field], message: 'takes a list of concepts: write [ … ]' };
  for (const language of LANGUAGES.map((each) => each.toLowerCase())) {
    const names = value[language];
    if (!isFields(names) || typeof names['preferred'] !== 'string') return { path: [language], message: 'needs a preferred label' };
    const odd = Object.keys(names).find((field) => !NAME_FIELDS.includes(field));
    if (odd !== undefined) return { path: [language, odd], message: `there is no such field; there are ${NAME_FIELDS.join(', ')}` };
    for (const field of ['alternative', 'hidden']) if (!isTexts(names[field])) return { path: [language, field], message: 'takes a list of texts: write [ … ]' };
    if (names['note'] != null && typeof names['note'] !== 'string') return { path: [language, 'note'], message: 'takes a text' };
  }
  return null;
}

function contentOf(value: Record<string, unknown>): ConceptContent {
  const texts = (field: unknown) => (field as string[] | null | undefined) ?? [];
  const names = LANGUAGES.map((language) => {
    const { preferred, alternative, hidden, note } = value[language.toLowerCase()] as Record<string, unknown>;
    return [language, { preferred, alternative: texts(alternative), hidden: texts(hidden), note: note ?? null } as ConceptNames];
  });
  return { names: Object.fromEntries(names) as ConceptContent['names'], broader: texts(value['broader']), related: texts(value['related']) };
}
