import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { nelderMead } from '../../optimise/index.ts';
import { firstState, runSmoothing, type Smoothing, type SmoothingRun } from './smooth.ts';
import {
  firstGuess,
  freeParameters,
  parameterCount,
  parametersAt,
  type SmoothingSpec,
  specs,
} from './spec.ts';

export interface FittedSmoothing {
  readonly smoothing: Smoothing;
  readonly first: ReturnType<typeof firstState>;
  readonly run: SmoothingRun;
  readonly aicc: number;
}

const meanOf = (values: Float64Array): number => {
  let [sum, found] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    found += 1;
  }
  return found === 0 ? 0 : sum / found;
};

/** Steps of the recursion between two looks at the watch: some 5 ms. */
const STEPS_A_LOOK = 2e5;

const fitOne = (
  spec: SmoothingSpec,
  values: Float64Array,
  { period, watch }: { readonly period: number; readonly watch: Watch | undefined },
): FittedSmoothing => {
  const floor = Math.max(1e-3, 0.02 * meanOf(values));
  const first = firstState({ spec, period }, values);
  const at = (x: Float64Array): Smoothing => ({ spec, period, floor, parameters: parametersAt(x, spec) });
  const dimensions = freeParameters(spec);
  const maxEvaluations = 45 * dimensions;
  const look = Math.max(1, Math.floor(STEPS_A_LOOK / values.length));
  let evaluations = 0;
  const best = nelderMead(
    (x) => {
      if (evaluations % look === 0) tell(watch, 'smoothing', evaluations / maxEvaluations);
      evaluations += 1;
      // A weak pull to the middle keeps the search from running off where the likelihood is flat.
      return runSmoothing(at(x), values, first).deviance + 0.01 * x.reduce((sum, own) => sum + own * own, 0);
    },
    firstGuess(spec),
    { step: 1, tolerance: 1e-6, maxEvaluations },
  );
  const smoothing = at(best.x);
  const run = runSmoothing(smoothing, values, first);
  const n = run.errors.length;
  const k = parameterCount(spec, period);
  const aicc = n - k - 1 > 0 ? run.deviance + 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Infinity;
  return { smoothing, first, run, aicc };
};

/** The member of the family with the least AICc (ties: the first, simpler one). O(members × 45 × parameters × length). */
export const fitSmoothing = (
  values: Float64Array,
  period: number,
  watch: Watch | undefined,
): FittedSmoothing => {
  const tried = specs.filter(({ season }) => period > 1 || season === 'none');
  return tried
    .map((spec, k) =>
      fitOne(spec, values, { period, watch: watchPart(watch, k / tried.length, (k + 1) / tried.length) }),
    )
    .reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
};
