import { logistic } from '../special/index.ts';
import type { GaussianStep } from './gaussian-arm.ts';

/**
 * Laplace's approximation of one logistic observation after N(m, Σ): the new mode is m + s Σ x with s = y - σ(xᵀm + s xᵀΣx), one equation
 * in one unknown, solved to rounding (its left side rises, so Newton is kept inside a bracket); the curvature there is w = σ(1 - σ).
 * Spiegelhalter and Lauritzen 1990, §4; Chapelle and Li, NIPS 2011, algorithm 3, without their diagonal shortcut.
 * Writes into `step` what to absorb. y in [0, 1]. About 5 exponentials.
 *
 * @example
 * const step = { weight: 0, coefficient: 0, mean: 0, form: 4 };
 * logisticStep(step, 1); // weight 0.193, coefficient 0.462: the mode moves to 1.04
 */
export const logisticStep = (step: GaussianStep, y: number): GaussianStep => {
  const { mean, form } = step;
  // s - y + σ(mean + form s) is below 0 at s = y - 1 and above at s = y.
  let low = y - 1;
  let high = y;
  let s = y - logistic(mean);
  for (let round = 0; round < 60; round++) {
    const p = logistic(mean + form * s);
    const value = s - y + p;
    if (value > 0) high = s;
    else low = s;
    const next = s - value / (1 + form * p * (1 - p));
    const kept = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(kept - s) <= 1e-15) break;
    s = kept;
  }
  const mode = mean + form * s;
  const p = logistic(mode);
  step.weight = p * (1 - p);
  step.coefficient = s + step.weight * mode;
  return step;
};
