import { checkAllFinite } from '../errors/index.ts';
import { logistic } from '../special/index.ts';
import { type IsotonicCalibrator, isotonicChance } from './isotonic.ts';
import type { PlattCalibrator } from './platt.ts';

/** What turns one score into a chance. */
export type Calibrator = IsotonicCalibrator | PlattCalibrator;

/**
 * Scores as chances, in their order. O(n), or O(n log blocks) for isotonic.
 *
 * @throws EngineError `nan`, `not_finite`
 * @example calibrate(calibrator, scores)
 */
export const calibrate = (calibrator: Calibrator, scores: ArrayLike<number>): Float64Array => {
  checkAllFinite('scores', scores);
  const chance =
    calibrator.kind === 'platt'
      ? (score: number) => logistic(calibrator.intercept + calibrator.slope * score)
      : (score: number) => isotonicChance(calibrator, score);
  return Float64Array.from(scores, chance);
};
