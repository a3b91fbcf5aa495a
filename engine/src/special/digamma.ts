import { engineError } from '../errors/index.ts';
import {
  DIGAMMA_ASYMPTOTIC,
  DIGAMMA_AT_ZERO,
  DIGAMMA_ZERO,
  DIGAMMA_ZERO_LOW,
  TRIGAMMA_ASYMPTOTIC,
} from './tables.ts';

const seriesIn = (table: readonly number[], inverseSquare: number): number => {
  let sum = 0;
  for (let k = table.length - 1; k >= 0; k--) sum = sum * inverseSquare + (table[k] as number);
  return sum;
};

const checkedPositive = (name: string, x: number): void => {
  if (!(x > 0)) {
    throw engineError(Number.isNaN(x) ? 'nan' : 'out_of_range', `${name}: x must be > 0, got ${x}`, { x });
  }
};

/**
 * ψ(x), the derivative of ln Γ, for x > 0; relative error about 1e-15, also next to its zero at 1.4616.
 * Source: Taylor series at the zero; else recurrence (DLMF 5.5.2) to x >= 10 and 5.11.2. Cost: about 30 ns.
 *
 * @throws EngineError `out_of_range` for x <= 0, `nan`
 * @example digamma(1) // -0.5772156649015329, minus Euler's constant
 */
export const digamma = (x: number): number => {
  checkedPositive('digamma', x);
  const distance = x - DIGAMMA_ZERO - DIGAMMA_ZERO_LOW;
  if (Math.abs(distance) <= 0.4) return seriesIn(DIGAMMA_AT_ZERO, distance) * distance;
  let y = x;
  let sum = 0;
  while (y < 10) {
    sum += 1 / y;
    y += 1;
  }
  const inverseSquare = 1 / (y * y);
  return Math.log(y) - 0.5 / y - inverseSquare * seriesIn(DIGAMMA_ASYMPTOTIC, inverseSquare) - sum;
};

/**
 * ψ′(x) for x > 0; relative error about 1e-15. Source: recurrence (DLMF 5.15.5) to x >= 10 and 5.15.8.
 *
 * @throws EngineError `out_of_range` for x <= 0, `nan`
 * @example trigamma(1) // π²/6 = 1.6449340668482264
 */
export const trigamma = (x: number): number => {
  checkedPositive('trigamma', x);
  let y = x;
  let sum = 0;
  while (y < 10) {
    sum += 1 / (y * y);
    y += 1;
  }
  const inverseSquare = 1 / (y * y);
  return (
    sum + 1 / y + 0.5 * inverseSquare + (inverseSquare / y) * seriesIn(TRIGAMMA_ASYMPTOTIC, inverseSquare)
  );
};
