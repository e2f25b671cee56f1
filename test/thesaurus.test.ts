import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Advice } from '../src/advice/advice.entity.js';
import { ADVICE } from '../src/advice/advice.kind.js';
import { searchable } from '../src/content/kinds.js';
import { ContributionStatus } from '../src/content/lifecycle.js';
import { Renewal } from '../src/content/renewal.js';
import { analyse, ANALYSER_VERSION } from '../src/search/analyser/analyser.js';
import { words } from '../src/search/analyser/fold.js';
import { LANGUAGES, Thesaurus } from '../src/thesaurus/thesaurus.js';
import { ThesaurusService } from '../src/thesaurus/thesaurus.service.js';
import { expectAnnotated } from './support/annotations.js';
import { publish } from './support/advice.js';
import { CONCEPT_SAVE, conceptInput, type ConceptText, type KnownConcept, saveConcept } from './support/concepts.js';
import { type Client, Server } from './support/server.js';

let server: Server;
let editor: Client;
let author: Client;
let reviewer: Client;

beforeAll(async () => {
  server = await Server.start('library');
  [editor, author, reviewer] = [await server.signInAs('EDITOR'), await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
});
afterAll(() => server.stop());

const renew = () => server.app.get(Renewal).drain();
const attempt = async (text: ConceptText, client = editor) => ((await client.ask(CONCEPT_SAVE, { input: conceptInput(text) })) as { conceptSave: { concept: KnownConcept | null; warnings: { code: string; label: string }[]; userErrors: { code: string; field: string }[] } }).conceptSave;
const codes = async (text: ConceptText) => (await attempt(text)).userErrors.map(({ code, field }) => `${code} ${field}`);
const titles = async (search: string) => ((await server.reader.ask('query ($search: String) { advice(search: $search, first: 50) { edges { node { title } } } }', { search })) as { advice: { edges: { node: { title: string } }[] } }).advice.edges.map(({ node }) => node.title);
/** Names concepts in two languages, one of them within another. */
const TEXT = 'Gode råd om innovasjonspartnerskap: dialog med leverandører før konkurransen, tildelingskriterier, risiko og rettigheter. Market dialogue before the tender, innovation procurement.';

describe('the thesaurus that ships', () => {
  it('annotates the library', async () => {
    await renew();
    await expectAnnotated(server.app);
  });

  it('leads from a Danish question to bokmål answers, and says why', async () => {
    const { advice } = (await server.reader.ask(
      'query ($search: String) { advice(search: $search, filter: { languages: [NB] }, first: 5) { edges { matches { search term via } node { language concepts { slug label(language: DA) } } } } }',
      { search: 'udbudsmateriale' },
    )) as { advice: { edges: { matches: { search: string; term: string; via: string }[]; node: { concepts: { slug: string }[] } }[] } };
    expect(advice.edges.length).toBeGreaterThan(2);
    expect(advice.edges.flatMap(({ matches }) => matches)).toContainEqual({ search: 'udbudsmateriale', term: expect.stringMatching(/^konkurransegrunnlag/i), via: 'CONCEPT' });
    expect(advice.edges[0]?.node.concepts.map(({ slug }) => slug)).toContain('tender-documents');
  });

  it('is browsed by themes and by the beginning of a name in any language', async () => {
    const { themes, concepts } = (await server.reader.ask(
      `{ themes(language: DA) { slug narrower { slug broader { slug } } } concepts(prefix: "ordregi", language: NB, first: 3) { slug label(language: NB) note(language: NB) labels { language preferred } advice(first: 1) { totalCount } } }`,
    )) as { themes: { slug: string; narrower: { slug: string; broader: { slug: string }[] }[] }[]; concepts: { slug: string; labels: object[]; advice: { totalCount: number } }[] };
    expect(themes.length).toBeGreaterThan(10);
    for (const { slug, narrower } of themes) for (const { broader } of narrower) expect(broader.map((each) => each.slug)).toContain(slug);
    expect(concepts[0]).toMatchObject({ slug: 'public-buyer', labels: [{ language: 'DA' }, { language: 'NB' }, { language: 'NN' }, { language: 'EN' }] });
    expect(concepts[0]?.advice.totalCount).toBeGreaterThan(5);
  });

  it('counts concepts under a search and under filters, and filters by them', async () => {
    const query = `query ($search: String, $filter: AdviceFilterInput) { advice(search: $search, filter: $filter, first: 100) { totalCount facets { concepts { count concept { id slug } } } edges { node { concepts { slug } } } } }`;
    type Counted = { advice: { totalCount: number; facets: { concepts: { count: number; concept: { id: string; slug: string } }[] }; edges: { node: { concepts: { slug: string }[] } }[] } };
    for (const variables of [{ search: 'leverandør' }, { filter: { phases: ['IDEA'] } }, {}]) {
      const { advice } = (await server.reader.ask(query, variables)) as Counted;
      const chosen = advice.facets.concepts[3];
      const filtered = ((await server.reader.ask(query, { ...variables, filter: { ...variables.filter, concepts: [chosen?.concept.id] } })) as Counted).advice;
      expect(filtered.totalCount).toBe(chosen?.count);
      for (const { node } of filtered.edges) expect(node.concepts.map(({ slug }) => slug)).toContain(chosen?.concept.slug);
      // Choosing one leaves what else could have been chosen.
      expect(filtered.facets.concepts).toEqual(advice.facets.concepts);
    }
  });
});

describe('an editor', () => {
  it('adds a concept, by which entries are found in the languages of its names once they are annotated anew', async () => {
    await publish(author, reviewer, { title: 'Bruk en vindskrape ved breen' });
    expect(await titles('isbjornekunst')).toEqual([]);
    const saved = await saveConcept(editor, { slug: 'wind-scraper', labels: { DA: ['isbjornekunst'], NB: ['vindskrape'] } });
    expect(saved).toMatchObject({ slug: 'wind-scraper', version: 1 });
    await renew();
    expect(await titles('isbjornekunst')).toEqual(['Bruk en vindskrape ved breen']);
    await saveConcept(editor, { ...saved, labels: { DA: ['isbjornekunst'], NB: ['noe annet langt'] } });
    await renew();
    expect(await titles('isbjornekunst')).toEqual([]);
    await expectAnnotated(server.app);
  });

  it('is told what is wrong with a concept, and nothing is saved', async () => {
    const version = (await server.app.get(ThesaurusService).now()).version;
    const ids = Object.fromEntries(((await server.reader.ask('{ concepts(prefix: "marked", first: 100) { id slug } }')) as { concepts: KnownConcept[] }).concepts.map(({ id, slug }) => [slug, id]));
    const market = ids['market'] ?? '';
    expect(await codes({ slug: 'Ikke Slik' })).toEqual(['CONCEPT_SLUG_INVALID input.slug']);
    expect(await codes({ slug: 'market' })).toEqual(['CONCEPT_SLUG_TAKEN input.slug']);
    expect(await codes({ slug: 'one-letter', labels: { DA: ['ordentlig', 'x'] } })).toEqual(['LABEL_TOO_SHORT input.labels.0.alternative']);
    expect(await codes({ slug: 'marked-up', labels: { NB: ['<b>fett</b>'] } })).toEqual(['TEXT_NOT_PLAIN input.labels.1.preferred']);
    expect(await codes({ slug: 'twice', labels: { EN: ['same thing', 'Same thing'] } })).toEqual(['LABEL_TWICE input.labels.3.alternative']);
    expect(await codes({ slug: 'both', broader: [market], related: [market] })).toEqual(['CONCEPT_RELATION_TWICE input.related']);
    expect(await codes({ slug: 'nowhere', broader: [Buffer.from('Concept:11111111-2222-4333-8444-555555555555').toString('base64url')] })).toEqual(['NOT_FOUND input.broader.0']);
    const circle = await attempt({ slug: 'market', id: market, version: 1, labels: { DA: ['marked'], NB: ['marked'], NN: ['marknad'], EN: ['market'] }, broader: [ids['market-dialogue'] ?? ''] });
    expect(circle.userErrors).toMatchObject([{ code: 'CONCEPT_CIRCLE', field: 'input.broader' }]);
    expect((await server.app.get(ThesaurusService).now()).version).toBe(version);
  });

  it('is shown labels that other concepts have, and labels that say too little', async () => {
    const { warnings, userErrors } = await attempt({ slug: 'too-common', labels: { DA: ['leverandører'], NB: ['kravspesifikasjon'], NN: ['ein heilt eigen ting'], EN: ['a thing of its own'] } });
    expect(userErrors).toEqual([]);
    expect(warnings.map(({ code, label }) => `${code} ${label}`)).toEqual(['LABEL_SHARED leverandører', 'LABEL_TOO_COMMON leverandører', 'LABEL_SHARED kravspesifikasjon']);
    await renew();
  });

  it('who comes second to a change is told so, also at the same moment', async () => {
    const concept = await saveConcept(editor, { slug: 'contested' });
    const other = await server.signInAs('EDITOR');
    const answers = await Promise.all([attempt({ ...concept, labels: { DA: ['den ene udgave'] } }), attempt({ ...concept, labels: { DA: ['den anden udgave'] } }, other)]);
    expect(answers.map(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual([[], ['VERSION_STALE']]);
    const revisions = await server.database.query<{ version: number }[]>('SELECT r.version FROM concept_revision r JOIN concept c ON c.id = concept_id WHERE slug = $1 ORDER BY r.version', ['contested']);
    expect(revisions.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('adds and strikes concepts of an entry by hand, which later annotation respects', async () => {
    const striking = await saveConcept(editor, { slug: 'struck', labels: { NB: ['snøfreser'] } });
    const adding = await saveConcept(editor, { slug: 'added', labels: { NB: ['kjelkebakke'] } });
    const { id } = await publish(author, reviewer, { title: 'Kjør snøfreseren om natten' });
    const concepts = async () => ((await server.reader.ask('query ($id: ID!) { node(id: $id) { ... on Advice { concepts { slug } } } }', { id })) as { node: { concepts: { slug: string }[] } }).node.concepts.map(({ slug }) => slug).filter((slug) => ['struck', 'added'].includes(slug));
    const decide = (input: object) => editor.ask('mutation ($input: AnnotateInput!) { contributionAnnotate(input: $input) { userErrors { code } } }', { input: { id, ...input } });
    expect(await concepts()).toEqual(['struck']);
    await decide({ strike: [striking.id], add: [adding.id] });
    expect(await concepts()).toEqual(['added']);
    await saveConcept(editor, { ...striking, labels: { NB: ['snøfreser', 'snøfresere'] } });
    await renew();
    expect(await concepts()).toEqual(['added']);
    await decide({ reset: [striking.id, adding.id] });
    expect(await concepts()).toEqual(['struck']);
  });
});

describe('annotation', () => {
  it('one change at a time ends where annotating from nothing ends', async () => {
    const words = ['avtale', 'behov', 'leverandør', 'risiko', 'test', 'samarbejde', 'samarbeid', 'gevinst', 'læge', 'kriterium', 'innkjøp og drift', 'marked', 'kontraktene', 'at dele viden'];
    const change = fc.record({ slug: fc.constantFrom('law-one', 'law-two', 'law-three'), DA: fc.subarray(words, { minLength: 1 }), NB: fc.subarray(words, { minLength: 1 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        for (const { slug, DA, NB } of changes) {
          const known = (await server.app.get(ThesaurusService).now()).bySlug.get(slug);
          const target = known ? { id: Buffer.from(`Concept:${known.uuid}`).toString('base64url'), version: known.version } : {};
          await saveConcept(editor, { slug, ...target, labels: { DA, NB } });
        }
        await renew();
        await expectAnnotated(server.app);
      }),
      { numRuns: 8 },
    );
  });

  it('finds the same by a thesaurus that was read in what changed as by one that was read whole', async () => {
    const before = await server.app.get(ThesaurusService).now();
    const named = before.concepts.map(({ slug }) => slug);
    fc.assert(
      fc.property(fc.subarray(named, { maxLength: 40 }), fc.subarray(named, { maxLength: 40 }), (gone, renamed) => {
        const concepts = before.concepts
          .filter(({ slug }) => !gone.includes(slug))
          .map((concept) => (renamed.includes(concept.slug) ? { ...concept, version: concept.version + 1, names: { ...concept.names, NB: { ...concept.names.NB, preferred: 'råd', alternative: [] } } } : concept));
        const [partly, whole] = [new Thesaurus(before.version + 1, concepts, before), new Thesaurus(before.version + 1, concepts)];
        const matches = ({ labels }: Thesaurus) => labels.find(words(TEXT), LANGUAGES).map(({ concept, start, end }) => `${start} ${end} ${concept}`).sort();
        expect(matches(partly)).toEqual(matches(whole));
      }),
      { numRuns: 5 },
    );
    expect(before.labels.find(words(TEXT), LANGUAGES).length).toBeGreaterThan(5);
  });

  it('by concepts that another process changed is seen by the next search', async () => {
    await publish(author, reviewer, { title: 'Hold øye med isfuglen' });
    await renew();
    // Another process writes, and annotates, without this one being told.
    const content = { names: Object.fromEntries(['DA', 'NB', 'NN', 'EN'].map((language) => [language, { preferred: language === 'NB' ? 'isfugl' : `kingfisherxyz${language}`, alternative: [], hidden: [], note: null }])), broader: [], related: [] };
    await server.database.query("INSERT INTO concept (id, slug, version, content) VALUES ('11111111-2222-4333-8444-555555555556', 'kingfisher', 1, $1)", [JSON.stringify(content)]);
    await server.database.query('UPDATE thesaurus SET version = version + 1');
    await server.database.query("INSERT INTO annotation_queue SELECT contribution_id FROM search_entry WHERE words LIKE '% isfuglen %'");
    await renew();
    expect(await titles('kingfisherxyzDA')).toEqual(['Hold øye med isfuglen']);
  });
});

describe('entries of an earlier analyser', () => {
  it('are read anew in the background, and are found all the while', async () => {
    await server.database.query('UPDATE search_entry SET analyser = 1');
    // As the earlier analyser left them: no compounds, no concepts.
    await server.database.query("DELETE FROM search_posting WHERE term LIKE '~%' AND frequency < 20");
    await server.database.query("DELETE FROM search_posting WHERE term LIKE '#%'");
    await server.database.query("UPDATE search_term SET entries = 0 WHERE term LIKE '#%'");
    await server.database.query('UPDATE search_term t SET entries = (SELECT count(*) FROM search_posting p WHERE p.term = t.term)');
    for (let left = true; left; ) {
      expect((await titles('rettigheder')).length).toBeGreaterThan(5);
      left = (await server.app.get(Renewal).step()) > 0;
    }
    await expectAnnotated(server.app);
    const [row] = await server.database.query<[{ analyser: number }]>('SELECT min(analyser) AS analyser FROM search_entry');
    expect(row.analyser).toBe(ANALYSER_VERSION);
    const rows = await server.database.getRepository(Advice).findBy({ status: ContributionStatus.PUBLISHED });
    const frequencies = rows.reduce((sum, each) => { const { texts, language } = searchable(ADVICE, each); return [...analyse(texts, language).postings.values()].reduce((of, frequency) => of + frequency, sum); }, 0);
    const [stored] = await server.database.query<[{ sum: number }]>("SELECT sum(frequency)::integer AS sum FROM search_posting WHERE term NOT LIKE '#%'");
    expect(stored.sum).toBe(frequencies);
  });
});
