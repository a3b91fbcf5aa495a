import { findData } from './beside-the-project.ts';

export interface Tweets {
  readonly texts: readonly string[];
  readonly labels: readonly number[];
}

/** The English set has its typographic signs escaped twice, as \u2019. */
const unescape = (line: string): string =>
  line.replace(/\\u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** One part of a set of tweets kept beside the project, never in it; undefined where it is not there. */
export const readTweets = (
  set: 'sentiment-french' | 'sentiment-english' | 'irony-english',
  part: 'train' | 'val',
): Tweets | undefined => {
  const texts = findData(`tweets/${set}/${part}_text.txt`);
  const labels = findData(`tweets/${set}/${part}_labels.txt`);
  if (texts === undefined || labels === undefined) return undefined;
  return {
    texts: texts.trimEnd().split('\n').map(unescape),
    labels: labels.trimEnd().split('\n').map(Number),
  };
};
