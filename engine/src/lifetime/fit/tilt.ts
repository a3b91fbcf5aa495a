import type { Watch } from '../../fitting/index.ts';
import { numericalGradient } from '../../optimise/index.ts';
import type { Objective } from '../models/tables.ts';
import { descend } from './descend.ts';
import { HALF_CHI_SQUARE } from './half-chi-square.ts';

/** A figure of interest as a function of the parameters' logarithms. */
export type Figure = (logs: Float64Array) => number;

export interface Tilt {
  readonly objective: Objective;
  readonly optimum: Float64Array;
  readonly bottom: number;
  readonly figure: Figure;
  readonly sign: 1 | -1;
  /** Half-width of the figure's interval if the likelihood were quadratic, > 0. */
  readonly half: number;
  readonly watch: Watch | undefined;
}

/**
 * The end of a figure's profile-likelihood interval: where the log-likelihood plus κ times the figure is largest, for the κ at which the
 * log-likelihood has fallen by half the chi-square quantile (Lagrange's condition for the largest figure in the region). It follows a
 * bent region wherever it leads. About 80 evaluations.
 */
export const tiltedEnd = ({ objective, optimum, bottom, figure, sign, half, watch }: Tilt): Float64Array => {
  const slope = numericalGradient(figure);
  const extra = new Float64Array(optimum.length);
  let logs = optimum;
  const fallAt = (kappa: number): number => {
    const tilted: Objective = (point, gradient) => {
      const value = objective(point, gradient);
      slope(point, extra);
      for (let i = 0; i < extra.length; i++)
        gradient[i] = (gradient[i] as number) - sign * kappa * (extra[i] as number);
      return value - sign * kappa * figure(point);
    };
    const found = descend({
      objective: tilted,
      start: logs,
      // A gradient of 0.02: what it leaves over of the fall is far below its own tolerance.
      tolerance: 0.02 / Math.max(1, Math.abs(bottom)),
      maxIterations: 30,
      watch,
      stage: 'region',
    });
    ({ logs } = found);
    return found.value + sign * kappa * figure(logs) - bottom;
  };
  const scratch = new Float64Array(optimum.length);
  let [low, high] = [0, Infinity];
  let [inside, outside] = [optimum, optimum];
  let kappa = (2 * HALF_CHI_SQUARE) / half;
  for (let k = 0; k < 5; k++) {
    const fall = fallAt(kappa);
    if (Math.abs(fall - HALF_CHI_SQUARE) < 0.05) return logs;
    if (fall < HALF_CHI_SQUARE) {
      low = kappa;
      inside = logs;
    } else {
      high = kappa;
      outside = logs;
      // The way back to the region is shorter from within.
      logs = inside;
    }
    // The fall is about quadratic in κ; where the likelihood is flat it leaps.
    const next = kappa * Math.sqrt(HALF_CHI_SQUARE / Math.max(fall, 0.1));
    kappa = next > low && next < high ? next : high === Infinity ? 2 * kappa : (low + high) / 2;
  }
  if (outside === optimum) return inside;
  // Across the leap, on the straight line: the end lies between both.
  let [near, far] = [0, 1];
  const between = (share: number): Float64Array =>
    inside.map((each, i) => each + share * ((outside[i] as number) - each));
  for (let k = 0; k < 7; k++) {
    const middle = (near + far) / 2;
    if (objective(between(middle), scratch) - bottom < HALF_CHI_SQUARE) near = middle;
    else far = middle;
  }
  return between(near);
};
