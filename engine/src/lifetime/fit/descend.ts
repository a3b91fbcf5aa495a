import { engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { minimise } from '../../optimise/index.ts';
import type { Objective } from '../models/tables.ts';

/** Penalty Σ ((θ - centre)/spread)²/2 on the logarithms of the parameters: log-normal priors, or none at all. */
export interface Prior {
  readonly centre: Float64Array;
  readonly spread: number;
}

/** Adds the prior to a -log-likelihood. */
export const withPrior = (objective: Objective, prior: Prior | undefined): Objective => {
  if (!prior) return objective;
  const { centre, spread } = prior;
  return (logs, gradient) => {
    let value = objective(logs, gradient);
    for (let i = 0; i < logs.length; i++) {
      const z = ((logs[i] as number) - (centre[i] as number)) / spread;
      value += (z * z) / 2;
      gradient[i] = (gradient[i] as number) + z / spread;
    }
    return value;
  };
};

export interface Descent {
  readonly logs: Float64Array;
  readonly value: number;
  readonly evaluations: number;
  /** The gradient is as small as rounding allows. */
  readonly settled: boolean;
}

export interface DescendOptions {
  readonly objective: Objective;
  readonly start: Float64Array;
  /** Of the gradient, relative to the value. */
  readonly tolerance: number;
  /** Indices that stay where they are. */
  readonly held?: readonly number[];
  readonly maxIterations?: number;
  readonly watch?: Watch | undefined;
  readonly stage: string;
}

/** Logarithms beyond this are a boundary: e^25 and e^-25 differ from infinity and 0 by nothing that data could tell. */
const FAR = 25;

/** A healthy fit takes 20 to 60; on a plateau the line search would go on for thousands. */
const MOST_EVALUATIONS = 400;

/** BFGS with the analytic gradient; value and gradient come from one pass, which is kept for the call that asks for the other. */
export const descend = (options: DescendOptions): Descent => {
  const { objective, start, tolerance, held = [], maxIterations = 200, watch, stage } = options;
  const free = [...start.keys()].filter((i) => !held.includes(i));
  const full = start.slice();
  const gradient = new Float64Array(start.length);
  const spread = (point: Float64Array): Float64Array => {
    free.forEach((i, k) => {
      full[i] = point[k] as number;
    });
    return full;
  };
  let evaluations = 0;
  let at: Float64Array | undefined;
  let value = 0;
  const evaluate = (point: Float64Array): number => {
    if (at?.every((each, i) => each === point[i])) return value;
    evaluations++;
    tell(watch, stage, Math.min(0.99, evaluations / 60));
    at = point.slice();
    const isOut = evaluations > MOST_EVALUATIONS || point.some((each) => Math.abs(each) > FAR);
    value = isOut ? Infinity : objective(spread(point), gradient);
    return value;
  };
  const made = minimise(
    evaluate,
    Float64Array.from(free, (i) => start[i] as number),
    {
      tolerance,
      maxIterations,
      gradient: (point, out) => {
        evaluate(point);
        free.forEach((i, k) => {
          out[k] = gradient[i] as number;
        });
      },
    },
  );
  if (!Number.isFinite(made.value))
    throw engineError('no_convergence', 'a likelihood has no value at its start', { stage });
  return {
    logs: spread(made.x).slice(),
    value: made.value,
    evaluations,
    settled: made.kind === 'minimum' || made.gradientSize < 1e-6,
  };
};
