import { checkFinite, checkLength, engineError } from '../errors/index.ts';

/** Means and co-moments of rows with `width` columns. */
export interface JointMoments {
  readonly width: number;
  /** Rows. */
  readonly n: number;
  /** Length `width`. */
  readonly means: Float64Array;
  /** `width × width`, row-major, symmetric: Σ (x_i - mean_i)(x_j - mean_j). */
  readonly comoments: Float64Array;
}

export interface JointCollector {
  /** One row of length `width`. @throws EngineError `length_mismatch`, `nan`, `not_finite` */
  readonly add: (row: ArrayLike<number>) => void;
  readonly merge: (other: JointMoments) => void;
  /** A copy of what was collected. */
  readonly result: () => JointMoments;
}

/**
 * Streaming means, variances and covariances of several columns: Welford's update in its bivariate form, merged by
 * Chan's. O(width²/2) a row, no allocation per row.
 *
 * @example
 * const pairs = collectJoint(2);
 * for (const row of [[1, 2], [2, 4], [3, 6]]) pairs.add(row);
 * covariance(pairs.result(), 0, 1); // 2
 */
export const collectJoint = (width: number): JointCollector => {
  if (!Number.isInteger(width) || width < 1)
    throw engineError('out_of_range', `collectJoint: width must be a whole number >= 1, got ${width}`);
  let n = 0;
  const means = new Float64Array(width);
  const comoments = new Float64Array(width * width);
  const before = new Float64Array(width);
  /** Adds the outer product of `before` (upper triangle), scaled. */
  const addOuter = (factor: number): void => {
    for (let i = 0; i < width; i++) {
      const scaled = factor * (before[i] as number);
      for (let j = i; j < width; j++) {
        const at = i * width + j;
        comoments[at] = (comoments[at] as number) + scaled * (before[j] as number);
      }
    }
  };
  return {
    add: (row) => {
      checkLength('row', row.length, width);
      for (let i = 0; i < width; i++) {
        const value = row[i] as number;
        if (value - value !== 0) checkFinite(`row[${i}]`, value);
        before[i] = value - (means[i] as number);
      }
      n += 1;
      addOuter((n - 1) / n);
      for (let i = 0; i < width; i++) means[i] = (means[i] as number) + (before[i] as number) / n;
    },
    merge: (other) => {
      checkLength('merged moments', other.width, width);
      if (other.n === 0) return;
      const total = n + other.n;
      for (let i = 0; i < width; i++) before[i] = (other.means[i] as number) - (means[i] as number);
      addOuter((n * other.n) / total);
      for (let i = 0; i < width; i++) {
        means[i] = (means[i] as number) + ((before[i] as number) * other.n) / total;
        for (let j = i; j < width; j++) {
          const at = i * width + j;
          comoments[at] = (comoments[at] as number) + (other.comoments[at] as number);
        }
      }
      n = total;
    },
    result: () => {
      const full = comoments.slice();
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < i; j++) full[i * width + j] = full[j * width + i] as number;
      }
      return { width, n, means: means.slice(), comoments: full };
    },
  };
};

/** Sample covariance of columns `i` and `j` (divided by n - 1). @throws EngineError `too_few`, `out_of_range` */
export const covariance = (moments: JointMoments, i: number, j: number): number => {
  const value = moments.comoments[i * moments.width + j];
  if (value === undefined || i >= moments.width || j >= moments.width)
    throw engineError('out_of_range', `covariance: no columns ${i}, ${j} among ${moments.width}`);
  if (moments.n < 2)
    throw engineError('too_few', `a covariance needs 2 rows, got ${moments.n}`, { n: moments.n });
  return value / (moments.n - 1);
};

/** Pearson's correlation, in [-1, 1]. @throws EngineError `too_few`, `zero_variance` */
export const correlation = (moments: JointMoments, i: number, j: number): number => {
  const spread = Math.sqrt(covariance(moments, i, i)) * Math.sqrt(covariance(moments, j, j));
  if (spread === 0) throw engineError('zero_variance', 'a correlation needs two columns that vary', { i, j });
  return Math.max(-1, Math.min(1, covariance(moments, i, j) / spread));
};
