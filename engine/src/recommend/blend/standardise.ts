import { engineError } from '../../errors/index.ts';

export interface Standard {
  readonly mean: number;
  /** 0 where all scores are equal up to rounding. */
  readonly sd: number;
}

/** Mean and standard deviation of one person's scores over all items, in two passes. @throws EngineError `not_finite` */
export const standardOf = (scores: Float64Array): Standard => {
  const n = scores.length;
  if (n === 0) return { mean: 0, sd: 0 };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += scores[i] as number;
  const mean = sum / n;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const score = scores[i] as number;
    squares += (score - mean) ** 2;
    largest = Math.max(largest, Math.abs(score));
  }
  const sd = Math.sqrt(squares / n);
  // Also where scores are finite but their squares are not.
  if (sd - sd !== 0)
    throw engineError(
      'not_finite',
      'the scores of a source are too large, or not numbers: no standard deviation',
    );
  return { mean, sd: sd > 1e-12 * largest ? sd : 0 };
};
