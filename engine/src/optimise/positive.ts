import { checkPositive } from '../errors/index.ts';
import { type BfgsOptions, minimise } from './bfgs.ts';
import { type NelderMeadOptions, nelderMead } from './nelder-mead.ts';
import type { Minimum, NoMinimum, Objective } from './result.ts';

export interface PositiveOptions {
  /** First tries of every parameter set; the best of all is reported. At least one. */
  readonly starts: readonly Float64Array[];
  readonly simplex?: NelderMeadOptions;
  readonly bfgs?: Omit<BfgsOptions, 'gradient'>;
  /** ∂f/∂θ at θ, where it is known: turned into ∂f/∂ln θ here. */
  readonly gradient?: (theta: Float64Array, out: Float64Array) => void;
  /** Parameters are kept in [floor, ceiling] (default 1e-10, 1e10); one that ends near a bound is named. */
  readonly floor?: number;
  readonly ceiling?: number;
}

export type PositiveResult = (Minimum | NoMinimum) & {
  /** Indices of parameters within a factor of 10 of a bound: the model may be a simpler one in disguise. */
  readonly atBound: readonly number[];
  /** Values reached from each start, in their order. */
  readonly values: readonly number[];
};

/**
 * Minimises over parameters > 0 in log-space: Nelder–Mead from each start, then BFGS, and the best of all. `x` of the result holds
 * the parameters themselves, `gradientSize` is that of the logarithms.
 *
 * @throws EngineError `out_of_range` for a start that is not > 0
 * @example
 * const made = minimisePositive((t) => (Math.log(t[0]) - 2) ** 2, { starts: [Float64Array.of(1)] });
 * if (made.kind === 'minimum') made.x[0]; // e² = 7.389…
 */
export const minimisePositive = (f: Objective, options: PositiveOptions): PositiveResult => {
  const { floor = 1e-10, ceiling = 1e10, gradient } = options;
  const low = Math.log(floor);
  const high = Math.log(ceiling);
  const inside = (logs: Float64Array): boolean => logs.every((value) => value >= low && value <= high);
  const inLogs: Objective = (logs) => (inside(logs) ? f(logs.map(Math.exp)) : Infinity);
  const bfgs: BfgsOptions = {
    ...options.bfgs,
    ...(gradient && {
      gradient: (logs, out) => {
        const theta = logs.map(Math.exp);
        gradient(theta, out);
        for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * (theta[i] as number);
      },
    }),
  };
  const results = options.starts.map((start) => {
    start.forEach((value, i) => checkPositive(`start[${i}]`, value));
    const begun = nelderMead(inLogs, start.map(Math.log), options.simplex);
    const made = minimise(inLogs, begun.x, bfgs);
    return { ...made, evaluations: made.evaluations + begun.evaluations };
  });
  const best = results.reduce((a, b) => {
    if (a.kind !== b.kind && Math.abs(a.value - b.value) <= 1e-9 * Math.max(1, Math.abs(a.value)))
      return a.kind === 'minimum' ? a : b;
    return b.value < a.value ? b : a;
  });
  const near = Math.log(10);
  return {
    ...best,
    x: best.x.map(Math.exp),
    atBound: [...best.x.keys()].filter((i) => {
      const value = best.x[i] as number;
      return value < low + near || value > high - near;
    }),
    values: results.map(({ value }) => value),
  };
};
