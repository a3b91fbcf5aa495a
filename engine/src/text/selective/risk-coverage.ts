import { engineError } from '../../errors/index.ts';
import { checkJudged, cumulate, type Judged } from './sequence.ts';

export interface RiskCoverage {
  /** Falling; one for each different score. */
  readonly thresholds: Float64Array;
  /** Share answered at each threshold, rising to 1. */
  readonly coverage: Float64Array;
  /** Share wrong among these. */
  readonly risk: Float64Array;
  /** Mean risk over all coverages (El-Yaniv and Wiener 2010; Geifman and El-Yaniv 2017): 0 is perfect. */
  readonly area: number;
}

/**
 * What abstaining buys: the share of wrong answers at every share answered. A picture, not a promise: a threshold picked from it is tested by
 * `testThresholds` on other rows. O(n log n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `out_of_range`
 * @example riskCoverage({ scores: [0.9, 0.6], wrong: [0, 1] }).risk // [0, 0.5]
 */
export const riskCoverage = (judged: Judged): RiskCoverage => {
  checkJudged(judged);
  const { sorted, errors } = cumulate(judged);
  const n = sorted.length;
  if (n === 0) throw engineError('empty_input', 'a risk–coverage curve needs answers');
  const ends: number[] = [];
  for (let i = 1; i <= n; i++) if (i === n || sorted[i] !== sorted[i - 1]) ends.push(i);
  const risk = Float64Array.from(ends, (end) => (errors[end] as number) / end);
  let area = 0;
  ends.forEach((end, k) => {
    area += ((end - (ends[k - 1] ?? 0)) / n) * (risk[k] as number);
  });
  return {
    thresholds: Float64Array.from(ends, (end) => sorted[end - 1] as number),
    coverage: Float64Array.from(ends, (end) => end / n),
    risk,
    area,
  };
};
