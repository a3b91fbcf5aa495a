import { engineError } from '../errors/index.ts';
import type { Minimum, NoMinimum } from './result.ts';

/** f(x), and its gradient written into `gradient`: for large problems both come from one pass over the data. */
export type ValueAndGradient = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Pairs of steps remembered; default 8. Memory: 2 × memory × n numbers. */
  readonly memory?: number;
  /** Default 300. */
  readonly maxIterations?: number;
  /** Whether it is good enough here; gradient size (see `Minimum`) <= 1e-6 unless said. */
  readonly settled?: (at: { readonly value: number; readonly gradient: Float64Array }) => boolean;
  /** Told after each iteration. May throw to end it. */
  readonly each?: (iteration: number) => void;
}

const dotOf = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

const sizeOf = (x: Float64Array, gradient: Float64Array, value: number): number => {
  let size = 0;
  for (let i = 0; i < x.length; i++)
    size = Math.max(size, Math.abs(gradient[i] as number) * Math.max(1, Math.abs(x[i] as number)));
  return size / Math.max(1, Math.abs(value));
};

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

/** -H g by the two loops of Nocedal (1980), with H₀ = sᵀy / yᵀy; without pairs a step of length at most 1. */
const directionOf = (gradient: Float64Array, pairs: readonly Pair[], out: Float64Array): void => {
  out.set(gradient);
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, sy } = pairs[k] as Pair;
    const alpha = dotOf(s, out) / sy;
    alphas[k] = alpha;
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) - alpha * (y[i] as number);
  }
  const last = pairs.at(-1);
  const scale = last ? last.sy / dotOf(last.y, last.y) : 1 / Math.max(1, Math.sqrt(dotOf(out, out)));
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * -scale;
  for (let k = 0; k < pairs.length; k++) {
    const { s, y, sy } = pairs[k] as Pair;
    const move = -(alphas[k] as number) - dotOf(y, out) / sy;
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + move * (s[i] as number);
  }
};

/**
 * Minimises a smooth function of many variables by L-BFGS (Liu and Nocedal 1989) with halved steps under sufficient decrease (1e-4);
 * made for convex functions, where the curvature of every step is positive (elsewhere such steps are not remembered). Sums
 * run in one order: the same input gives the same bits. Cost: about 1.1 evaluations an iteration, and 4 × memory × n flops.
 *
 * @throws EngineError `empty_input` for no coordinates
 * @example
 * const made = minimiseLarge((x, g) => { g[0] = 2 * (x[0] - 1); return (x[0] - 1) ** 2; }, new Float64Array(1));
 * if (made.kind === 'minimum') made.x; // [1]
 */
export const minimiseLarge = (
  f: ValueAndGradient,
  start: Float64Array,
  options: LbfgsOptions = {},
): Minimum | NoMinimum => {
  const n = start.length;
  if (n === 0) throw engineError('empty_input', 'minimiseLarge: there is nothing to vary');
  const { memory = 8, maxIterations = 300, each } = options;
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(n);
  let value = f(x, gradient);
  let [iterations, evaluations] = [0, 1];
  const settled = options.settled ?? (() => sizeOf(x, gradient, value) <= 1e-6);
  const ended = <K extends object>(kind: K) => ({
    ...kind,
    x,
    value,
    gradientSize: sizeOf(x, gradient, value),
    iterations,
    evaluations,
  });
  if (!Number.isFinite(value) || !gradient.every(Number.isFinite))
    return ended({ kind: 'no_minimum', reason: 'start_not_finite' } as const);
  const direction = new Float64Array(n);
  let pairs: Pair[] = [];
  let nextX: Float64Array = new Float64Array(n);
  let nextGradient: Float64Array = new Float64Array(n);
  for (; iterations < maxIterations; iterations++) {
    if (settled({ value, gradient })) return ended({ kind: 'minimum' } as const);
    directionOf(gradient, pairs, direction);
    const slope = dotOf(direction, gradient);
    let found: number | undefined;
    for (let length = slope < 0 ? 1 : 0; length > 1e-12; length /= 2) {
      for (let i = 0; i < n; i++) nextX[i] = (x[i] as number) + length * (direction[i] as number);
      const tried = f(nextX, nextGradient);
      evaluations++;
      if (tried <= value + 1e-4 * length * slope) {
        found = tried;
        break;
      }
    }
    if (found === undefined) {
      if (pairs.length === 0) return ended({ kind: 'no_minimum', reason: 'no_descent' } as const);
      pairs = [];
      continue;
    }
    const [oldX, oldGradient] = [x, gradient];
    const s = nextX.map((each, i) => each - (oldX[i] as number));
    const y = nextGradient.map((each, i) => each - (oldGradient[i] as number));
    const sy = dotOf(s, y);
    if (sy > 1e-12 * dotOf(y, y) && sy > 0) pairs = [...pairs, { s, y, sy }].slice(-memory);
    value = found;
    [x, nextX] = [nextX, x];
    [gradient, nextGradient] = [nextGradient, gradient];
    each?.(iterations + 1);
  }
  return ended({ kind: 'no_minimum', reason: 'too_many_iterations' } as const);
};
