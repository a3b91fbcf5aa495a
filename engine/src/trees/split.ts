import type { Binning } from './bins.ts';

export interface SplitRules {
  readonly leafRows: number;
  readonly l2: number;
  readonly monotone: Int8Array;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Sums over rows: of gradients, of curvatures, of ones. */
export interface Sums {
  readonly g: number;
  readonly h: number;
  readonly n: number;
}

export interface Split {
  readonly feature: number;
  /** Present values of bins 0..bin go left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: Sums;
  readonly right: Sums;
}

export const leafValue = (g: number, h: number, { l2, low, high }: { l2: number } & Bounds): number => {
  const value = h + l2 > 0 ? -g / (h + l2) : 0;
  return value < low ? low : value > high ? high : value;
};

/** Loss taken away by the value v, to second order (Chen and Guestrin, KDD 2016, equation 5). */
const taken = (g: number, h: number, v: number): number => -(g * v + 0.5 * h * v * v);

/** Histogram of three numbers per bin: gradient, curvature, rows. `offsets[j]` is the first bin of feature j. */
interface Histogram {
  readonly values: Float64Array;
  readonly offsets: Int32Array;
}

/**
 * The best split of a node, or none. Missing values are tried on both sides; a split that would break a monotone constraint is passed over.
 * O(bins) per feature, no allocation but for a better split.
 */
export const findSplit = (
  { values, offsets }: Histogram,
  node: Sums & Bounds,
  { binning, rules }: { binning: Binning; rules: SplitRules },
): Split | undefined => {
  const { l2, leafRows, monotone } = rules;
  const limits = { l2, low: node.low, high: node.high };
  const own = taken(node.g, node.h + l2, leafValue(node.g, node.h, limits));
  let best: Split | undefined;
  let bestGain = 1e-12 * Math.abs(own);
  for (let j = 0; j < binning.length; j++) {
    const edges = (binning[j] as Float64Array).length;
    const start = (offsets[j] as number) * 3;
    const miss = start + (edges + 1) * 3;
    const gm = values[miss] as number;
    const hm = values[miss + 1] as number;
    const nm = values[miss + 2] as number;
    const direction = monotone[j] as number;
    let g = 0;
    let h = 0;
    let n = 0;
    for (let b = 0; b <= edges; b++) {
      const at = start + b * 3;
      g += values[at] as number;
      h += values[at + 1] as number;
      n += values[at + 2] as number;
      const whole = b === edges;
      if (whole && nm === 0) break;
      for (let side = 0; side < 2; side++) {
        if (side === 1 && (nm === 0 || whole)) break;
        const gl = side === 1 ? g + gm : g;
        const hl = side === 1 ? h + hm : h;
        const nl = side === 1 ? n + nm : n;
        if (nl < leafRows || node.n - nl < leafRows) continue;
        const gr = node.g - gl;
        const hr = node.h - hl;
        const vl = leafValue(gl, hl, limits);
        const vr = leafValue(gr, hr, limits);
        if (!whole && direction * (vr - vl) < 0) continue;
        const gain = taken(gl, hl + l2, vl) + taken(gr, hr + l2, vr) - own;
        if (!(gain > bestGain)) continue;
        bestGain = gain;
        best = {
          feature: j,
          bin: b,
          // Nothing was missing here: a missing value goes where most go.
          missingLeft: nm === 0 ? 2 * nl >= node.n : side === 1,
          gain,
          left: { g: gl, h: hl, n: nl },
          right: { g: gr, h: hr, n: node.n - nl },
        };
      }
    }
  }
  return best;
};
