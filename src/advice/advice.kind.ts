import type { Kind } from '../content/kinds.js';
import { plainText } from '../search/plain-text.js';
import { facetMask } from '../taxonomy/facets.js';
import { Advice, ADVICE_TEXT } from './advice.entity.js';
import type { AdviceContentInput } from './advice.inputs.js';

export type AdviceContent = Pick<Advice, (typeof ADVICE_TEXT)[number]>;

/** What the shared life of contributions needs to know of advice. */
export const ADVICE: Kind<Advice, AdviceContent> = {
  kind: 'ADVICE',
  typeName: 'Advice',
  entity: Advice,
  content: (row) => Object.fromEntries(ADVICE_TEXT.map((field) => [field, row[field]])) as unknown as AdviceContent,
  columns: (content) => ({ ...content, facets: facetMask({ ...content, languages: [content.language] }) }),
  searchTexts: ({ title, body, why, validWhen, caseName, sources }) => ({
    title,
    body: plainText(body),
    why: [why, validWhen].filter(Boolean).join('\n'),
    context: [caseName, ...sources.map((source) => source.title)].filter(Boolean).join('\n'),
  }),
};

/** An input's text with everything it leaves out filled in. */
export function contentOf(input: AdviceContentInput): AdviceContent {
  return {
    language: input.language,
    title: input.title,
    body: input.body,
    why: input.why ?? null,
    validWhen: input.validWhen ?? null,
    roles: input.roles,
    phases: input.phases,
    stages: input.stages ?? [],
    forms: input.forms ?? [],
    sources: (input.sources ?? []).map(({ title, url }) => ({ title, url })),
    basis: input.basis ?? null,
    caseName: input.caseName ?? null,
  };
}
