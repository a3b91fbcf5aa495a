import type { Watch } from '../../fitting/index.ts';
import type { Objective } from '../models/tables.ts';
import { descend } from './descend.ts';
import { HALF_CHI_SQUARE } from './half-chi-square.ts';

interface Side {
  readonly objective: Objective;
  readonly optimum: Float64Array;
  readonly bottom: number;
  readonly held: number;
  readonly sign: 1 | -1;
  readonly watch: Watch | undefined;
}

const FARTHEST = 10;

export interface ProfileEnd {
  /** Where the profile has fallen by half the chi-square quantile, the other parameters at their best; or the farthest point. */
  readonly logs: Float64Array;
  /** It never falls so far. */
  readonly isOpen: boolean;
}

/** Walks along one parameter, the others optimised anew at every step, to the end of its 95 % profile interval. */
export const profileEnd = ({ objective, optimum, bottom, held, sign, watch }: Side): ProfileEnd => {
  let logs = optimum;
  const fallAt = (distance: number): number => {
    const start = logs.slice();
    start[held] = (optimum[held] as number) + sign * distance;
    const found = descend({ objective, start, tolerance: 1e-6, held: [held], watch, stage: 'profile' });
    ({ logs } = found);
    return found.value - bottom;
  };
  let [low, high] = [0, 0.05];
  let fall = fallAt(high);
  while (fall < HALF_CHI_SQUARE) {
    if (high >= FARTHEST) return { logs, isOpen: true };
    low = high;
    const guess = fall > 1e-6 ? high * Math.sqrt(HALF_CHI_SQUARE / fall) * 1.05 : 2 * high;
    high = Math.min(FARTHEST, Math.max(1.2 * high, Math.min(3 * high, guess)));
    fall = fallAt(high);
  }
  for (let k = 0; k < 25 && Math.abs(fall - HALF_CHI_SQUARE) > 0.01; k++) {
    const next = high * Math.sqrt(HALF_CHI_SQUARE / fall);
    const middle = next > low && next < high ? next : (low + high) / 2;
    const found = fallAt(middle);
    if (found < HALF_CHI_SQUARE) {
      if (HALF_CHI_SQUARE - found < 0.01) break;
      low = middle;
    } else {
      high = middle;
      fall = found;
    }
  }
  return { logs, isOpen: false };
};
