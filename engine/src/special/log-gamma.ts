import { engineError } from '../errors/index.ts';
import { LOG_GAMMA_AT_2, STIRLING } from './tables.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** ln Γ(2 + z) for |z| <= 1/2 (DLMF 5.7.3); keeps its relative accuracy through the zero at z = 0. */
const atTwo = (z: number): number => {
  // Even and odd terms apart (29 in all): two chains of half the length run side by side.
  const square = z * z;
  let even = 0;
  let odd = 0;
  for (let k = LOG_GAMMA_AT_2.length - 1; k > 0; k -= 2) {
    even = even * square + (LOG_GAMMA_AT_2[k] as number);
    odd = odd * square + (LOG_GAMMA_AT_2[k - 1] as number);
  }
  return ((LOG_GAMMA_AT_2[0] as number) + z * odd + square * even) * z;
};

/** ln Γ(1 + x) for 0 <= x <= 1/2: x itself is the distance from 2 in Γ(2 + x), so that nothing of it is rounded away. */
export const logGammaOnePlus = (x: number): number => atTwo(x) - Math.log1p(x);

/**
 * Stirling's remainder ln Γ(x) - ((x - 1/2) ln x - x + ln(2π)/2) for x > 0; tends to 1/(12x). What densities of large
 * counts need, because the big parts then cancel on paper and not in floating point (Loader 2000).
 */
export const stirlingRemainder = (x: number): number => {
  if (x < 10) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = sum * inverseSquare + (STIRLING[k] as number);
  return sum / x;
};

/**
 * ln Γ(x) for x > 0; relative error below 1e-15 (also next to the zeros at 1 and 2). Infinity at Infinity.
 * Source: DLMF 5.7.3 around 2, recurrence to it below 10, Stirling's series (5.11.1) above. Cost: 25 to 40 ns.
 *
 * @throws EngineError `out_of_range` for x <= 0, `nan` for NaN
 * @example logGamma(5) // ln 24 = 3.1780538303479458
 */
export const logGamma = (x: number): number => {
  if (!(x > 0)) {
    throw engineError(Number.isNaN(x) ? 'nan' : 'out_of_range', `logGamma: x must be > 0, got ${x}`, { x });
  }
  if (x >= 10) {
    if (x === Infinity) return x;
    return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5) + stirlingRemainder(x);
  }
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x);
  if (x < 1.5) return atTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  return atTwo(y - 2) + Math.log(product);
};

/**
 * ln B(a, b) for a, b > 0; no cancellation when one argument is much larger than the other (the big terms of Stirling's
 * formula are combined on paper). Cost: about 100 ns.
 *
 * @throws EngineError `out_of_range`
 * @example logBeta(2, 3) // ln(1/12) = -2.4849066497880004
 */
export const logBeta = (a: number, b: number): number => {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + (logGamma(large) - logGamma(small + large));
  const remainder = stirlingRemainder(large) - stirlingRemainder(small + large);
  if (small >= 10) {
    return (
      HALF_LOG_TWO_PI -
      0.5 * Math.log(large) +
      (small - 0.5) * Math.log(small / (small + large)) -
      large * Math.log1p(small / large) +
      stirlingRemainder(small) +
      remainder
    );
  }
  return (
    logGamma(small) +
    (small - small * Math.log(small + large)) -
    (large - 0.5) * Math.log1p(small / large) +
    remainder
  );
};

/**
 * ln n! for n >= 0 (not only whole numbers).
 *
 * @example logFactorial(4) // ln 24
 */
export const logFactorial = (n: number): number => logGamma(n + 1);

/**
 * ln of the binomial coefficient, 0 <= k <= n (real numbers are allowed); 0 at both ends.
 *
 * @throws EngineError `out_of_range`
 * @example logChoose(5, 2) // ln 10
 */
export const logChoose = (n: number, k: number): number => {
  if (!(k >= 0 && k <= n)) throw engineError('out_of_range', `logChoose: need 0 <= k <= n, got ${n}, ${k}`);
  return k === 0 || k === n ? 0 : -Math.log1p(n) - logBeta(n - k + 1, k + 1);
};
