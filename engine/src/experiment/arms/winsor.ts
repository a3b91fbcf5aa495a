import { checkAllFinite, checkProbability, engineError } from '../../errors/index.ts';

/** Limits beyond which outcomes are set to the limit. The label belongs to every figure made with them. */
export interface WinsorLimits {
  readonly kind: 'limits';
  readonly low: number;
  readonly high: number;
  readonly quantiles: readonly [low: number, high: number];
  /** Earlier outcomes they were fixed from. */
  readonly from: number;
}

const MINIMUM_EARLIER = 100;

/**
 * Limits from an earlier period, so that they are fixed before anybody looks: quantiles (nearest rank) of the outcomes of people
 * then. Money among mostly zeros has its own rule in `moneyCapFrom` (quantile of the positive amounts). O(n log n).
 *
 * @throws EngineError `probability_out_of_range`, `out_of_range`, `nan`, `not_finite`
 * @example winsorLimitsFrom(lastYear, [0, 0.99])
 */
export const winsorLimitsFrom = (
  earlier: ArrayLike<number>,
  quantiles: readonly [low: number, high: number] = [0, 0.99],
):
  | WinsorLimits
  | {
      readonly kind: 'no_answer';
      readonly reason: 'too_little_earlier_data';
      readonly needed: number;
      readonly have: number;
    } => {
  const [low, high] = [
    checkProbability('low quantile', quantiles[0]),
    checkProbability('high quantile', quantiles[1]),
  ];
  if (!(low < high)) throw engineError('out_of_range', `quantiles must rise, got ${low} and ${high}`);
  checkAllFinite('earlier', earlier);
  if (earlier.length < MINIMUM_EARLIER)
    return {
      kind: 'no_answer',
      reason: 'too_little_earlier_data',
      needed: MINIMUM_EARLIER,
      have: earlier.length,
    };
  const sorted = Float64Array.from(earlier).sort();
  const at = (q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
  return { kind: 'limits', low: at(low), high: at(high), quantiles: [low, high], from: sorted.length };
};

/**
 * The outcomes with what lies beyond the limits set to them, and how many that were. O(n), a new array.
 *
 * @example winsorise([1, 500, 5000], { low: 0, high: 990 }) // { values: [1, 500, 990], changed: 1 }
 */
export const winsorise = (
  values: ArrayLike<number>,
  limits: Pick<WinsorLimits, 'low' | 'high'>,
): { readonly values: Float64Array; readonly changed: number } => {
  checkAllFinite('values', values);
  const out = new Float64Array(values.length);
  let changed = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const kept = Math.max(limits.low, Math.min(limits.high, value));
    if (kept !== value) changed += 1;
    out[i] = kept;
  }
  return { values: out, changed };
};
