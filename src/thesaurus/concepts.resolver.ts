import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../api/access.guard.js';
import type { ApiContext } from '../api/context.js';
import { parseGlobalId } from '../api/ids.js';
import { AccountRole, viewerOf } from '../api/viewer.js';
import { LabelArgs, languageFor } from '../taxonomy/label.args.js';
import { FacetCounts } from '../taxonomy/facet-counts.js';
import { Concept, ConceptCount, ConceptLabels, ConceptPayload, ConceptSaveInput, ConceptsArgs, ConceptWarning } from './concept.type.js';
import { Concepts } from './concepts.service.js';
import { LANGUAGES } from './thesaurus.js';
import { ThesaurusService } from './thesaurus.service.js';

@Resolver(() => Concept)
export class ConceptsResolver {
  constructor(
    private readonly concepts: Concepts,
    private readonly thesauri: ThesaurusService,
  ) {}

  @Allow('ANYONE')
  @Query(() => Concept, { nullable: true, description: 'A concept by its id; null when there is none.' })
  async concept(@Args('id', { type: () => ID, description: 'An id that an answer gave.' }) id: string): Promise<Concept | null> {
    const { type, uuid } = parseGlobalId(id);
    const concept = (await this.thesauri.now()).byUuid.get(uuid);
    return concept && type === 'Concept' ? new Concept(concept) : null;
  }

  @Allow('ANYONE')
  @Query(() => [Concept], { name: 'concepts', description: 'Concepts by the beginning of a name: those that are called so first.' })
  async list(@Args() { prefix, language, first }: ConceptsArgs, @Context() context: ApiContext): Promise<Concept[]> {
    return (await this.concepts.list(prefix ?? null, languageFor(language, context), first)).map((each) => new Concept(each));
  }

  @Allow('ANYONE')
  @Query(() => [Concept], { description: 'The themes: concepts that no other is broader than, to browse from.' })
  async themes(@Args() { language }: LabelArgs, @Context() context: ApiContext): Promise<Concept[]> {
    return (await this.concepts.themes(languageFor(language, context))).map((each) => new Concept(each));
  }

  @Allow(AccountRole.EDITOR)
  @Mutation(() => ConceptPayload, { description: 'Saves a concept. Entries that it touches are annotated anew in the background; searches go on meanwhile.' })
  async conceptSave(@Args('input', { description: 'The concept.' }) input: ConceptSaveInput, @Context() context: ApiContext): Promise<ConceptPayload> {
    const { concept, before } = await this.concepts.save(viewerOf(context.viewer), input);
    return { concept: new Concept(concept), warnings: await this.concepts.warnings(concept, before, context.locale), userErrors: [] };
  }

  @ResolveField(() => String, { description: 'What it is called.' })
  label(@Parent() { content }: Concept, @Args() { language }: LabelArgs, @Context() context: ApiContext): string {
    return content.names[languageFor(language, context)].preferred;
  }

  @ResolveField(() => String, { nullable: true, description: 'What it covers, and where its neighbours begin.' })
  note(@Parent() { content }: Concept, @Args() { language }: LabelArgs, @Context() context: ApiContext): string | null {
    return content.names[languageFor(language, context)].note;
  }

  @ResolveField(() => [ConceptLabels], { description: 'All its names, a language each.' })
  labels(@Parent() { content }: Concept): ConceptLabels[] {
    return LANGUAGES.map((language) => ({ language, ...content.names[language], alternative: [...content.names[language].alternative], hidden: [...content.names[language].hidden] }));
  }

  @ResolveField(() => [Concept], { description: 'More general concepts; none for a theme.' })
  broader(@Parent() { content }: Concept): Concept[] {
    return Concept.named(content.broader, this.thesauri.current);
  }

  @ResolveField(() => [Concept], { description: 'More special concepts.' })
  narrower(@Parent() { slug }: Concept): Concept[] {
    return Concept.named(this.thesauri.current.narrower(slug), this.thesauri.current);
  }

  @ResolveField(() => [Concept], { description: 'Concepts that are near to it without being broader or narrower.' })
  related(@Parent() { slug }: Concept): Concept[] {
    return Concept.named(this.thesauri.current.related(slug), this.thesauri.current);
  }
}

@Resolver(() => ConceptPayload)
export class ConceptPayloadResolver {
  @ResolveField(() => [ConceptWarning], { description: 'What to look at: labels that other concepts have too, or that stand in more than a tenth of the library.' })
  warnings(@Parent() { warnings = [] }: Partial<ConceptPayload>): ConceptWarning[] {
    return warnings;
  }
}

/** What feature counts entries by concept hands this along with the facets. */
export interface CountsConcepts {
  conceptCounts: () => Promise<readonly { slug: string; count: number }[]>;
}

@Resolver(() => FacetCounts)
export class FacetConceptsResolver {
  constructor(private readonly thesauri: ThesaurusService) {}

  @ResolveField(() => [ConceptCount], { description: 'By concept: the most frequent ones.' })
  async concepts(@Parent() { conceptCounts }: CountsConcepts): Promise<ConceptCount[]> {
    const [counts, thesaurus] = [await conceptCounts(), await this.thesauri.now()];
    return counts.flatMap(({ slug, count }) => Concept.named([slug], thesaurus).map((concept) => ({ concept, count })));
  }
}
