import { engineError } from '../errors/index.ts';

/** Distributions of K independent values, given by their distribution functions. */
export interface Contenders {
  readonly count: number;
  /** P(value of contender k <= z), in [0, 1], not falling in z. */
  readonly cdf: (k: number, z: number) => number;
  /** Ascending points where to evaluate; they need to be dense where the distribution functions bend. */
  readonly nodes: Float64Array;
}

export interface BestOf {
  /** P(contender k has the highest value), length K; sums to 1. */
  readonly probabilities: Float64Array;
  /** No probability is further than this from the true one: a proven bound, up to rounding. The usual error is far smaller. */
  readonly bound: number;
}

// Gauss–Legendre on [0, 1], 4 points: exact up to degree 7.
const POINTS = [0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970263];
const WEIGHTS = [0.1739274225687269, 0.32607257743127305, 0.32607257743127305, 0.1739274225687269];

/** One panel between two nodes: F_j = before + a s + b s² for s in [0, 1], through the middle, never falling. */
interface Panel {
  readonly before: Float64Array;
  readonly middle: Float64Array;
  readonly after: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

const productWithout = (values: Float64Array, without: number): number => {
  let all = 1;
  for (let j = 0; j < values.length; j++) if (j !== without) all *= values[j] as number;
  return all;
};

const fitPanel = ({ before, middle, after, a, b }: Panel): void => {
  for (let j = 0; j < a.length; j++) {
    const start = before[j] as number;
    const whole = (after[j] as number) - start;
    // Within a quarter and three quarters the parabola does not fall.
    const half = Math.min(0.75 * whole, Math.max(0.25 * whole, (middle[j] as number) - start));
    a[j] = 4 * half - whole;
    b[j] = 2 * whole - 4 * half;
  }
};

/** ∫ Π_{j≠k} F_j dF_k over one panel. */
const integralOf = ({ before, a, b }: Panel, k: number): number => {
  let sum = 0;
  for (let g = 0; g < POINTS.length; g++) {
    const s = POINTS[g] as number;
    let all = (WEIGHTS[g] as number) * ((a[k] as number) + 2 * s * (b[k] as number));
    for (let j = 0; j < a.length; j++)
      if (j !== k) all *= (before[j] as number) + s * ((a[j] as number) + s * (b[j] as number));
    sum += all;
  }
  return sum;
};

/**
 * P(k is the best of all) = ∫ Π_{j≠k} F_j dF_k for every k at once.
 *
 * Between two nodes each F_j is a parabola through both ends and the middle, in one common parameter; the product is then integrated
 * exactly (up to degree 7), so that the probabilities add up by construction. As F_j do not fall, Σ ΔF_k Π F_j at the lower and at
 * the upper end of each half bracket the true value: that gives `bound`. Ours; the integral is that of Thompson 1933.
 * O(nodes × K²), and 2 nodes × K distribution functions.
 *
 * @throws EngineError `no_actions`
 * @example
 * const nodes = Float64Array.from({ length: 101 }, (_, i) => i / 100);
 * bestOf({ count: 2, cdf: (k, z) => z ** (k + 1), nodes }).probabilities; // [1/3, 2/3]
 */
export const bestOf = ({ count, cdf, nodes }: Contenders): BestOf => {
  if (count === 0) throw engineError('no_actions', 'bestOf: there is no contender');
  const make = (): Float64Array => new Float64Array(count);
  const probabilities = make();
  const low = make();
  const high = make();
  const panel: Panel = { before: make(), middle: make(), after: make(), a: make(), b: make() };
  const { before, middle, after } = panel;
  const bracket = (from: Float64Array, to: Float64Array): void => {
    for (let k = 0; k < count; k++) {
      const mass = (to[k] as number) - (from[k] as number);
      if (mass === 0) continue;
      low[k] = (low[k] as number) + mass * productWithout(from, k);
      high[k] = (high[k] as number) + mass * productWithout(to, k);
    }
  };
  for (let i = 0; i <= nodes.length; i++) {
    const inside = i > 0 && i < nodes.length;
    const centre = inside ? ((nodes[i - 1] as number) + (nodes[i] as number)) / 2 : 0;
    for (let k = 0; k < count; k++) {
      const start = before[k] as number;
      after[k] = i === nodes.length ? 1 : Math.max(start, cdf(k, nodes[i] as number));
      middle[k] = inside
        ? Math.min(after[k] as number, Math.max(start, cdf(k, centre)))
        : (start + (after[k] as number)) / 2;
    }
    fitPanel(panel);
    for (let k = 0; k < count; k++) {
      if (after[k] !== before[k]) probabilities[k] = (probabilities[k] as number) + integralOf(panel, k);
    }
    // Outside the nodes the middle is a guess: no half of its own there.
    if (inside) {
      bracket(before, middle);
      bracket(middle, after);
    } else bracket(before, after);
    before.set(after);
  }
  let sum = 0;
  for (let k = 0; k < count; k++) sum += probabilities[k] as number;
  let bound = 0;
  for (let k = 0; k < count; k++) {
    const p = (probabilities[k] as number) / sum;
    probabilities[k] = p;
    bound = Math.max(bound, (high[k] as number) - p, p - (low[k] as number));
  }
  return { probabilities, bound };
};
