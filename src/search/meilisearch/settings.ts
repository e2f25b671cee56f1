import type { Settings } from 'meilisearch';
import { FACET_FIELDS } from '../../taxonomy/facets.js';
import { ANALYSER_VERSION } from '../analyser/analyser.js';
import { MAX_COUNTED } from '../entry-concepts.js';
import { LEVELS, levelAttribute } from './documents.js';

/** Raised whenever the settings or the documents change; an index of another version is built anew. */
const LAYOUT_VERSION = 2;
/** Which settings, documents and analyser an index was made with. */
export const SETTINGS_VERSION = LAYOUT_VERSION * 1_000 + ANALYSER_VERSION;
/** Every index of ours begins so, and the key is limited to it. */
export const INDEX_PREFIX = 'erfara_';

const equalTo = { filter: { equality: true, comparison: false }, facetSearch: false };

/** Terms are exact and already weighed: no typing errors, prefixes, synonyms or languages here. */
export const INDEX_SETTINGS: Settings = {
  searchableAttributes: Array.from({ length: LEVELS }, (_, level) => levelAttribute(level)),
  displayedAttributes: ['id', 'making'],
  filterableAttributes: [{ attributePatterns: ['kind', 'terms', 'concepts', ...FACET_FIELDS], features: equalTo }],
  sortableAttributes: ['at', 'tie'],
  rankingRules: ['sort', 'words', 'attributeRank'],
  stopWords: [],
  synonyms: {},
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  proximityPrecision: 'byAttribute',
  facetSearch: false,
  faceting: { maxValuesPerFacet: 5 * MAX_COUNTED, sortFacetValuesBy: { concepts: 'count' } },
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['eng'] }],
  // Later blocks of a long list are answered as well.
  pagination: { maxTotalHits: 10_000_000 },
};
