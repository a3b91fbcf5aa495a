import { checkCount, checkLength, engineError } from '../../errors/index.ts';
import type { Estimate } from '../../fairness/index.ts';
import { meanWithin } from './score.ts';

/** People of similar expectation, and what came: a calibration plot as data. */
export interface PurchaseBin {
  /** Least and greatest value of the axis in the bin. */
  readonly low: number;
  readonly high: number;
  readonly people: number;
  readonly meanExpected: number;
  /** Mean actual purchases, with its normal 95 % interval. */
  readonly actual: Estimate;
  readonly agrees: boolean;
}

/**
 * Mean expected against mean actual purchases in bins of about equal counts along `axis` (equal values stay together): the expectation
 * itself, or repeats (the conditional-expectation plot of Fader, Hardie and Lee 2005, figure 4).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `out_of_range`
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
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (i, j) =>
      (axis[i] as number) - (axis[j] as number) ||
      (expected[i] as number) - (expected[j] as number) ||
      (actual[i] as number) - (actual[j] as number),
  );
  const at = (values: Float64Array, k: number): number => values[order[k] as number] as number;
  const made: PurchaseBin[] = [];
  for (let from = 0; from < n; ) {
    let to = Math.max(from + 1, Math.round(((made.length + 1) * n) / bins));
    if (made.length >= bins - 1) to = n;
    while (to < n && at(axis, to) === at(axis, to - 1)) to++;
    let sum = 0;
    for (let k = from; k < to; k++) sum += at(expected, k);
    const meanExpected = sum / (to - from);
    const came = meanWithin(Float64Array.from({ length: to - from }, (_, k) => at(actual, from + k)));
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
