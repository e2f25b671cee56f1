import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publish } from './support/advice.js';
import { ENGINES } from './support/meilisearch.js';
import { type Asked, find, findAll, type Listed } from './support/search.js';
import { Server } from './support/server.js';
import { CollaborationForm, Language, Phase, Role, Stage } from '../src/taxonomy/taxonomy.js';

const VALUES: Record<string, string[]> = {
  roles: Object.values(Role),
  phases: Object.values(Phase),
  stages: Object.values(Stage),
  forms: Object.values(CollaborationForm),
  languages: Object.values(Language),
};

/** Entries whose words the library does not have, so that each search finds these and no others. */
const ENTRIES: Record<string, Record<string, unknown>> = {
  danish: { language: 'DA', title: 'Zebrarettigheder', body: 'Kvaksalver og rørlægger. Blåbærsyltetøj' },
  phrase: { title: 'Kvaksalverens grønne terrasse', body: 'Blå fjordhest, gul traktor. Mål\n\n- rød campingvogn' },
  turned: { title: 'Terrasse for kvaksalver', body: 'Fjordhest blå. Traktor gul' },
  plural: { language: 'EN', title: 'Wombat enclosures', body: 'The wombats need an enclosure.' },
  compound: { language: 'NB', title: 'Krokodillemøter', body: 'Fem årlige barnehagebesøk' },
  hostile: { title: '<script>alert("wombat")</script> & \'Quokka\'', body: '**Quokka** <b>tags</b> & "quotes" <script>alert(1)</script>\n\n- [lenke](https://example.org/)' },
};

