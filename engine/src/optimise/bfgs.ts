import { engineError } from '../errors/index.ts';
import { numericalGradient } from './gradient.ts';
import type { Gradient, Minimum, NoMinimum, Objective } from './result.ts';

export interface BfgsOptions {
  /** Central differences when it is not given. */
  readonly gradient?: Gradient;
  /** Gradient size (see `Minimum`) at which it is a minimum; default 1e-6, which central differences can reach. */
  readonly tolerance?: number;
  /** Default 500. */
  readonly maxIterations?: number;
  /** A coordinate beyond this size (default 1e8) means that there is no minimum inside. */
  readonly farAway?: number;
}

const gradientSizeOf = (x: Float64Array, gradient: Float64Array, value: number): number => {
  let size = 0;
  for (let i = 0; i < x.length; i++)
    size = Math.max(size, Math.abs(gradient[i] as number) * Math.max(1, Math.abs(x[i] as number)));
  return size / Math.max(1, Math.abs(value));
};

const dotOf = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** H becomes the BFGS update of the inverse Hessian for a step s with gradient change y (Nocedal and Wright, eq. 6.17). */
const updateInverse = (h: Float64Array, s: Float64Array, y: Float64Array): void => {
  const n = s.length;
  const sy = dotOf(s, y);
  const hy = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (h[i * n + j] as number) * (y[j] as number);
    hy[i] = sum;
  }
  const factor = (1 + dotOf(y, hy) / sy) / sy;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      h[i * n + j] =
        (h[i * n + j] as number) +
        factor * (s[i] as number) * (s[j] as number) -
        ((hy[i] as number) * (s[j] as number) + (s[i] as number) * (hy[j] as number)) / sy;
    }
  }
};

/**
 * Minimises a smooth function by BFGS with a backtracking and expanding line search under the (weak) Wolfe conditions by bisection
 * (Nocedal and Wright 2006, chapter 6; Lewis and Overton 2013). Where f has no value the step is shortened. A result is a
 * `minimum` only with a small gradient; anything else says why not.
 *
 * Cost: about 1.5 evaluations of f and of its gradient an iteration, O(n²) besides; without a gradient 2 n evaluations more.
 *
 * @throws EngineError `empty_input` for no coordinates
 * @example
 * const made = minimise((x) => (x[0] - 1) ** 2 + 4 * (x[1] + 2) ** 2, Float64Array.of(0, 0));
 * if (made.kind === 'minimum') made.x; // [1, -2]
 */
export const minimise = (
  f: Objective,
  start: Float64Array,
  options: BfgsOptions = {},
): Minimum | NoMinimum => {
  const n = start.length;
  if (n === 0) throw engineError('empty_input', 'minimise: there is nothing to vary');
  const { tolerance = 1e-6, maxIterations = 500, farAway = 1e8 } = options;
  let evaluations = 0;
  const counted: Objective = (x) => {
    evaluations++;
    return f(x);
  };
  const gradientAt = options.gradient ?? numericalGradient(counted);
  let x: Float64Array = start.slice();
  let value = counted(x);
  let gradient: Float64Array = new Float64Array(n);
  gradientAt(x, gradient);
  let size = gradientSizeOf(x, gradient, value);
  let iterations = 0;
  const ended = <K extends object>(kind: K) => ({
    ...kind,
    x,
    value,
    gradientSize: size,
    iterations,
    evaluations,
  });
  if (!Number.isFinite(value) || !Number.isFinite(size))
    return ended({ kind: 'no_minimum', reason: 'start_not_finite' } as const);

  const inverse = new Float64Array(n * n);
  const reset = (scale: number): void => {
    inverse.fill(0);
    for (let i = 0; i < n; i++) inverse[i * n + i] = scale;
  };
  let isFresh = true;
  let stalled = 0;
  const direction = new Float64Array(n);
  for (; iterations < maxIterations; iterations++) {
    if (size <= tolerance) return ended({ kind: 'minimum' } as const);
    if (x.some((coordinate) => Math.abs(coordinate) > farAway))
      return ended({ kind: 'no_minimum', reason: 'unbounded' } as const);
    if (isFresh) reset(1 / Math.max(1, Math.sqrt(dotOf(gradient, gradient))));
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum -= (inverse[i * n + j] as number) * (gradient[j] as number);
      direction[i] = sum;
    }
    const slope = dotOf(direction, gradient);
    const step = slope < 0 ? lineSearch({ f: counted, gradientAt, x, value, direction, slope }) : undefined;
    if (step === undefined) {
      if (isFresh) return ended({ kind: 'no_minimum', reason: 'no_descent' } as const);
      isFresh = true;
      continue;
    }
    // The line search allows for rounding in f: a few such steps end at the bottom, many lead nowhere.
    stalled = step.value < value ? 0 : stalled + 1;
    if (stalled > 5) return ended({ kind: 'no_minimum', reason: 'no_descent' } as const);
    const s = step.x.map((coordinate, i) => coordinate - (x[i] as number));
    const y = step.gradient.map((each, i) => each - (gradient[i] as number));
    const sy = dotOf(s, y);
    if (sy > 1e-14 * Math.sqrt(dotOf(s, s) * dotOf(y, y))) {
      if (isFresh) reset(sy / dotOf(y, y));
      updateInverse(inverse, s, y);
      isFresh = false;
    } else isFresh = true;
    ({ x, value, gradient } = step);
    size = gradientSizeOf(x, gradient, value);
  }
  return ended({ kind: 'no_minimum', reason: 'too_many_iterations' } as const);
};

interface LineInput {
  readonly f: Objective;
  readonly gradientAt: Gradient;
  readonly x: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly slope: number;
}

/** Sufficient decrease 1e-4, curvature 0.9; a step that only decreases is taken when bisection finds no better. */
const lineSearch = ({ f, gradientAt, x, value, direction, slope }: LineInput) => {
  let low = 0;
  let high = Infinity;
  let length = 1;
  let fallback: { x: Float64Array; value: number; gradient: Float64Array } | undefined;
  for (let attempt = 0; attempt < 60; attempt++) {
    const moved = x.map((coordinate, i) => coordinate + length * (direction[i] as number));
    const found = f(moved);
    // Rounding: near the minimum f cannot fall any more, and a tie is as good as it gets.
    const slack = 4 * Number.EPSILON * Math.abs(value);
    if (!(found <= value + 1e-4 * length * slope + slack)) high = length;
    else {
      const gradient = new Float64Array(x.length);
      gradientAt(moved, gradient);
      if (!gradient.every((each) => Number.isFinite(each))) high = length;
      else {
        fallback = { x: moved, value: found, gradient };
        if (dotOf(gradient, direction) >= 0.9 * slope) return fallback;
        low = length;
      }
    }
    length = high === Infinity ? 2 * low : (low + high) / 2;
    if (length > 1e12 || high - low < 1e-14 * high) break;
  }
  return fallback;
};
