import { checkAllFinite, checkCount, checkLength, engineError } from '../../errors/index.ts';
import type { Estimate } from '../../fairness/index.ts';
import { sortRows } from '../../sorting/index.ts';
import { gammaQuantile, gammaUpperQuantile } from '../../special/index.ts';
import { meanWithin } from './score.ts';

/** People of similar expectation, and what came: a calibration plot as data. */
export interface PurchaseBin {
  /** Least and greatest value of the axis in the bin. */
  readonly low: number;
  readonly high: number;
  readonly people: number;
  readonly meanExpected: number;
  /**
   * Mean actual purchases with its 95 % interval: normal, and no narrower than a Poisson count's exact one (Garwood 1936), without which a few people
   * who all bought nothing would be a certainty.
   */
  readonly actual: Estimate;
  readonly agrees: boolean;
}

const countWithin = (values: Float64Array): Estimate => {
  const { value, low, high } = meanWithin(values);
  const n = values.length;
  const total = Math.round(value * n);
  const least = total === 0 ? 0 : gammaQuantile(total, 0.025) / n;
  const most = gammaUpperQuantile(total + 1, 0.025) / n;
  return { value, low: Math.max(0, Math.min(low, least)), high: Math.max(high, most) };
};

/**
 * Mean expected against mean actual purchases in bins of about equal counts along `axis` (equal values stay together): the expectation
 * itself, or repeats (the conditional-expectation plot of Fader, Hardie and Lee 2005, figure 4). O(n log n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `negative_count` (bins)
 * @example purchaseCalibration({ expected, actual, axis: expected, bins: 10 })
 */
export const purchaseCalibration = ({
  expected,
  actual,
  axis,
  bins,
}: {
  readonly expected: Float64Array;
  readonly actual: Float64Array;
  readonly axis: Float64Array;
  readonly bins: number;
}): readonly PurchaseBin[] => {
  const n = expected.length;
  if (n === 0) throw engineError('empty_input', 'a calibration needs people');
  if (checkCount('bins', bins) === 0) throw engineError('out_of_range', 'a calibration needs a bin');
  checkLength('actual', actual.length, n);
  checkLength('axis', axis.length, n);
  checkAllFinite('expected', expected);
  checkAllFinite('actual', actual);
  checkAllFinite('axis', axis);
  const order = sortRows([axis, expected, actual]);
  const at = (values: Float64Array, k: number): number => values[order[k] as number] as number;
  const made: PurchaseBin[] = [];
  for (let from = 0; from < n; ) {
    // An equal part of those left: after many equal values, which are one bin, the others share the rest.
    let to = made.length >= bins - 1 ? n : from + Math.max(1, Math.round((n - from) / (bins - made.length)));
    while (to < n && at(axis, to) === at(axis, to - 1)) to++;
    let sum = 0;
    for (let k = from; k < to; k++) sum += at(expected, k);
    const meanExpected = sum / (to - from);
    const came = countWithin(Float64Array.from({ length: to - from }, (_, k) => at(actual, from + k)));
    made.push({
      low: at(axis, from),
      high: at(axis, to - 1),
      people: to - from,
      meanExpected,
      actual: came,
      agrees: meanExpected >= came.low && meanExpected <= came.high,
    });
    from = to;
  }
  return made;
};
