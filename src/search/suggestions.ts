import { Injectable } from '@nestjs/common';
import type { Language } from '../taxonomy/taxonomy.js';
import { labelsOf, type ThesaurusConcept } from '../thesaurus/thesaurus.js';
import { ThesaurusService } from '../thesaurus/thesaurus.service.js';
import { conceptTerm } from './analyser/analyser.js';
import { foldedText } from './analyser/fold.js';
import { isStopword } from './analyser/stem.js';
import { Dictionary } from './dictionary.js';
import { parseQuery } from './query.js';
import { isBeginning } from './variants.js';

const MAX_CONCEPTS = 4;
const MAX_WORDS = 4;

export interface Suggestion {
  readonly text: string;
  /** Null for a word. */
  readonly concept: ThesaurusConcept | null;
}

/** What somebody may be about to type: concepts and words that public entries have, and nothing else. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly dictionary: Dictionary,
    private readonly thesauri: ThesaurusService,
  ) {}

  /** Concepts whose name begins with the whole text, then the text with its last word completed; nothing for less than two letters. Three statements at the most. */
  async of(text: string, language: Language): Promise<Suggestion[]> {
    const { growing } = parseQuery(text);
    if (!growing || !isBeginning(growing.folded)) return [];
    const concepts = await this.conceptsFor(text, language);
    const completions = isStopword(growing.folded) ? [] : await this.dictionary.completions(growing.folded, MAX_WORDS + concepts.length);
    const taken = new Set(concepts.map(({ text: name }) => name.toLowerCase()));
    const completed = completions.map((surface) => text.slice(0, growing.start) + surface).filter((each) => !taken.has(each.toLowerCase()));
    return [...concepts, ...completed.slice(0, MAX_WORDS).map((each) => ({ text: each, concept: null }))];
  }

  private async conceptsFor(text: string, language: Language): Promise<Suggestion[]> {
    const beginning = foldedText(text);
    const { concepts } = await this.thesauri.now();
    const named = concepts.flatMap((concept) => {
      const names = labelsOf(concept.names).filter(({ language: of, text: name }) => !concept.names[of].hidden.includes(name) && foldedText(name).startsWith(beginning));
      const name = names.find((each) => each.language === language) ?? names[0];
      return name ? [{ text: name.text, concept }] : [];
    });
    const entriesOf = await this.dictionary.entriesOf(named.map(({ concept }) => conceptTerm(concept.slug)));
    const entries = ({ concept }: { concept: ThesaurusConcept }) => entriesOf.get(conceptTerm(concept.slug)) ?? 0;
    return named.filter((each) => entries(each) > 0).sort((a, b) => entries(b) - entries(a) || (a.text < b.text ? -1 : 1)).slice(0, MAX_CONCEPTS);
  }
}
