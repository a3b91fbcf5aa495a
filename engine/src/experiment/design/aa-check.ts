import { checkAllFinite, checkCount, checkLevel, engineError } from '../../errors/index.ts';
import { momentsOf } from '../../moments/index.ts';
import { createRandom } from '../../random/index.ts';
import { betaQuantile, betaUpperQuantile } from '../../special/index.ts';
import { welchTest } from '../answers/index.ts';
import { meanArm } from '../arms/index.ts';

export interface SelfCheck {
  readonly kind: 'answer';
  readonly runs: number;
  /** Share of splits without a difference in which the test saw one. */
  readonly falseAlarms: number;
  /** Exact 95 % interval of that share. */
  readonly interval: readonly [low: number, high: number];
  /** Largest gap between the p-values' distribution and the uniform one, and its p-value (Kolmogorov and Smirnov). */
  readonly gap: number;
  readonly gapPValue: number;
  /** `too_many_alarms`: verdicts on this outcome would be wrong more often than said: cap it, cluster it, or wait for more people. */
  readonly verdict: 'calibrated' | 'too_many_alarms' | 'too_cautious';
}

/** Kolmogorov's tail Σ 2 (-1)^(k-1) exp(-2 k² x²). */
const kolmogorovTail = (x: number): number => {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = 2 * Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.min(1, Math.max(0, sum));
};

const uniformGap = (pValues: Float64Array): number => {
  const sorted = pValues.slice().sort();
  let gap = 0;
  sorted.forEach((p, i) => {
    gap = Math.max(gap, p - i / sorted.length, (i + 1) / sorted.length - p);
  });
  return gap;
};

/** Clopper and Pearson's interval for `count` of `runs`. */
const shareInterval = (count: number, runs: number): readonly [number, number] => [
  count === 0 ? 0 : betaQuantile(0.025, count, runs - count + 1),
  count === runs ? 1 : betaUpperQuantile(0.025, count + 1, runs - count),
];

/**
 * A/A self-check on one's own outcomes: the people of an earlier period are split at random as the experiment will split them, again
 * and again, and the test must alarm as seldom as it says. Tells of a skew, of repeated people, of a broken pipeline before they cost
 * a verdict. O(runs × people). Source: Kohavi, Tang, Xu 2020, chapter 19.
 *
 * @throws EngineError `too_few`, `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example selfCheck({ outcomes: lastMonth, controlShare: 0.1, runs: 500, seed: 'spring' }).verdict // 'calibrated'
 */
export const selfCheck = (input: {
  readonly outcomes: ArrayLike<number>;
  readonly controlShare: number;
  readonly seed: string | number;
  readonly runs?: number;
  readonly alpha?: number;
}): SelfCheck | { readonly kind: 'no_answer'; readonly reason: 'zero_variance' } => {
  const { outcomes } = input;
  const share = checkLevel('controlShare', input.controlShare);
  const alpha = checkLevel('alpha', input.alpha ?? 0.05);
  const runs = checkCount('runs', input.runs ?? 500);
  if (runs < 100) throw engineError('too_few', `a self-check needs 100 runs or more, got ${runs}`);
  checkAllFinite('outcomes', outcomes);
  const size = Math.round(outcomes.length * share);
  if (size < 2 || outcomes.length - size < 2)
    throw engineError('too_few', `${outcomes.length} people are too few to split at ${share}`);
  const random = createRandom(input.seed, 'self-check');
  const values = Float64Array.from(outcomes);
  const pValues = new Float64Array(runs);
  let used = 0;
  for (let run = 0; run < runs; run++) {
    // The first `size` places of a Fisher–Yates shuffle are a random subset.
    for (let i = 0; i < size; i++) {
      const j = random.integer(i, values.length - 1);
      const kept = values[i] as number;
      values[i] = values[j] as number;
      values[j] = kept;
    }
    const control = meanArm(momentsOf(values.subarray(0, size)));
    const treatment = meanArm(momentsOf(values.subarray(size)));
    const found = welchTest({ control, treatment, scale: 'absolute', alpha });
    // A split with a flat arm gives no verdict, hence no alarm.
    if (found.kind === 'answer') used += 1;
    pValues[run] = found.kind === 'answer' ? found.pValue : 1;
  }
  if (used === 0) return { kind: 'no_answer', reason: 'zero_variance' };
  const alarms = pValues.filter((p) => p < alpha).length;
  const interval = shareInterval(alarms, runs);
  const gap = uniformGap(pValues);
  return {
    kind: 'answer',
    runs,
    falseAlarms: alarms / runs,
    interval,
    gap,
    gapPValue: kolmogorovTail(gap * (Math.sqrt(runs) + 0.12 + 0.11 / Math.sqrt(runs))),
    verdict: interval[0] > alpha ? 'too_many_alarms' : interval[1] < alpha ? 'too_cautious' : 'calibrated',
  };
};
