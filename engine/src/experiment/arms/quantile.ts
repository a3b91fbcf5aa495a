import { checkAllFinite, checkLevel, checkPositive, engineError } from '../../errors/index.ts';
import { normalUpperQuantile } from '../../special/index.ts';
import { bernoulliLogE, mixtureSize } from '../bernoulli.ts';
import type { ArmStatistic, NoLift } from './arm.ts';

const sortedOf = (values: ArrayLike<number>): Float64Array => {
  if (values.length === 0) throw engineError('empty_arm', 'a quantile of nobody');
  checkAllFinite('values', values);
  return Float64Array.from(values).sort();
};

/** The value of rank ⌈q n⌉. */
const nearestRank = (sorted: Float64Array, q: number): number =>
  sorted[Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length))) - 1] as number;

/**
 * A quantile as an arm's statistic: its standard error from the order statistics that hold it with 95 %, so that no density has to
 * be guessed. Fixed sample; O(n log n). Source: Deng, Knoblich, Lu 2018, section 4.1 (“outer confidence interval”).
 *
 * @throws EngineError `empty_arm`, `probability_out_of_range`, `nan`, `not_finite`
 * @example quantileArm(revenues, 0.5)
 */
export const quantileArm = (
  values: ArrayLike<number>,
  quantile: number,
): { readonly kind: 'arm'; readonly arm: ArmStatistic } | NoLift => {
  checkLevel('quantile', quantile);
  const sorted = sortedOf(values);
  const n = sorted.length;
  const z = normalUpperQuantile(0.025);
  const spread = z * Math.sqrt(n * quantile * (1 - quantile));
  const [low, high] = [Math.floor(n * quantile - spread), Math.ceil(n * quantile + spread) + 1];
  if (low < 1 || high > n) return { kind: 'no_answer', reason: 'too_few_people' };
  const standardError = ((sorted[high - 1] as number) - (sorted[low - 1] as number)) / (2 * z);
  const mean = nearestRank(sorted, quantile);
  return { kind: 'arm', arm: { n, mean, variance: n * standardError ** 2, baseline: mean } };
};

export interface QuantileInterval {
  readonly estimate: number;
  /** -Infinity while there are too few people below. */
  readonly low: number;
  /** Infinity while there are too few people above. */
  readonly high: number;
}

/**
 * A confidence sequence for a quantile: at the true q-quantile the people at or below it are a Bernoulli(q) sequence, whatever the
 * distribution, so that the beta-binomial mixture applies exactly. Holds at all looks together; ties make it wider, never wrong.
 * O(n log n). Source: Howard and Ramdas 2022, arXiv 1906.09712, section 3; mixture of arXiv 1810.08240.
 *
 * @throws EngineError `empty_arm`, `probability_out_of_range`, `out_of_range`, `nan`, `not_finite`
 * @example quantileSequence({ values: revenues, quantile: 0.5, alpha: 0.05, plannedPeople: 2000 })
 */
export const quantileSequence = (input: {
  readonly values: ArrayLike<number>;
  readonly quantile: number;
  readonly alpha: number;
  /** People of this arm at which it shall be tightest. */
  readonly plannedPeople: number;
}): QuantileInterval => {
  const p = checkLevel('quantile', input.quantile);
  const sorted = sortedOf(input.values);
  const n = sorted.length;
  const size = mixtureSize(checkPositive('plannedPeople', input.plannedPeople), 0.05);
  const limit = -Math.log(checkLevel('alpha', input.alpha));
  /** Whether `count` people at or below the quantile are too few or too many to believe. */
  const refuted = (count: number): boolean =>
    bernoulliLogE(p, { successes: count, trials: n }, size) >= limit;
  // Counts that are believed form one run around p n: binary search for both of its ends.
  const middle = Math.min(n, Math.max(0, Math.round(p * n)));
  const edge = (inside: number, outside: number): number => {
    if (!refuted(outside)) return outside;
    let [kept, beyond] = [inside, outside];
    while (Math.abs(beyond - kept) > 1) {
      const half = Math.trunc((kept + beyond) / 2);
      if (refuted(half)) beyond = half;
      else kept = half;
    }
    return kept;
  };
  const fewest = edge(middle, 0);
  const most = edge(middle, n);
  return {
    estimate: nearestRank(sorted, p),
    // At least `fewest` people are at or below the quantile, so it is not below the value of that rank.
    low: fewest === 0 ? -Infinity : (sorted[fewest - 1] as number),
    // At most `most` people are strictly below it, so it is not above the value of the next rank.
    high: most === n ? Infinity : (sorted[most] as number),
  };
};

/**
 * Treatment's quantile minus control's, each arm's sequence at half the error: valid at every look, unbounded while an arm is too
 * small. O(n log n).
 *
 * @example quantileDifference({ control, treatment, quantile: 0.5, alpha: 0.05, plannedPeople: 4000 })
 */
export const quantileDifference = (input: {
  readonly control: ArrayLike<number>;
  readonly treatment: ArrayLike<number>;
  readonly quantile: number;
  readonly alpha: number;
  /** People of both arms together. */
  readonly plannedPeople: number;
}): QuantileInterval => {
  const people = input.control.length + input.treatment.length;
  const [c, t] = [input.control, input.treatment].map((values) =>
    quantileSequence({
      values,
      quantile: input.quantile,
      alpha: input.alpha / 2,
      plannedPeople: Math.max(1, (input.plannedPeople * values.length) / people),
    }),
  ) as [QuantileInterval, QuantileInterval];
  return { estimate: t.estimate - c.estimate, low: t.low - c.high, high: t.high - c.low };
};
