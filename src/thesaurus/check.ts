import type { Problem } from '../api/errors.js';
import type { Code } from '../api/messages.js';
import { words } from '../search/analyser/fold.js';
import { type ConceptContent, LANGUAGES, labelsOf } from './thesaurus.js';

export const LIMITS = { slug: 60, label: 80, note: 300, labels: 60, relations: 30, concepts: 5_000, allLabels: 50_000 } as const;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Labels and notes are plain text, on one line. */
const NOT_PLAIN = /[<>\p{Cc}]/u;

type Concepts = ReadonlyMap<string, ConceptContent>;
/** What is wrong with a concept, at which field of it, such as "da.preferred". */
export interface ConceptProblem extends Problem {
  readonly slug: string;
  readonly field: string;
}
type Add = (code: Code, field: string, values?: Problem['values']) => void;

/** Everything that is wrong with these concepts by themselves and together; nothing when they can be used. */
export function problemsOf(concepts: Concepts): ConceptProblem[] {
  const labels = [...concepts.values()].reduce((sum, { names }) => sum + labelsOf(names).length, 0);
  if (concepts.size > LIMITS.concepts || labels > LIMITS.allLabels)
    return [{ slug: '', field: '', code: 'THESAURUS_TOO_LARGE', values: { concepts: concepts.size, labels, maxConcepts: LIMITS.concepts, maxLabels: LIMITS.allLabels } }];
  return [...concepts.keys()].flatMap((slug) => problemsOfConcept(slug, concepts));
}

/** Everything that is wrong with one concept among the others. */
export function problemsOfConcept(slug: string, concepts: Concepts): ConceptProblem[] {
  const content = concepts.get(slug);
  const problems: ConceptProblem[] = [];
  const add: Add = (code, field, values = {}) => problems.push({ slug, code, field, values });
  if (!SLUG.test(slug) || slug.length > LIMITS.slug) add('CONCEPT_SLUG_INVALID', 'slug', { max: LIMITS.slug });
  if (content) {
    checkNames(content, add);
    checkRelations(slug, content, concepts, add);
  }
  return problems;
}

function checkNames({ names }: ConceptContent, add: Add): void {
  for (const language of LANGUAGES) {
    const at = language.toLowerCase();
    const { preferred, alternative, hidden, note } = names[language];
    if (alternative.length + hidden.length >= LIMITS.labels) add('TOO_MANY', at, { max: LIMITS.labels });
    const seen = new Set<string>();
    for (const [kind, labels] of [['preferred', [preferred]], ['alternative', alternative], ['hidden', hidden]] as const) {
      for (const label of labels) {
        if (words(label).map(({ folded }) => folded).join('').length < 2) add('LABEL_TOO_SHORT', `${at}.${kind}`, { label: label.slice(0, 20) });
        if (label.length > LIMITS.label) add('LABEL_TOO_LONG', `${at}.${kind}`, { label: `${label.slice(0, 20)}…`, max: LIMITS.label });
        if (NOT_PLAIN.test(label)) add('TEXT_NOT_PLAIN', `${at}.${kind}`, { text: label.slice(0, 20) });
        if (seen.has(label.toLowerCase())) add('LABEL_TWICE', `${at}.${kind}`, { label });
        seen.add(label.toLowerCase());
      }
    }
    if (note !== null && note.length > LIMITS.note) add('TOO_LONG', `${at}.note`, { max: LIMITS.note });
    if (note !== null && NOT_PLAIN.test(note)) add('TEXT_NOT_PLAIN', `${at}.note`, { text: note.slice(0, 20) });
  }
}

function checkRelations(slug: string, { broader, related }: ConceptContent, concepts: Concepts, add: Add): void {
  for (const [field, slugs] of [['broader', broader], ['related', related]] as const) {
    if (slugs.length > LIMITS.relations) add('TOO_MANY', field, { max: LIMITS.relations });
    for (const other of new Set(slugs)) {
      if (other === slug) add('CONCEPT_RELATED_TO_ITSELF', field);
      else if (!concepts.has(other)) add('CONCEPT_UNKNOWN', field, { slug: other });
    }
  }
  for (const other of related.filter((each) => broader.includes(each))) add('CONCEPT_RELATION_TWICE', 'related', { slug: other });
  const circle = circleThrough(slug, concepts);
  if (circle) add('CONCEPT_CIRCLE', 'broader', { circle: circle.join(' → ') });
}

/** The way from a concept by broader ones back to itself, if there is one. */
function circleThrough(slug: string, concepts: Concepts): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [slug];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const up of concepts.get(at)?.broader ?? []) {
      if (up === slug && at !== slug) {
        const way = [slug];
        for (let step: string | undefined = at; step !== undefined && step !== slug; step = cameFrom.get(step)) way.unshift(step);
        return [slug, ...way];
      }
      if (up !== slug && !cameFrom.has(up)) {
        cameFrom.set(up, at);
        open.push(up);
      }
    }
  }
  return null;
}
