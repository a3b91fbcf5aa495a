import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { checkTexts, type LabelledTexts } from '../model/index.ts';

/** Three periods, one after the other: what is learned from, what thresholds are tested on, and what only judges. */
export interface TextPeriods {
  readonly train: LabelledTexts;
  readonly calibrate: LabelledTexts;
  readonly test: LabelledTexts;
}

export const spanOf = ({ atMs }: Pick<LabelledTexts, 'atMs'>): readonly [fromMs: number, untilMs: number] => {
  let [from, until] = [Infinity, -Infinity];
  for (let i = 0; i < atMs.length; i++) {
    from = Math.min(from, atMs[i] as number);
    until = Math.max(until, atMs[i] as number);
  }
  return [from, until];
};

const order = ['train', 'calibrate', 'test'] as const;

/** @throws EngineError `out_of_range` where a period does not begin after the one before ended; as `checkTexts` */
export const checkPeriods = (periods: TextPeriods, classes: number): void => {
  let [before, ended] = ['', -Infinity];
  for (const name of order) {
    checkTexts(periods[name], classes);
    const [fromMs, untilMs] = spanOf(periods[name]);
    if (!(fromMs > ended))
      throw engineError('out_of_range', `the period “${name}” begins before “${before}” has ended`, {
        period: name,
        fromMs,
        before: ended,
      });
    [before, ended] = [name, untilMs];
  }
};

/**
 * Texts in the order of time, cut into periods; texts of one instant stay together in the later one, so that nothing overlaps. Shares are of the texts
 * for training and for calibration; the rest tests. O(n log n).
 *
 * @throws EngineError `out_of_range` for shares that leave nothing over or periods that would be empty; `length_mismatch`, `nan`, `not_finite`
 * @example splitPeriods(textsFromStars(reviews), [0.6, 0.25])
 */
export const splitPeriods = (
  given: LabelledTexts,
  shares: readonly [number, number] = [0.6, 0.25],
): TextPeriods => {
  const { texts, labels, atMs, writers } = given;
  const n = texts.length;
  checkLength('labels', labels.length, n);
  checkLength('atMs', atMs.length, n);
  if (writers) checkLength('writers', writers.length, n);
  checkAllFinite('atMs', atMs);
  const sorted = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => (atMs[i] as number) - (atMs[j] as number),
  );
  const cut = (share: number): number => {
    let at = Math.round(share * n);
    while (at > 0 && at < n && atMs[sorted[at] as number] === atMs[sorted[at - 1] as number]) at--;
    return at;
  };
  const [first, second] = [cut(shares[0]), cut(shares[0] + shares[1])];
  if (!(first > 0 && second > first && n > second))
    throw engineError('out_of_range', 'the texts cannot be cut into three periods of different times', {
      texts: n,
    });
  const take = (from: number, to: number): LabelledTexts => {
    const rows = sorted.subarray(from, to);
    return {
      texts: Array.from(rows, (i) => texts[i] as string),
      // Not as bytes: a label that is no class (NaN, 256) must stay one, and be refused.
      labels: Float64Array.from(rows, (i: number) => labels[i] as number),
      atMs: Float64Array.from(rows, (i: number) => atMs[i] as number),
      ...(writers && { writers: Array.from(rows, (i) => writers[i]) }),
    };
  };
  return { train: take(0, first), calibrate: take(first, second), test: take(second, n) };
};
