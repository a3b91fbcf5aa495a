import { normalCdf } from '../../special/index.ts';

const PER_SD = 32;
const REACH = 5;
/** Φ from -5 to 5, linear between: 4e-5 off at most, 3 ns. */
const TABLE = Float64Array.from({ length: 2 * REACH * PER_SD + 1 }, (_, i) => normalCdf(i / PER_SD - REACH));

const quickCdf = (z: number): number => {
  const at = (z + REACH) * PER_SD;
  if (at <= 0) return 0;
  const low = Math.floor(at);
  if (low >= TABLE.length - 1) return 1;
  const from = TABLE[low] as number;
  return from + (at - low) * ((TABLE[low + 1] as number) - from);
};

const PANELS = 40;
/** Below the best contender's mean less this many sds nothing can be the best. */
const TAIL = 4;

/**
 * P(slot has the highest of independent N(mean_k, sd_k²)), by the trapezoidal rule over 40 panels: within about 0.01 of `thompsonNormalShares`, at
 * 5 µs instead of 300. What is logged is what is drawn from, so that the propensities are exact, however coarse the rule. sd > 0.
 * O(40 K).
 */
export const quickThompson = (means: Float64Array, sds: Float64Array): Float64Array => {
  const k = means.length;
  const shares = new Float64Array(k);
  let from = -Infinity;
  let to = -Infinity;
  for (let j = 0; j < k; j++) {
    from = Math.max(from, (means[j] as number) - TAIL * (sds[j] as number));
    to = Math.max(to, (means[j] as number) + TAIL * (sds[j] as number));
  }
  const step = (to - from) / PANELS;
  const before = new Float64Array(k);
  const middle = new Float64Array(k);
  const gained = new Float64Array(k);
  for (let j = 0; j < k; j++) before[j] = quickCdf((from - (means[j] as number)) / (sds[j] as number));
  for (let i = 1; i <= PANELS; i++) {
    const z = from + i * step;
    for (let j = 0; j < k; j++) {
      const after = quickCdf((z - (means[j] as number)) / (sds[j] as number));
      gained[j] = after - (before[j] as number);
      middle[j] = (after + (before[j] as number)) / 2;
      before[j] = after;
    }
    // Products without one of them, by those in front and those behind.
    let front = 1;
    for (let j = 0; j < k; j++) {
      gained[j] = (gained[j] as number) * front;
      front *= middle[j] as number;
    }
    let behind = 1;
    for (let j = k - 1; j >= 0; j--) {
      shares[j] = (shares[j] as number) + (gained[j] as number) * behind;
      behind *= middle[j] as number;
    }
  }
  let sum = 0;
  for (let j = 0; j < k; j++) sum += shares[j] as number;
  for (let j = 0; j < k; j++) shares[j] = (shares[j] as number) / sum;
  return shares;
};
