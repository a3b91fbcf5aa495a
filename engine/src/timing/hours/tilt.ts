import { WEEK_HOURS } from '../local-time/index.ts';
import { PARTS } from './kernels.ts';
import type { Mix } from './mix.ts';

/** base × (a + Σ_k w_k sums_k)/(a + total), scaled against rounding. O(168 PARTS). */
export const tilted = (
  base: Float64Array,
  { sums, total, mix }: { readonly sums: Float64Array; readonly total: number; readonly mix: Mix },
): Float64Array => {
  const out = new Float64Array(WEEK_HOURS);
  let sum = 0;
  for (let h = 0; h < WEEK_HOURS; h++) {
    let said = 0;
    for (let k = 0; k < PARTS; k++) said += (mix.weights[k] as number) * (sums[h * PARTS + k] as number);
    out[h] = ((base[h] as number) * (mix.concentration + said)) / (mix.concentration + total);
    sum += out[h] as number;
  }
  for (let h = 0; h < WEEK_HOURS; h++) out[h] = (out[h] as number) / sum;
  return out;
};
