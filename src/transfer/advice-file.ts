import { plainToInstance } from 'class-transformer';
import { IsEnum, Matches, validateSync } from 'class-validator';
import { AdviceContentInput } from '../advice/advice.inputs.js';
import { type AdviceContent, contentOf } from '../advice/advice.kind.js';
import { message } from '../api/messages.js';
import { illFormedAt, problemsOf } from '../api/validation.js';
import { Language } from '../taxonomy/taxonomy.js';
import { type FileProblem, readFrontMatter } from './front-matter.js';

export interface AdviceFile {
  readonly file: string;
  readonly externalId: string;
  readonly authorCredit: string | null;
  readonly content: AdviceContent;
}

const FIELDS = ['externalId', 'language', 'title', 'roles', 'phases', 'stages', 'forms', 'basis', 'caseName', 'why', 'validWhen', 'sources', 'authorCredit'];
const LISTS = ['roles', 'phases', 'stages', 'forms', 'sources'];

class AdviceFrontMatter extends AdviceContentInput {
  @Matches(/^[\w.-]{1,64}$/, { message: 'an id of 1 to 64 letters, digits, dots, dashes' })
  externalId!: string;

  @IsEnum(Language, { message: `one of ${Object.values(Language).join(', ')}` })
  declare language: Language;
}

/** Reads and checks one advice file, by the same rules as the API's inputs. */
export function readAdviceFile(file: string, text: string): AdviceFile | FileProblem[] {
  const read = readFrontMatter(file, text);
  if ('message' in read) return [read];
  const problem = (field: string, what: string): FileProblem => ({ file, line: read.lineOf(field), field, message: what });
  const unknown = Object.keys(read.data).filter((key) => !FIELDS.includes(key));
  if (unknown.length > 0) return unknown.map((key) => problem(key, `there is no such field; there are ${FIELDS.join(', ')}`));
  const single = LISTS.filter((field) => read.data[field] != null && !Array.isArray(read.data[field]));
  if (single.length > 0) return single.map((field) => problem(field, 'this takes a list, also of one: write [ … ]'));
  const illFormed = illFormedAt({ ...read.data, body: read.body }, '');
  if (illFormed !== null) return [problem(illFormed, message('CHARACTER_INVALID', 'en'))];
  const input = plainToInstance(AdviceFrontMatter, { ...read.data, body: read.body });
  const problems = problemsOf(validateSync(input), '');
  if (problems.length > 0) return problems.map(({ code, field, values }) => problem(field ?? '', message(code, 'en', values)));
  return { file, externalId: input.externalId, authorCredit: input.authorCredit ?? null, content: contentOf(input) };
}
