import { Language } from '../taxonomy/taxonomy.js';
import { Labels } from './labels.js';

/** A concept's names and scope note in one language. */
export interface ConceptNames {
  readonly preferred: string;
  readonly alternative: readonly string[];
  /** Found, but not shown: misspellings, irregular forms. */
  readonly hidden: readonly string[];
  /** What the concept covers, and where its neighbours begin. */
  readonly note: string | null;
}

/** A theme of the field, as SKOS describes concepts. */
export interface ConceptContent {
  readonly names: Readonly<Record<Language, ConceptNames>>;
  /** Slugs of more general concepts; a concept without any is a theme. */
  readonly broader: readonly string[];
  readonly related: readonly string[];
}

export interface ThesaurusConcept extends ConceptContent {
  readonly uuid: string;
  readonly slug: string;
  readonly version: number;
}

/** All concepts as they were at one version: made once, then only read. */
export class Thesaurus {
  readonly bySlug: ReadonlyMap<string, ThesaurusConcept>;
  readonly byUuid: ReadonlyMap<string, ThesaurusConcept>;
  readonly labels: Labels;
  private readonly narrowerOf = new Map<string, string[]>();
  private readonly relatedTo = new Map<string, Set<string>>();

  /** @param before an earlier version: the labels of what has not changed since are taken from it. */
  constructor(
    readonly version: number,
    readonly concepts: readonly ThesaurusConcept[],
    before?: Thesaurus,
  ) {
    this.bySlug = new Map(concepts.map((concept) => [concept.slug, concept]));
    this.byUuid = new Map(concepts.map((concept) => [concept.uuid, concept]));
    const unchanged = concepts.filter((each) => isIn(each, before));
    const changed = concepts.filter((each) => !isIn(each, before));
    this.labels = new Labels(
      changed.flatMap(({ slug, names }) => labelsOf(names).map((label) => ({ concept: slug, ...label }))),
      before && { labels: before.labels, concepts: unchanged.map(({ slug }) => slug) },
    );
    for (const { slug, broader, related } of concepts) {
      for (const each of broader) this.narrowerOf.set(each, [...(this.narrowerOf.get(each) ?? []), slug]);
      for (const each of related) for (const [from, to] of [[slug, each], [each, slug]] as const) this.relatedTo.set(from, (this.relatedTo.get(from) ?? new Set()).add(to));
    }
  }

  /** Slugs of the concepts that this one is broader than. */
  narrower(slug: string): readonly string[] {
    return this.narrowerOf.get(slug) ?? [];
  }

  /** Slugs of related concepts: related is mutual, whichever of the two says so. */
  related(slug: string): readonly string[] {
    return [...(this.relatedTo.get(slug) ?? [])];
  }
}

function isIn({ slug, uuid, version }: ThesaurusConcept, thesaurus: Thesaurus | undefined): boolean {
  const known = thesaurus?.bySlug.get(slug);
  return known?.uuid === uuid && known.version === version;
}

export const LANGUAGES = Object.values(Language);

/** Every label of every language. */
export function labelsOf(names: ConceptContent['names']): { language: Language; text: string }[] {
  return LANGUAGES.flatMap((language) => {
    const { preferred, alternative, hidden } = names[language];
    return [preferred, ...alternative, ...hidden].map((text) => ({ language, text }));
  });
}
