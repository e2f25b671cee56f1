import { analyse, type FieldTexts } from '../src/search/analyser/analyser.js';
import { words } from '../src/search/analyser/fold.js';
import { lexicon } from '../src/search/analyser/lexicon.js';
import { stems, stemsOf } from '../src/search/analyser/stem.js';
import { parseQuery } from '../src/search/query.js';
import { joinedVariants, ownVariants } from '../src/search/variants.js';
import { Language } from '../src/taxonomy/taxonomy.js';
import type { AdviceFile } from '../src/transfer/advice-file.js';
import { randomFrom } from '../test/support/edits.js';
import { queryFrom, times } from './measure.js';
import { readLibrary } from './synthetic.js';

const QUERIES = 240;
const WARM_PASSES = 5;
const LONGEST_QUERY = 'leverandørdialog'.repeat(20).slice(0, 300);

function analyseQuery(search: string): number {
  const { words: asked } = parseQuery(search);
  return asked.flatMap((word, index) => [...ownVariants(word), ...(asked[index + 1] ? joinedVariants(word, asked[index + 1] ?? word) : [])]).length;
}

const textsOf = ({ content: { title, body, why, validWhen } }: AdviceFile): FieldTexts => ({ title, body, why: why ?? '', context: validWhen ?? '' });

/** Microseconds a text. */
function samplesOf<T>(texts: readonly T[], run: (text: T) => unknown): number[] {
  return texts.map((text) => {
    const start = performance.now();
    run(text);
    return (performance.now() - start) * 1_000;
  });
}

const microseconds = (samples: number[]) => {
  const { p50, p99 } = times(samples);
  return `${p50.toFixed(0)} / ${p99.toFixed(0)}`;
};

/** Stemming goes first each time: what the two share, reading words and their stems, is remembered when the whole follows. */
function report<T>(name: string, texts: readonly T[], stem: (text: T) => unknown, whole: (text: T) => unknown): void {
  for (const [memo, passes] of [['cold', 1], ['warm', WARM_PASSES]] as const) {
    const stemming = Array.from({ length: passes }, () => samplesOf(texts, stem)).flat();
    const analysing = Array.from({ length: passes }, () => samplesOf(texts, whole)).flat();
    const sum = (samples: readonly number[]) => samples.reduce((total, sample) => total + sample, 0);
    console.log(`| ${name} | ${memo} | ${microseconds(stemming)} | ${microseconds(analysing)} | ${(sum(analysing) / sum(stemming)).toFixed(2)} |`);
  }
}

const library = await readLibrary('library');
const random = randomFrom(7);
const start = performance.now();
const before = process.memoryUsage().rss;
lexicon();
console.log(`The dictionaries are read in ${(performance.now() - start).toFixed(0)} ms and ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB.\n`);
console.log('Microseconds a text, p50 / p99. Cold: each word is met for the first time.\n\n| text | memo | stemming alone | analysing | ratio |\n|---|---|---|---|---|');
report('query', Array.from({ length: QUERIES }, () => queryFrom(library, random).search), (search) => words(search).map(({ normal }) => stems(normal)), analyseQuery);
report('query of 300 letters', [LONGEST_QUERY], (search) => words(search).map(({ normal }) => stems(normal)), analyseQuery);
report('entry', library, (entry) => Object.values(textsOf(entry)).flatMap(words).map((word) => stemsOf(word, Language.DA)), (entry) => analyse(textsOf(entry), Language.DA));
