import { checkCount, checkProbability, engineError } from '../errors/index.ts';
import { incompleteBeta, incompleteBetaTail } from './incomplete-beta.ts';
import { gammaQuantile, lowerGamma, upperGamma } from './incomplete-gamma.ts';

/** P(X > x) of a chi-square variable with `degrees` > 0. @example chiSquareTail(3.841458820694124, 1) // 0.05 */
export const chiSquareTail = (x: number, degrees: number): number => upperGamma(degrees / 2, x / 2);

/** The x with P(X <= x) = p. @example chiSquareQuantile(0.95, 1) // 3.841458820694127 */
export const chiSquareQuantile = (p: number, degrees: number): number => 2 * gammaQuantile(degrees / 2, p);

/** P(F > x) of Fisher's F with `degrees` = [numerator, denominator], both > 0; x >= 0. */
export const fTail = (x: number, degrees: readonly [number, number]): number => {
  const [m, n] = degrees;
  if (!(x >= 0)) throw engineError('out_of_range', `fTail: x must be >= 0, got ${x}`);
  if (x === Infinity) return 0;
  const part = m * x;
  return part < n
    ? incompleteBetaTail(part / (part + n), m / 2, n / 2)
    : incompleteBeta(n / (part + n), n / 2, m / 2);
};

/** P(X <= k) of a Poisson variable with `mean` >= 0. */
export const poissonCdf = (k: number, mean: number): number =>
  k < 0 ? 0 : upperGamma(checkCount('k', Math.floor(k)) + 1, mean);

/** P(X >= k) of a Poisson variable: note the “at least”. @example poissonTail(1, 2) // 1 - e^-2 */
export const poissonTail = (k: number, mean: number): number =>
  k <= 0 ? 1 : lowerGamma(checkCount('k', Math.ceil(k)), mean);

/** P(X <= k) of a binomial variable: `trials` tries, success probability `p`. */
export const binomialCdf = (k: number, trials: number, p: number): number => {
  checkProbability('p', p);
  const n = checkCount('trials', trials);
  const whole = Math.floor(k);
  if (whole < 0 || whole >= n) return whole < 0 ? 0 : 1;
  return incompleteBetaTail(p, whole + 1, n - whole);
};

/** P(X >= k) of a binomial variable: note the “at least”. */
export const binomialTail = (k: number, trials: number, p: number): number => {
  checkProbability('p', p);
  const n = checkCount('trials', trials);
  const whole = Math.ceil(k);
  if (whole <= 0 || whole > n) return whole <= 0 ? 1 : 0;
  return incompleteBeta(p, whole, n - whole + 1);
};
