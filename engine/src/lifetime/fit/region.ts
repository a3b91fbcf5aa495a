import type { Watch } from '../../fitting/index.ts';
import type { Objective } from '../models/tables.ts';
import { eigen } from './eigen.ts';
import { HALF_CHI_SQUARE } from './half-chi-square.ts';
import { type Figure, tiltedEnd } from './tilt.ts';

/** Steps along an axis beyond this (in logarithms) are called open. */
const OPEN = 8;

/** Regions longer than e^±0.4 along an axis are bent: there the ends of the profiles are looked for too. */
const BENT = 0.4;

/**
 * Points on the edge of the likelihood region {fall of the (penalised) log-likelihood <= 1.92}, two per eigenvector of the curvature, found
 * by walking: where the likelihood is flat on one side they lie far out on that side, which no Laplace interval knows. Where the
 * region is long it is bent too, and straight walks leave it: then the exact ends of the profile intervals of a few typical figures
 * are in it besides.
 */
export interface LikelihoodRegion {
  /** The optimum, for each axis the points at its positive and negative end, then any ends of figures; logarithms, row-major. */
  readonly points: Float64Array;
  readonly dimensions: number;
  /** Ends beyond e^±8 of the optimum: intervals that hang on them are open. */
  readonly open: number;
}

/** Second derivatives by central differences of the analytic gradient. */
export const curvatureAt = (objective: Objective, at: Float64Array): Float64Array => {
  const n = at.length;
  const hessian = new Float64Array(n * n);
  const [above, below] = [new Float64Array(n), new Float64Array(n)];
  const step = 1e-4;
  for (let i = 0; i < n; i++) {
    const moved = at.slice();
    moved[i] = (at[i] as number) + step;
    objective(moved, above);
    moved[i] = (at[i] as number) - step;
    objective(moved, below);
    for (let j = 0; j < n; j++)
      hessian[i * n + j] = ((above[j] as number) - (below[j] as number)) / (2 * step);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = ((hessian[i * n + j] as number) + (hessian[j * n + i] as number)) / 2;
      hessian[i * n + j] = mean;
      hessian[j * n + i] = mean;
    }
  }
  return hessian;
};

/** The length along `direction` at which the likelihood has fallen by `HALF_CHI_SQUARE`; `OPEN` when it never does. */
const edgeAlong = (fallAt: (length: number) => number, guess: number): number => {
  let [low, high] = [0, Math.min(guess, OPEN)];
  let fall = fallAt(high);
  while (fall < HALF_CHI_SQUARE) {
    if (high >= OPEN) return OPEN;
    low = high;
    high = Math.min(OPEN, 2 * high);
    fall = fallAt(high);
  }
  for (let k = 0; k < 30; k++) {
    if (Math.abs(fall - HALF_CHI_SQUARE) < 0.01) return high;
    // The fall is about quadratic: its root is about linear.
    const next = high * Math.sqrt(HALF_CHI_SQUARE / fall);
    const middle = next > low && next < high ? next : (low + high) / 2;
    const found = fallAt(middle);
    if (found < HALF_CHI_SQUARE) {
      if (HALF_CHI_SQUARE - found < 0.01) return middle;
      low = middle;
    } else {
      high = middle;
      fall = found;
    }
  }
  return high;
};

interface RegionInput {
  readonly objective: Objective;
  /** Its optimum. */
  readonly at: Float64Array;
  /** What the region will be asked for: logarithms of a few typical figures. */
  readonly figures: readonly Figure[];
  readonly watch: Watch | undefined;
}

/** About 8 n evaluations for n parameters, and 100 for each figure where the region is bent. */
export const regionAround = ({ objective, at, figures, watch }: RegionInput): LikelihoodRegion => {
  const n = at.length;
  const gradient = new Float64Array(n);
  const bottom = objective(at, gradient);
  const { vectors, values } = eigen(curvatureAt(objective, at), n);
  const points: Float64Array[] = [at];
  let open = 0;
  let longest = 0;
  for (let axis = 0; axis < n; axis++) {
    const guess = Math.sqrt((2 * HALF_CHI_SQUARE) / Math.max(1e-6, values[axis] as number));
    for (const sign of [1, -1]) {
      const along = (length: number): Float64Array =>
        at.map((each, i) => each + sign * length * (vectors[i * n + axis] as number));
      const fallAt = (length: number): number => {
        const value = objective(along(length), gradient);
        return Number.isFinite(value) ? value - bottom : Infinity;
      };
      const length = edgeAlong(fallAt, guess);
      if (length >= OPEN) open++;
      longest = Math.max(longest, length);
      points.push(along(length));
    }
  }
  if (longest > BENT) {
    for (const figure of figures) {
      const { low, high } = rangeOver(points.slice(0, 2 * n + 1).map(figure), n);
      const half = Math.max(1e-3, (high - low) / 2);
      for (const sign of [1, -1] as const)
        points.push(tiltedEnd({ objective, optimum: at, bottom, figure, sign, half, watch }));
    }
  }
  const flat = new Float64Array(points.length * n);
  points.forEach((point, k) => flat.set(point, k * n));
  return { points: flat, dimensions: n, open };
};

/**
 * The interval of a function of the parameters from its values at the region's points, in their order: its range over the region to
 * second order along the axes, and no less than at any of the points. On a quadratic likelihood this is the profile-likelihood
 * interval exactly.
 */
export const rangeOver = (
  values: ArrayLike<number>,
  axes: number,
): { readonly low: number; readonly high: number } => {
  const middle = values[0] as number;
  let [square, least, most] = [0, middle, middle];
  for (let axis = 0; axis < axes; axis++) {
    const up = values[1 + 2 * axis] as number;
    const down = values[2 + 2 * axis] as number;
    square += ((up - down) / 2) ** 2;
  }
  for (let k = 1; k < values.length; k++) {
    least = Math.min(least, values[k] as number);
    most = Math.max(most, values[k] as number);
  }
  const half = Math.sqrt(square);
  let bend = 0;
  if (half > 0) {
    for (let axis = 0; axis < axes; axis++) {
      const up = values[1 + 2 * axis] as number;
      const down = values[2 + 2 * axis] as number;
      bend += ((up + down - 2 * middle) / 2) * ((up - down) / 2 / half) ** 2;
    }
  }
  return { low: Math.min(least, middle - half + bend), high: Math.max(most, middle + half + bend) };
};
