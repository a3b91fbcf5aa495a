import { type Matrix, matrix } from '../linear/index.ts';
import { fitLinearModel, linearScores } from '../linear-models/index.ts';
import type { Random } from '../random/index.ts';
import { encodeCategories } from './encode.ts';
import type { Codes, Feature } from './features.ts';

const FOLDS = 4;

/** Balanced folds within each label, so that no fold's average tells its labels. */
export const foldsOf = (labels: Uint8Array, random: Random): Uint8Array => {
  const fold = new Uint8Array(labels.length);
  const dealt = [0, 0];
  for (const row of random.shuffle(Array.from(labels, (_, i) => i))) {
    const label = labels[row] as 0 | 1;
    fold[row] = (dealt[label] as number) % FOLDS;
    dealt[label] = (dealt[label] as number) + 1;
  }
  return fold;
};

const rowsWhere = (fold: Uint8Array, keep: (fold: number) => boolean): Int32Array =>
  Int32Array.from(Array.from(fold, (_, row) => row).filter((row) => keep(fold[row] as number)));

/** One level against the others. */
export interface Setting {
  readonly labels: Uint8Array;
  /** The fold in which a person is held out. */
  readonly fold: Uint8Array;
  readonly level: string;
}

/** Log odds by one feature, each person's from the other folds. O(n). */
export const scoresOfOne = (codes: Codes, { labels, fold }: Setting): Float64Array => {
  const scores = new Float64Array(labels.length);
  for (let k = 0; k < FOLDS; k++) {
    const odds = encodeCategories(
      codes,
      labels,
      rowsWhere(fold, (f) => f !== k),
    );
    for (const row of rowsWhere(fold, (f) => f === k))
      scores[row] = odds[codes.values[row] as number] as number;
  }
  return scores;
};

/**
 * Log odds by all features together. Categories are encoded on one half of the training folds and weighed on the other: a rare
 * category cannot vouch for itself. O(n × features²).
 */
export const scoresOfSet = (
  features: readonly (readonly [Feature, Codes])[],
  setting: Setting,
): Float64Array => {
  const { labels, fold } = setting;
  // A number speaks as it is too: sums over many dimensions lose too much by bins.
  const numbers = features.flatMap(([feature]) => (feature.kind === 'number' ? [feature.values] : []));
  const columns = features.length + numbers.length;
  const designOf = (rows: Int32Array, odds: readonly Float64Array[]): Matrix => {
    const design = matrix(rows.length, columns);
    for (const [i, row] of rows.entries()) {
      const at = i * columns;
      for (const [j, [, codes]] of features.entries())
        design.values[at + j] = (odds[j] as Float64Array)[codes.values[row] as number] as number;
      for (const [j, values] of numbers.entries())
        design.values[at + features.length + j] = values[row] as number;
    }
    return design;
  };
  const scores = new Float64Array(labels.length);
  for (let k = 0; k < FOLDS; k++) {
    const training = rowsWhere(fold, (f) => f !== k);
    const held = rowsWhere(fold, (f) => f === k);
    for (const half of [0, 1]) {
      const encodeOn = training.filter((_, i) => i % 2 === half);
      const weighOn = training.filter((_, i) => i % 2 !== half);
      const odds = features.map(([, codes]) => encodeCategories(codes, labels, encodeOn));
      const model = fitLinearModel({
        features: designOf(weighOn, odds),
        outcomes: Float64Array.from(weighOn, (row) => labels[row] as number),
        link: 'logistic',
      });
      // One outcome only: nothing is told, everybody scores alike.
      if (model.kind === 'no_answer') continue;
      const found = linearScores(model, designOf(held, odds));
      for (const [i, row] of held.entries()) scores[row] = (scores[row] as number) + (found[i] as number) / 2;
    }
  }
  return scores;
};
