import { createRandom } from '../../../src/random/index.ts';
import {
  type LabelledTexts,
  splitPeriods,
  type TextPeriods,
  textsFromStars,
} from '../../../src/text/index.ts';
import { generateReviews } from '../../../testing/generated-reviews.ts';
import { readTweets, type Tweets } from '../../../testing/tweets.ts';

export interface TextSet {
  readonly name: string;
  readonly language: 'fr' | 'en';
  readonly periods: TextPeriods;
}

const DAY_MS = 86_400_000;

export const generated = (
  language: 'fr' | 'en',
  count: number,
  { seed, season = 0 }: { readonly seed: string; readonly season?: number },
): LabelledTexts =>
  textsFromStars(
    generateReviews(createRandom(seed), { language, count, fromMs: 0, untilMs: 200 * DAY_MS, season }),
  );

/** The files give no times: their order stands for it. */
const inOrder = ({ texts, labels }: Tweets, from: number, atMs: number): LabelledTexts => ({
  texts: texts.slice(from),
  labels: labels.slice(from),
  atMs: texts.slice(from).map((_, i) => atMs + i),
});

/** Of the training tweets these learn, the others calibrate; the validation tweets test. */
const LEARN = 1200;

export interface TweetSet extends TextSet {
  /** All training tweets, for the figure at full coverage. */
  readonly all: LabelledTexts;
}

export const tweetSet = (name: string, language: 'fr' | 'en'): TweetSet | undefined => {
  const set = language === 'fr' ? 'sentiment-french' : 'sentiment-english';
  const [train, val] = [readTweets(set, 'train'), readTweets(set, 'val')];
  if (!train || !val) return undefined;
  const all = inOrder(train, 0, 0);
  const first = { texts: train.texts.slice(0, LEARN), labels: train.labels.slice(0, LEARN) };
  const periods = {
    train: inOrder(first, 0, 0),
    calibrate: inOrder(train, LEARN, 1e5),
    test: inOrder(val, 0, 2e5),
  };
  return { name, language, periods, all };
};

export const reviewSet = (name: string, language: 'fr' | 'en'): TextSet => ({
  name,
  language,
  periods: splitPeriods(generated(language, 8000, { seed: `reviews ${language}` }), [0.4, 0.3]),
});
