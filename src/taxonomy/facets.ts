import { CollaborationForm, Language, Phase, Role, Stage } from './taxonomy.js';

/** The closed vocabularies that entries are filtered and counted by. */
export interface FacetValues {
  roles: Role[];
  phases: Phase[];
  stages: Stage[];
  forms: CollaborationForm[];
  languages: Language[];
}
export type FacetField = keyof FacetValues;
/** What a reader asks for: any of the values within a field, all of the fields. Empty or absent: no condition. */
export type FacetFilter = { [Field in FacetField]?: FacetValues[Field] | null };
/** One bit mask a field; 0 means no condition. */
export type FacetMasks = Record<FacetField, number>;
export interface FacetCount<Value> {
  value: Value;
  count: number;
}
export type FacetCounts = { [Field in FacetField]: FacetCount<FacetValues[Field][number]>[] };

/** Order matters: a value's place is its bit in stored masks. New values go last, and a migration re-makes the masks. */
const BITS: readonly (readonly [FacetField, string])[] = [
  ...Object.values(Role).map((value) => ['roles', value] as const),
  ...Object.values(Phase).map((value) => ['phases', value] as const),
  ...Object.values(Stage).map((value) => ['stages', value] as const),
  ...Object.values(CollaborationForm).map((value) => ['forms', value] as const),
  ...Object.values(Language).map((value) => ['languages', value] as const),
];
export const FACET_FIELDS: readonly FacetField[] = ['roles', 'phases', 'stages', 'forms', 'languages'];

/** Kinds of contribution have the bits above those of the vocabularies, in this order; at most five. */
const KINDS: readonly string[] = ['ADVICE'];

/** A kind of contribution as one bit beside an entry's {@link facetMask}. */
export function kindMask(kind: string): number {
  const place = KINDS.indexOf(kind);
  if (place < 0) throw new Error(`contributions of kind ${kind} have no bit yet: add the kind to KINDS`);
  return 1 << (BITS.length + place);
}

function maskOf(field: FacetField, values: readonly string[]): number {
  return BITS.reduce((mask, [of, value], bit) => (of === field && values.includes(value) ? mask | (1 << bit) : mask), 0);
}

/** All facet values of an entry as one 25-bit mask, so that filtering is an AND and counting groups by one integer. */
export function facetMask(values: FacetValues): number {
  return FACET_FIELDS.reduce((mask, field) => mask | maskOf(field, values[field]), 0);
}

/** The facet values of an entry from its mask: the inverse of {@link facetMask}. */
export function facetValues(mask: number): FacetValues {
  const values = { roles: [], phases: [], stages: [], forms: [], languages: [] } as FacetValues;
  BITS.forEach(([field, value], bit) => {
    if (mask & (1 << bit)) (values[field] as string[]).push(value);
  });
  return values;
}

/** The values that a filter asks for, a field; empty means no condition. */
export function filteredValues(masks: FacetMasks): FacetValues {
  return facetValues(FACET_FIELDS.reduce((mask, field) => mask | masks[field], 0));
}

export function filterMasks(filter: FacetFilter | null | undefined): FacetMasks {
  const masks = {} as FacetMasks;
  for (const field of FACET_FIELDS) masks[field] = maskOf(field, filter?.[field] ?? []);
  return masks;
}

function passes(entry: number, masks: FacetMasks, except?: FacetField): boolean {
  return FACET_FIELDS.every((field) => field === except || masks[field] === 0 || (entry & masks[field]) !== 0);
}

/** Counts in the order of the vocabularies, values without entries left out. */
export function facetCounts(countOf: (field: FacetField, value: string, bit: number) => number): FacetCounts {
  const facets = { roles: [], phases: [], stages: [], forms: [], languages: [] } as FacetCounts;
  BITS.forEach(([field, value], bit) => {
    const count = countOf(field, value, bit);
    if (count > 0) (facets[field] as FacetCount<string>[]).push({ value, count });
  });
  return facets;
}

/**
 * Total and facets from the number of entries a mask. The count of a value is the number of entries that have it
 * under the filters of all *other* fields, so that a reader sees what choosing it as well would add.
 */
export function countFacets(groups: readonly { facets: number; count: number }[], masks: FacetMasks): { total: number; facets: FacetCounts } {
  const countOf = (counted: (facets: number) => boolean) => groups.reduce((sum, group) => (counted(group.facets) ? sum + group.count : sum), 0);
  return {
    total: countOf((entry) => passes(entry, masks)),
    facets: facetCounts((field, _, bit) => countOf((entry) => (entry & (1 << bit)) !== 0 && passes(entry, masks, field))),
  };
}
