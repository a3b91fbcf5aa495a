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
  { evidence, swings }: { readonly evidence: Float64Array; readonly swings: Float64Array },
  from: number,
  { count, law, betting }: { readonly count: number; readonly law: Expectation; readonly betting: Betting },
): number => {
  const { factors, logs, start, tolerance } = betting;
  const { likelySize: size, zeros } = law;
  const slack = (1 + tolerance) * (1 + CAUTION * law.error);
  const keep = 1 - start;
  // What the swing before leaves, with the change not yet begun.
  const left = law.likely / law.mean - 1;
  const variance = law.keep === 0 ? 0 : (1 / size - law.noise) * (1 + left) ** 2;
  let sum = 0;
  let before = 0;
  let usual = 0;
  for (let k = 0; k < factors.length; k++) {
    const factor = factors[k] as number;
    const mean = factor > 1 ? law.likely * slack : law.likely / slack;
    let bet = mean * factor;
    let log = logs[k] as number;
    if (law.keep > 0) {
      const begun = keep * (evidence[from + k] as number);
      const share = (begun * law.keep * (swings[from + k] as number) + start * left) / (begun + start);
      const plain = (bet / (1 + left)) * Math.max(0.1, 1 + share);
      // A bet on a rise below what is likely anyway would win by a drop.
      bet = factor > 1 ? Math.max(plain, mean) : Math.min(plain, mean);
      log = Math.log(bet / mean);
      const noise = 1 / (law.mean * factor) + law.noise;
      const limit = 4 * Math.sqrt(variance + noise);
      const off = Math.max(-limit, Math.min(limit, count / (law.mean * factor) - 1 - share));
      swings[from + k] = share + (variance / (variance + noise)) * off;
    }
    const ratio = Math.log((bet + size) / (mean + size));
    let likelihood: number;
    if (count > 0 || zeros === 0) {
      likelihood = Math.exp(count * log - (count + size) * ratio);
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
