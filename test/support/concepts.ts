import type { Client } from './server.js';

/** What a test says of a concept; the other languages are named after the short name. */
export interface ConceptText {
  slug: string;
  labels?: Partial<Record<'DA' | 'NB' | 'NN' | 'EN', string[]>>;
  broader?: string[];
  related?: string[];
  id?: string;
  version?: number;
}
export interface KnownConcept {
  id: string;
  slug: string;
  version: number;
}

/** The input of a concept: the first label of a language is the preferred one. */
export function conceptInput({ slug, labels = {}, broader = [], related = [], id, version }: ConceptText) {
  const names = (['DA', 'NB', 'NN', 'EN'] as const).map((language) => {
    const [preferred = `${slug} ${language}`, ...alternative] = labels[language] ?? [];
    return { language, preferred, alternative };
  });
  return { ...(id === undefined ? { slug } : { id, version }), labels: names, broader, related };
}

export const CONCEPT_SAVE = `mutation ($input: ConceptSaveInput!) { conceptSave(input: $input) {
  concept { id slug version } warnings { code language label message } userErrors { code field message } } }`;

/** Saves a concept. */
export async function saveConcept(editor: Client, text: ConceptText): Promise<KnownConcept> {
  const { conceptSave } = (await editor.ask(CONCEPT_SAVE, { input: conceptInput(text) })) as { conceptSave: { concept: KnownConcept; userErrors: unknown[] } };
  if (conceptSave.userErrors.length > 0) throw new Error(JSON.stringify(conceptSave.userErrors));
  return conceptSave.concept;
}
