import { words } from '../search/analyser/fold.js';
import { type ConceptContent, LANGUAGES } from './thesaurus.js';

export const LIMITS = { label: 80, note: 300, labels: 60, relations: 30, concepts: 5_000, allLabels: 50_000 } as const;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_SLUG = 60;
/** Labels and notes are plain text, on one line. */
const NOT_PLAIN = /[<>\p{Cc}]/u;

/** What is wrong with a concept, at which field, such as "da.preferred". */
export interface ConceptProblem {
  readonly slug: string;
  readonly field: string;
  readonly message: string;
}
type Concepts = ReadonlyMap<string, ConceptContent>;

/** Everything that is wrong with these concepts by themselves and together; nothing when they can be used. */
export function problemsOf(concepts: Concepts): ConceptProblem[] {
  const labels = [...concepts.values()].reduce((sum, { names }) => sum + LANGUAGES.reduce((of, language) => of + names[language].alternative.length + names[language].hidden.length + 1, 0), 0);
  if (concepts.size > LIMITS.concepts || labels > LIMITS.allLabels)
    return [{ slug: '', field: '', message: `${concepts.size} concepts with ${labels} labels are too many; at most ${LIMITS.concepts} concepts and ${LIMITS.allLabels} labels can be searched with` }];
  return [...concepts].flatMap(([slug, content]) => [...namesProblems(slug, content), ...relationProblems(slug, content, concepts)]);
}

function namesProblems(slug: string, { names }: ConceptContent): ConceptProblem[] {
  const problems: ConceptProblem[] = [];
  const add = (field: string, message: string) => problems.push({ slug, field, message });
  if (!SLUG.test(slug) || slug.length > MAX_SLUG) add('', `the concept's own name takes small letters, digits and hyphens, at most ${MAX_SLUG}, such as market-dialogue`);
  for (const language of LANGUAGES) {
    const field = language.toLowerCase();
    const { preferred, alternative, hidden, note } = names[language];
    const seen = new Set<string>();
    if (alternative.length + hidden.length >= LIMITS.labels) add(field, `${alternative.length + hidden.length + 1} labels are too many; keep the ${LIMITS.labels} that people use`);
    for (const [kind, text] of [['preferred', preferred], ...alternative.map((each) => ['alternative', each]), ...hidden.map((each) => ['hidden', each])] as [string, string][]) {
      const letters = words(text).map(({ folded }) => folded).join(' ');
      if (letters.length < 2) add(`${field}.${kind}`, `"${text}" is too short for a label; use at least two letters`);
      else if (text.length > LIMITS.label) add(`${field}.${kind}`, `"${text.slice(0, 30)}…" is longer than ${LIMITS.label} characters`);
      if (NOT_PLAIN.test(text)) add(`${field}.${kind}`, `"${text}" has markup in it; labels are plain text`);
      if (seen.has(text.toLowerCase())) add(`${field}.${kind}`, `"${text}" is there twice; once is enough`);
      seen.add(text.toLowerCase());
    }
    if (note !== null && (note.length > LIMITS.note || NOT_PLAIN.test(note))) add(`${field}.note`, `write the note as plain text of at most ${LIMITS.note} characters`);
  }
  return problems;
}

function relationProblems(slug: string, { broader, related }: ConceptContent, concepts: Concepts): ConceptProblem[] {
  const problems: ConceptProblem[] = [];
  for (const [field, slugs] of [['broader', broader], ['related', related]] as const) {
    if (slugs.length > LIMITS.relations) problems.push({ slug, field, message: `at most ${LIMITS.relations} relations` });
    for (const other of new Set(slugs)) {
      if (other === slug) problems.push({ slug, field, message: 'a concept is not related to itself' });
      else if (!concepts.has(other)) problems.push({ slug, field, message: `there is no concept ${other}` });
    }
  }
  for (const both of related.filter((other) => broader.includes(other))) problems.push({ slug, field: 'related', message: `${both} is broader already; leave it out of related` });
  const circle = circleThrough(slug, concepts);
  if (circle) problems.push({ slug, field: 'broader', message: `goes in a circle: ${circle.join(' → ')}` });
  return problems;
}

/** The way from a concept by broader ones back to itself, if there is one. */
function circleThrough(slug: string, concepts: Concepts): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [slug];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const up of concepts.get(at)?.broader ?? []) {
      if (up === slug) {
        const way = [slug];
        for (let step: string | undefined = at; step !== undefined && step !== slug; step = cameFrom.get(step)) way.unshift(step);
        return [slug, ...way];
      }
      if (!cameFrom.has(up)) {
        cameFrom.set(up, at);
        open.push(up);
      }
    }
  }
  return null;
}
