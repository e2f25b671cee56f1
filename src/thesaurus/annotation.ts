import { FIELD_WEIGHTS, type FieldTexts, type SearchField } from '../search/analyser/analyser.js';
import { words } from '../search/analyser/fold.js';
import type { Language } from '../taxonomy/taxonomy.js';
import type { Thesaurus } from './thesaurus.js';

/** What an editor decided by hand about a concept of an entry; finding it in the text or not changes nothing then. */
export enum AnnotationEdit {
  ADDED = 'ADDED',
  STRUCK = 'STRUCK',
}

/** What an entry says itself: not where it comes from, which would make every guide's advice be about guides. */
const FIELDS = ['title', 'body', 'why'] as const satisfies readonly SearchField[];

/** How often each concept is named in a text, weighted as words are; concepts that were added by hand count as named once in the title. */
export function annotate(texts: FieldTexts, language: Language, thesaurus: Thesaurus, edits: ReadonlyMap<string, AnnotationEdit> = new Map()): Map<string, number> {
  const found = new Map<string, number>();
  const count = (concept: string, field: SearchField) => found.set(concept, (found.get(concept) ?? 0) + FIELD_WEIGHTS[field]);
  for (const field of FIELDS) for (const { concept } of thesaurus.labels.find(words(texts[field]), [language])) count(concept, field);
  for (const [concept, edit] of edits) {
    if (edit === AnnotationEdit.STRUCK) found.delete(concept);
    else if (!found.has(concept)) count(concept, 'title');
  }
  return found;
}
