import { type Confusion, checkConfusion } from './confusion.ts';

/**
 * - `selection` selected / all · `truePositive` selected / those for whom it was right · `falsePositive` selected / those for whom it
 *   was not · `precision` right / selected · `accuracy` right decisions / all · `base` those for whom it is right / all
 */
export type Metric = 'selection' | 'truePositive' | 'falsePositive' | 'precision' | 'accuracy' | 'base';

/** Of whom, and how many of them. */
export interface Part {
  readonly count: number;
  readonly of: number;
}

const PARTS: Readonly<Record<Metric, (c: Confusion) => Part>> = {
  selection: ({ tp, fp, fn, tn }) => ({ count: tp + fp, of: tp + fp + fn + tn }),
  truePositive: ({ tp, fn }) => ({ count: tp, of: tp + fn }),
  falsePositive: ({ fp, tn }) => ({ count: fp, of: fp + tn }),
  precision: ({ tp, fp }) => ({ count: tp, of: tp + fp }),
  accuracy: ({ tp, fp, fn, tn }) => ({ count: tp + tn, of: tp + fp + fn + tn }),
  base: ({ tp, fp, fn, tn }) => ({ count: tp + fn, of: tp + fp + fn + tn }),
};

/** Numerator and denominator of a rate. */
export const partOf = (metric: Metric, confusion: Confusion): Part => PARTS[metric](confusion);

/**
 * A group's rate in [0, 1]; null where nobody is in its denominator: never 0 or 1. O(1).
 *
 * @throws EngineError `negative_count`, `nan`
 * @example rateOf('truePositive', { tp: 0, fp: 3, fn: 0, tn: 7 }) // null
 */
export const rateOf = (metric: Metric, confusion: Confusion): number | null => {
  checkConfusion(confusion);
  const { count, of } = partOf(metric, confusion);
  return of === 0 ? null : count / of;
};
