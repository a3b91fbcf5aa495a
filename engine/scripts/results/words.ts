// Prints the tables of the text area: quality and coverage on generated reviews and, beside the project, on tweets; how often the promise is
// missed; what becomes of ironic tweets; drift; speed. Seeds are fixed. One to two minutes.

import {
  checkWords,
  classifyText,
  fitTextClassifier,
  fitTextModel,
  loadTextClassifier,
  macroF1,
  saveTextClassifier,
  type TextClassifier,
  textChances,
} from '../../src/text/index.ts';
import { readerOf } from '../../src/text/model/index.ts';
import { readTweets } from '../../testing/tweets.ts';
import { endedByChecks, expiryRate } from './words/drift.ts';
import { missRates, sources } from './words/guarantee.ts';
import { generated, reviewSet, type TextSet, tweetSet } from './words/sets.ts';
import { judgePopulation, wholeMissRate } from './words/whole.ts';
import { missesByWriters } from './words/writers.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const row = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => '---'));
};
const fitted = (set: TextSet, target: number) => {
  const made = fitTextClassifier(set.periods, {
    model: { languages: [set.language] },
    certificate: { target },
  });
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

const tweets = [tweetSet('French tweets', 'fr'), tweetSet('English tweets', 'en')].filter(
  (set) => set !== undefined,
);
const reviews = [reviewSet('generated French reviews', 'fr'), reviewSet('generated English reviews', 'en')];

console.log('\nEvery text answered (no abstention), macro-F1.\n');
head('texts', 'learned from', 'judged on', 'macro-F1', 'log loss on held-out texts', 'inverse penalty');
for (const { name, language, periods, all } of [
  ...reviews.map((set) => ({ ...set, all: set.periods.train })),
  ...tweets,
]) {
  const model = fitTextModel(all, { languages: [language] });
  if (model.kind === 'no_answer') throw new Error(model.reason);
  const { texts, labels } = periods.test;
  const predicted = texts.map((text) => {
    const chances = textChances(model, text);
    return chances.indexOf(Math.max(...chances));
  });
  const { tried, inversePenalty } = model.diagnostics;
  const loss = Math.min(...tried.map((each) => each.logLoss));
  row(
    name,
    all.texts.length,
    texts.length,
    macroF1(predicted, labels, 3).toFixed(3),
    loss.toFixed(3),
    inversePenalty,
  );
}

console.log('\nAnswers allowed by the certificate (delta 5 % over the three classes): on the test period.\n');
head(
  'texts',
  'target',
  'answered',
  'negative: wrong',
  'neutral: wrong',
  'positive: wrong',
  'most frequent reason not to',
);
for (const [set, targets] of [
  ...reviews.map((set) => [set, [0.05, 0.1]] as const),
  ...tweets.map((set) => [set, [0.1, 0.15, 0.3, 0.4]] as const),
]) {
  for (const target of targets) {
    const { report } = fitted(set, target);
    const cells = report.perClass.map(({ answered, errors, error }) =>
      error
        ? `${errors} of ${answered}: ${percent(error.value)} (${percent(error.low)} to ${percent(error.high)})`
        : 'never answered',
    );
    const [reason, count = 0] = Object.entries(report.abstained).sort((a, b) => b[1] - a[1])[0] ?? ['none'];
    row(
      set.name,
      percent(target),
      percent(report.coverage),
      ...cells,
      `${reason} ${percent(count / report.texts)}`,
    );
  }
}

const RUNS = 1000;
console.log(
  `\nThe promise, target 10 %, level 5 %, 800 calibration answers, ${RUNS} repetitions (Monte-Carlo error 0.7 points): share that misses it.\n`,
);
head('answers', 'fixed sequence', 'a threshold passed', 'scanning, then Clopper–Pearson (negative control)');
for (const source of sources) {
  const found = missRates(source, RUNS, 800);
  row(source.name, percent(found.sequence), percent(found.passed), percent(found.scan));
}

console.log(
  `\nThe promise when one person writes several texts and is wrong alike (10.01 % wrong at every score, ${RUNS} repetitions): share that misses it.\n`,
);
head('texts each', 'correlation of their errors', 'every text counted', 'one text a writer');
for (const [textsEach, alike] of [
  [1, 0.5],
  [4, 0.2],
  [4, 0.5],
  [10, 0.5],
] as const) {
  const found = missesByWriters({ textsEach, alike }, { runs: RUNS, texts: 800 });
  row(textsEach, textsEach === 1 ? '–' : alike, percent(found.all), percent(found.one));
}

console.log(
  '\nThe whole certificate (three classes, delta 5 %) on texts, 500 fresh calibration samples each: share that misses.\n',
);
head('population', 'calibration texts', 'target', 'missed', 'certified something', 'answered');
const populations = [
  ...reviews.map(({ name, language }) => ({
    name: `${name} (20,000)`,
    language,
    train: generated(language, 1500, { seed: `learn ${language}` }),
    population: generated(language, 20_000, { seed: `population ${language}` }),
    targets: [0.05, 0.1],
  })),
  ...tweets.map(({ name, language, periods: { train, calibrate, test } }) => ({
    name: `${name} (${calibrate.texts.length + test.texts.length}, drawn with replacement)`,
    language,
    train,
    population: {
      texts: [...calibrate.texts, ...test.texts],
      labels: [...Array.from(calibrate.labels), ...Array.from(test.labels)],
      atMs: [...Array.from(calibrate.atMs), ...Array.from(test.atMs)],
    },
    targets: [0.3],
  })),
];
for (const { name, language, targets, ...sets } of populations) {
  const judged = judgePopulation(sets, language);
  for (const target of targets) {
    const found = wholeMissRate(judged, { runs: 500, texts: 800, target });
    row(name, 800, percent(target), percent(found.missed), percent(found.certified), percent(found.coverage));
  }
}

const english = tweets.find(({ language }) => language === 'en');
const ironic = readTweets('irony-english', 'val');
if (english && ironic) {
  console.log(
    '\nIrony (TweetEval, validation): share answered by the classifier of English tweets. No label of irony is given or learned.\n',
  );
  head('target', 'sentiment tweets', 'not ironic', 'ironic', 'ironic, after the words were checked');
  const share = (classifier: TextClassifier, texts: readonly string[]): number =>
    texts.filter((text) => classifyText(classifier, text, 2e5).kind === 'answer').length / texts.length;
  const own = (label: number) => ironic.texts.filter((_, i) => ironic.labels[i] === label);
  for (const target of [0.1, 0.3, 0.4, 0.5]) {
    const { classifier } = fitted(english, target);
    const checked = checkWords(classifier, { texts: ironic.texts, atMs: ironic.texts.map(() => 2e5) });
    row(
      percent(target),
      percent(share(classifier, english.periods.test.texts)),
      percent(share(classifier, own(0))),
      percent(share(classifier, own(1))),
      checked.kind === 'words_drifted' ? '0 % (expired: other words)' : 'as before',
    );
  }
}

console.log(
  '\nDrift: share of checks that end the certificate at level 1 %, by texts compared on each side and share of texts of another season (other product names).\n',
);
const shares = [0, 0.05, 0.1, 0.2, 0.4];
head('texts', ...shares.map((each) => (each === 0 ? 'none (false alarms)' : percent(each))));
const { classifier, report } = fitted(reviews[0] as TextSet, 0.1);
const reader = readerOf(classifier.model);
const words = (season: number) =>
  generated('fr', 4000, { seed: `season ${season}`, season }).texts.map((text) => reader.read(text));
const seasons = { own: words(0), other: words(1) };
const more = generated('fr', 4000, { seed: 'more of season 0' }).texts.map((text) => reader.read(text));
for (const texts of [200, 1000])
  row(
    texts,
    ...shares.map((each) =>
      percent(expiryRate(seasons, { runs: each === 0 ? 100 : 20, texts, share: each })),
    ),
  );

console.log(
  `\nTwelve checks of 300 texts each at level 1 %, nothing changed: ${percent(endedByChecks([...seasons.own, ...more], { runs: 100, texts: 300, checks: 12 }))} of the certificates are ended by one of them (at most 11.4 % were expected).`,
);

const { texts, atMs } = (reviews[0] as TextSet).periods.test;
for (const text of texts) textChances(classifier.model, text);
const started = process.cpuUsage().user;
texts.forEach((text, i) => void classifyText(classifier, text, atMs[i] as number));
const micros = (process.cpuUsage().user - started) / texts.length;
const bytes = saveTextClassifier(classifier);
const loadStarted = performance.now();
loadTextClassifier(bytes);
console.log(
  `\nSpeed: ${micros.toFixed(0)} µs of processor a review (${Math.round(texts.join('').length / texts.length)} characters); file ${(bytes.length / 1e6).toFixed(2)} MB, loaded in ${(performance.now() - loadStarted).toFixed(1)} ms; calibration error ${report.reliability.calibrationError.value.toFixed(3)} (by chance alone ${report.reliability.errorByChance.mean.toFixed(3)}).`,
);
const fitStarted = process.cpuUsage().user;
fitted(reviews[0] as TextSet, 0.1);
console.log(
  `Learning, certifying and testing 8,000 reviews: ${((process.cpuUsage().user - fitStarted) / 1e6).toFixed(1)} s of processor.`,
);
