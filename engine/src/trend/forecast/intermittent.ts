import { tell, type Watch } from '../../fitting/index.ts';

/** Demand that comes now and then: its chance and its size, each smoothed. */
export interface IntermittentFit {
  readonly alpha: number;
  readonly beta: number;
  /** Chance of any demand in the next bucket, and its mean size when there is some. */
  readonly chance: number;
  readonly size: number;
  /** Sizes over the mean size expected when they came: drawn from for intervals. */
  readonly sizes: Float64Array;
}

const GRID = [0.01, 0.02, 0.05, 0.1, 0.2];

const run = (
  values: Float64Array,
  alpha: number,
  beta: number,
): IntermittentFit & { readonly loss: number } => {
  let [found, some, sum] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    found += 1;
    if (value > 0) {
      some += 1;
      sum += value;
    }
  }
  let chance = (some + 0.5) / (found + 1);
  let size = sum / some;
  const sizes: number[] = [];
  let loss = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    loss += (value - chance * size) ** 2;
    chance += beta * ((value > 0 ? 1 : 0) - chance);
    if (value === 0) continue;
    sizes.push(value / size);
    size += alpha * (value - size);
  }
  return { alpha, beta, chance, size, sizes: Float64Array.from(sizes), loss };
};

/**
 * Teunter, Syntetos and Babai 2011 (Eur. J. Oper. Res. 214): unlike Croston's method the chance falls while nothing is bought.
 * Parameters by least squares one step ahead on a small grid; needs one value above 0. O(25 length).
 */
export const fitIntermittent = (values: Float64Array, watch?: Watch): IntermittentFit => {
  let best = run(values, 0.1, 0.1);
  for (const [k, alpha] of GRID.entries())
    for (const beta of GRID) {
      tell(watch, 'smoothing', k / GRID.length);
      const next = run(values, alpha, beta);
      if (next.loss < best.loss) best = next;
    }
  const { loss: _, ...fit } = best;
  return fit;
};
