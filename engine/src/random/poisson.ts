import { engineError } from '../errors/index.ts';

/** ln k! for k >= 10 by Stirling's series; absolute error below 1e-11 there. */
const logFactorial = (k: number): number => {
  const x = k + 1;
  return (
    (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
  );
};

const SMALL_LOG_FACTORIALS = [
  0,
  0,
  Math.log(2),
  Math.log(6),
  Math.log(24),
  Math.log(120),
  Math.log(720),
  Math.log(5040),
  Math.log(40320),
  Math.log(362880),
];

/** Knuth's product of uniforms: exact, cost proportional to the mean. */
const bySmallMean = (uniform: () => number, mean: number): number => {
  const limit = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  while (product > limit) {
    product *= uniform();
    count++;
  }
  return count;
};

/** PTRS, transformed rejection with squeeze (Hörmann 1993, "The transformed rejection method…"), constant cost. */
const byLargeMean = (uniform: () => number, mean: number): number => {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const logFact = SMALL_LOG_FACTORIALS[k] ?? logFactorial(k);
    if (Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b) <= k * logMean - mean - logFact)
      return k;
  }
};

/** A Poisson count; `mean` >= 0. */
export const poissonFrom = (uniform: () => number, mean: number): number => {
  if (!(mean >= 0) || mean === Infinity)
    throw engineError('out_of_range', `poisson: the mean must be finite and >= 0, got ${mean}`);
  return mean < 10 ? bySmallMean(uniform, mean) : byLargeMean(uniform, mean);
};
