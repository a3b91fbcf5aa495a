import type { Estimate } from '../fairness/index.ts';
import { momentsOf, standardErrorOfMean } from '../moments/index.ts';
import { normalUpperQuantile } from '../special/index.ts';

/** Brier's score (1950) and the log loss: means over rows with normal intervals, an end never below 0. */
export const meanScores = ({
  chances,
  outcomes,
  confidence,
}: {
  readonly chances: Float64Array;
  readonly outcomes: Float64Array;
  readonly confidence: number;
}): { readonly brier: Estimate; readonly logLoss: Estimate | 'impossible' } => {
  const z = normalUpperQuantile((1 - confidence) / 2);
  const estimate = (losses: Float64Array): Estimate => {
    const moments = momentsOf(losses);
    const half = losses.length > 1 ? z * standardErrorOfMean(moments) : Infinity;
    return { value: moments.mean, low: Math.max(0, moments.mean - half), high: moments.mean + half };
  };
  const brier = chances.map((p, i) => (p - (outcomes[i] as number)) ** 2);
  const ofBrier = estimate(brier);
  const logs = chances.map((p, i) => (outcomes[i] === 1 ? -Math.log(p) : -Math.log1p(-p)));
  return {
    brier: { ...ofBrier, high: Math.min(1, ofBrier.high) },
    logLoss: logs.includes(Infinity) ? 'impossible' : estimate(logs),
  };
};