describe.each(ENGINES)('search by %s', (_, settings) => {
  let server: Server;
  let idOf: Record<string, string>;

  beforeAll(async () => {
    server = await Server.start('library', settings);
    const [author, reviewer] = [await server.signInAs('CONTRIBUTOR'), await server.signInAs('REVIEWER')];
    idOf = {};
    for (const [name, entry] of Object.entries(ENTRIES)) idOf[name] = (await publish(author, reviewer, entry)).id;
    await server.quiet();
  });
  afterAll(() => server.stop());

  const all = (search: string, more: Asked = {}) => findAll(server.reader, { search, ...more });
  /** Which of this test's own entries a search finds, by name. */
  async function own(search: string): Promise<string[]> {
    const found = (await all(search)).map(({ id }) => id);
    return Object.keys(ENTRIES).filter((name) => found.includes(idOf[name] ?? ''));
  }
  const ids = (found: readonly Listed[]) => found.map(({ id }) => id);
  const sorted = (found: readonly Listed[]) => ids(found).sort();

  describe('a search finds', () => {
    it.each([
      ['rettighed', 'rettigheder', 'rettighederne'],
      ['anskaffelse', 'anskaffelser', 'anskaffelsen', 'anskaffelsene'],
      ['supplier', 'suppliers'],
    ])('by any form of %j the entries that have any other', async (...forms) => {
      for (const form of forms) {
        const found = ids(await all(form));
        for (const other of forms) expect(found).toEqual(expect.arrayContaining(ids(await all(`"${other}"`))));
      }
    });

    it.each([
      ['blåbærsyltetøj', ['blåbärsyltetöj', 'blaabaarsyltetoej', 'blabarsyltetoj', 'BLÅBÆRSYLTETØJ']],
      ['grønne', ['groenne', 'gronne', 'grönne', 'gro\u0308nne']],
      ['rørlægger', ['roerlaegger', 'rorlagger', 'RØRLÆGGER']],
      ['mål', ['maal', 'mal', 'ma\u030al', 'MÅL']],
    ])('the same for %j however it is typed', async (word, ways) => {
      const expected = await own(word);
      expect(expected).not.toEqual([]);
      for (const way of ways) expect(await own(way)).toEqual(expected);
    });

    it('plurals in English, and entries of all languages at once', async () => {
      expect([await own('wombats'), await own('enclosures'), await own('enclosure')]).toEqual([['plural', 'hostile'], ['plural'], ['plural']]);
      expect(await own('enclosure rørlægger')).toEqual(['danish', 'plural']);
      expect(new Set((await all('innovationspartnerskab innovasjonspartnerskap supplier')).map(({ language }) => language))).toEqual(new Set(['DA', 'NB', 'EN']));
    });

    it('compounds by their parts, and parts that are written apart by the compound', async () => {
      for (const search of ['krokodille', 'krokodiller', 'krokodille møte', 'krokodillemøtet', 'besøk barnehage', 'barnehage besøk']) expect({ search, found: await own(search) }).toEqual({ search, found: ['compound'] });
    });

    it('with a word of three hundred letters what other searches find, and without one nothing', async () => {
      const long = 'leverandørdialog'.repeat(20).slice(0, 300);
      expect(await own(`krokodille ${long.slice(0, 289)}`)).toEqual(['compound']);
      expect(await own(long)).toEqual([]);
    });

    it('phrases word by word, across punctuation but not from one field into the next', async () => {
      expect(await own('"blå fjordhest gul"')).toEqual(['phrase']);
      expect(await own('"fjordhest, gul!"')).toEqual(['phrase']);
      expect(await own('"fjordhest blå"')).toEqual(['turned']);
      expect(await own('"terrasse blå"')).toEqual([]);
      expect(await own('"fjordhes"')).toEqual([]);
      expect(await own('"kvaksalver" traktor')).toEqual(['danish', 'turned']);
    });

    it('a phrase while it is typed', async () => {
      for (const typed of ['"blå fjor', '"blå fjordhest', '"fjordhes', '"grønne terr', '"blå fjordhest gul t', 'kvaksalver "gul trak']) expect({ typed, found: await own(typed) }).toEqual({ typed, found: expect.arrayContaining(['phrase']) });
      expect(await own('"blå fjor')).toEqual(['phrase']);
      expect(await own('kvaksalver "')).toEqual(await own('kvaksalver'));
    });

    it('nothing with an excluded word or phrase', async () => {
      expect(await own('kvaksalver')).toEqual(['danish', 'phrase', 'turned']);
      expect(await own('kvaksalver -terrasse')).toEqual(['danish']);
      expect(await own('kvaksalver -terrasser')).toEqual(['danish']);
      expect(await own('kvaksalver -"gul traktor"')).toEqual(['danish', 'turned']);
      expect(await own('-"gul traktor" -quokka -rorlaegger')).toEqual(['turned', 'plural', 'compound']);
    });

    it('everything else when only exclusions are given', async () => {
      const everything = await findAll(server.reader, {});
      const without = await all('-rettigheder');
      const excluded = await all('"rettigheder" -kvikkleire');
      expect(without.length).toBeLessThan(everything.length);
      expect(ids(without).filter((id) => ids(excluded).includes(id))).toEqual([]);
      expect((await find(server.reader, { search: '-kvikkleire' })).totalCount).toBe(everything.length);
    });

    it('stop words when there is nothing else to search for', async () => {
      for (const search of ['hvem', 'hvem som', 'the', '"hvem som"']) expect({ search, some: (await all(search)).length > 0 }).toEqual({ search, some: true });
      expect(await own('the')).toEqual(['plural']);
    });

    it.each(['', ' ', '?!', '""', '-', '« … »', '\u00a0'])('the list for %j', async (blank) => {
      const list = await find(server.reader, { first: 100 });
      expect(await find(server.reader, { first: 100, search: blank })).toEqual(list);
    });
  });

  describe('the pages of a search', () => {
    const SEARCHES = ['innovationspartnerskab marked', 'rettigheder', '-behov', 'hvem eier', '"hvem der"', 'be'];

    it.each(SEARCHES)('of %j hold as many entries as the total says, each once, in the order of one long page', async (search) => {
      for (const sort of ['RELEVANCE', 'NEWEST', 'OLDEST']) {
        const { totalCount } = await find(server.reader, { search, sort, first: 1 });
        const paged = ids(await all(search, { sort, first: 7 }));
        expect(paged).toEqual(ids(await all(search, { sort })));
        expect(new Set(paged).size).toBe(totalCount);
      }
    });

    it.each(['marked behov', 'kvaksalver terrasse leverandør'])('of %j are the same entries in every order, and NEWEST and OLDEST order all of them', async (search) => {
      const byRelevance = await all(search, { first: 10 });
      const newest = await all(search, { sort: 'NEWEST', first: 10 });
      const oldest = await all(search, { sort: 'OLDEST', first: 10 });
      expect(sorted(newest)).toEqual(sorted(byRelevance));
      const times = newest.map(({ publishedAt }) => Date.parse(publishedAt));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(ids(oldest)).toEqual(ids(newest).reverse());
    });

    it('put the newest hit first however little it says', async () => {
      const [first] = await all('the supplier', { sort: 'NEWEST', first: 1 });
      const times = (await all('the supplier')).map(({ publishedAt }) => Date.parse(publishedAt));
      expect(Date.parse(first?.publishedAt ?? '')).toBe(Math.max(...times));
    });
  });

  describe('filters and facets', () => {
    const filter: fc.Arbitrary<Record<string, string[]>> = fc.record(Object.fromEntries(Object.entries(VALUES).map(([field, values]) => [field, fc.oneof(fc.constant<string[]>([]), fc.subarray(values, { maxLength: 3 }))])));
    const search = fc.constantFrom('', 'rettigheder', 'innovasjon behov', 'hvem', '-behov', '"i dag"', 'marke');
    const passes = (entry: Listed, wanted: Record<string, string[]>) =>
      Object.entries(wanted).every(([field, values]) => values.length === 0 || values.some((value) => [(entry as unknown as Record<string, string | string[]>)[field === 'languages' ? 'language' : field]].flat().includes(value)));

    it('leave the entries that have any value of each field, and change neither their order nor the rest', async () => {
      await fc.assert(
        fc.asyncProperty(search, filter, async (text, wanted) => {
          const [unfiltered, filtered] = [await all(text), await all(text, { filter: wanted })];
          expect(ids(filtered)).toEqual(ids(unfiltered.filter((entry) => passes(entry, wanted))));
          expect((await find(server.reader, { search: text, filter: wanted, first: 1 })).totalCount).toBe(filtered.length);
        }),
        { numRuns: 25 },
      );
    });

    it("a value's count is the total when it alone is its field's filter", async () => {
      const value = fc.constantFrom(...Object.entries(VALUES).flatMap(([field, values]) => values.map((each) => [field, each] as const)));
      await fc.assert(
        fc.asyncProperty(search, filter, fc.uniqueArray(value, { minLength: 3, maxLength: 3 }), async (text, wanted, values) => {
          const { facets } = await find(server.reader, { search: text, filter: wanted, first: 1 });
          for (const [field, each] of values) {
            const counted = facets[field]?.find((count) => count.value === each)?.count ?? 0;
            const { totalCount } = await find(server.reader, { search: text, filter: { ...wanted, [field]: [each] }, first: 1 });
            expect({ field, each, counted }).toEqual({ field, each, counted: totalCount });
          }
        }),
        { numRuns: 25 },
      );
    });

    it('take an empty list as no condition', async () => {
      expect(ids(await all('rettigheder', { filter: { roles: [], phases: [] } }))).toEqual(ids(await all('rettigheder')));
    });
  });

  describe('highlights', () => {
    it('of a hostile entry hold escaped text and <mark>, and no Markdown', async () => {
      const { edges } = await find(server.reader, { search: 'quokka' });
      expect(edges.map(({ highlight }) => highlight?.title)).toEqual(["&lt;script&gt;alert(&quot;wombat&quot;)&lt;/script&gt; &amp; &#39;<mark>Quokka</mark>&#39;"]);
      const excerpt = edges[0]?.highlight?.excerpt ?? '';
      expect(excerpt.replace(/\s+/g, ' ')).toBe('<mark>Quokka</mark> tags &amp; &quot;quotes&quot; alert(1) lenke');
    });

    it('mark what was found in every hit by its text', async () => {
      for (const search of ['kvaksalver', 'kvaksalv', 'kvaksalvwr', 'wombat', 'fjordhest', '"gul traktor"']) {
        const { edges } = await find(server.reader, { search });
        expect(edges.length).toBeGreaterThan(0);
        for (const { highlight, node } of edges) if (Object.values(idOf).includes(node.id)) expect(`${highlight?.title} ${highlight?.excerpt}`).toMatch(/<mark>[\p{L} ]+<\/mark>/u);
      }
    });

    it('are at most 240 characters long, and <mark> is their only tag', async () => {
      for (const search of ['rettigheder', 'innovasjon', 'hvem eier', 'marke']) {
        for (const { highlight } of (await find(server.reader, { search, first: 100 })).edges) {
          expect(highlight?.excerpt.length).toBeLessThanOrEqual(240);
          expect(`${highlight?.title}${highlight?.excerpt}`.replace(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
        }
      }
    });

    it('are left out of a list', async () => {
      expect((await find(server.reader, {})).edges.every(({ highlight }) => highlight === null)).toBe(true);
    });
  });
});
