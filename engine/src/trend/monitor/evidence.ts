import type { Expectation } from './baseline.ts';

/** Standard errors of the level by which the expectation gives way before a count speaks against it. */
const CAUTION = 0.5;
/** Evidence is capped here, far above any threshold, so that nothing overflows. */
const LIMIT = 1e280;

export interface Betting {
  readonly factors: readonly number[];
  /** Logarithms of the factors. */
  readonly logs: Float64Array;
  /** 1/horizon: prior chance of a change before a bucket. */
  readonly start: number;
  readonly tolerance: number;
}

export const bettingOf = (factors: readonly number[], horizon: number, tolerance: number): Betting => ({
  factors,
  logs: Float64Array.from(factors, Math.log),
  start: 1 / horizon,
  tolerance,
});

/**
 * One count against one expectation: every component bets, M ← L ((1 - 1/H) M + 1/H). Writes the components, returns their mean.
 *
 * Under the law L has expectation 1 given the past. So at any fixed bucket E[M] <= 1 (an e-value, for e-BH), and at any stopping time
 * E[M] <= E[buckets]/H: the average run length to M >= c is at least c H. It is the Shiryaev–Roberts e-detector of Shin, Ramdas and
 * Rinaldo (2022, arXiv 2203.03532, section 2.2) with a geometric prior of the change. O(components).
 */
export const weigh = (
  evidence: Float64Array,
  from: number,
  { count, law, betting }: { readonly count: number; readonly law: Expectation; readonly betting: Betting },
): number => {
  const { factors, logs, start, tolerance } = betting;
  const { size, zeros } = law;
  const slack = (1 + tolerance) * (1 + CAUTION * law.error);
  const keep = 1 - start;
  let sum = 0;
  let before = 0;
  let usual = 0;
  for (let k = 0; k < factors.length; k++) {
    const factor = factors[k] as number;
    const mean = factor > 1 ? law.mean * slack : law.mean / slack;
    const ratio = Math.log((mean * factor + size) / (mean + size));
    let likelihood: number;
    if (count > 0 || zeros === 0) {
      likelihood = Math.exp(count * (logs[k] as number) - (count + size) * ratio);
    } else {
      if (mean !== before) {
        before = mean;
        usual = (1 - zeros) * Math.exp(-size * Math.log((mean + size) / size));
      }
      likelihood = (zeros + usual * Math.exp(-size * ratio)) / (zeros + usual);
    }
    const moved = likelihood * (keep * (evidence[from + k] as number) + start);
    const kept = moved < LIMIT ? moved : LIMIT;
    evidence[from + k] = kept;
    sum += kept;
  }
  return sum / factors.length;
};
