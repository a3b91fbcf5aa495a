import { checkLevel, engineError } from '../errors/index.ts';

const RATES = Array.from({ length: 18 }, (_, i) => 0.9 * 2 ** -i);

/**
 * Lower confidence bound for the average conditional mean of terms >= 0, valid at every n and for every dependence on the past; no upper bound on
 * the terms is needed. Empirical Bernstein: exp(λ (ξ - ν) - ψ(λ) (ξ - ξ̂)²) is a supermartingale for ξ̂ <= 1 known before,
 * ψ(λ) = -ln(1 - λ) - λ (Howard et al. 2021, Theorem 4; for off-policy values Waudby-Smith et al., arXiv 2210.10768), mixed
 * over 18 λ. O(n), no allocation.
 *
 * @throws EngineError `out_of_range` for a term below 0, `probability_out_of_range`
 * @example lowerBoundOfMean(new Float64Array(1000).fill(0.5), 0.025) // about 0.49
 */
export const lowerBoundOfMean = (terms: Float64Array, alpha: number): number => {
  checkLevel('alpha', alpha);
  const n = terms.length;
  let sum = 0;
  let variation = 0;
  for (let i = 0; i < n; i++) {
    const term = terms[i] as number;
    if (!(term >= 0)) throw engineError('out_of_range', `term ${i} must be >= 0, got ${term}`);
    // What is foreseen before the term is seen: the mean so far, from half a row of 0.5.
    const foreseen = Math.min(1, (sum + 0.25) / (i + 0.5));
    variation += (term - foreseen) ** 2;
    sum += term;
  }
  const logLimit = Math.log(RATES.length / alpha);
  const exceeds = (mean: number): boolean => {
    let total = 0;
    for (const rate of RATES) {
      const log = rate * (sum - n * mean) + (Math.log1p(-rate) + rate) * variation - logLimit;
      if (log > 0) return true;
      total += Math.exp(log);
    }
    return total > 1;
  };
  let low = 0;
  let high = sum / n;
  if (!exceeds(0)) return 0;
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (exceeds(middle)) low = middle;
    else high = middle;
  }
  return low;
};

export interface BoundedInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * An interval for the value of a policy that needs no large numbers: valid for 50 clicks, for any log (adaptive, people repeated: the value is
 * that of the logged situations), at any number of looks. Rewards must lie in `range`, known before. Lower end from w r, upper from w (1 - r). Wide
 * when weights are. O(n).
 *
 * @throws EngineError `out_of_range` for a reward outside the range, `probability_out_of_range`, `empty_input`
 * @example boundedInterval({ weights: new Float64Array(50).fill(1), rewards: new Float64Array(50) }) // [0, 0.154]: no click in 50
 */
export const boundedInterval = (
  { weights, rewards }: { readonly weights: Float64Array; readonly rewards: Float64Array },
  {
    range = [0, 1],
    alpha = 0.05,
  }: { readonly range?: readonly [number, number]; readonly alpha?: number } = {},
): BoundedInterval => {
  const [least, most] = range;
  if (!(least < most)) throw engineError('out_of_range', 'the range needs low < high');
  if (weights.length === 0) throw engineError('empty_input', 'there are no rows to evaluate');
  const gains = new Float64Array(weights.length);
  const losses = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const reward = ((rewards[i] as number) - least) / (most - least);
    if (!(reward >= 0 && reward <= 1))
      throw engineError('out_of_range', `reward ${i} is not in [${least}, ${most}]`, { index: i });
    gains[i] = (weights[i] as number) * reward;
    losses[i] = (weights[i] as number) * (1 - reward);
  }
  const low = lowerBoundOfMean(gains, alpha / 2);
  const high = 1 - lowerBoundOfMean(losses, alpha / 2);
  return { low: least + (most - least) * low, high: least + (most - least) * high };
};
