export {
  binomialCdf,
  binomialTail,
  chiSquareQuantile,
  chiSquareTail,
  fTail,
  poissonCdf,
  poissonTail,
} from './counts.ts';
export { digamma, trigamma } from './digamma.ts';
export { erf, erfc, erfcx } from './erf.ts';
export { type HypergeometricParameters, hypergeometric2F1, logHypergeometric2F1 } from './hypergeometric.ts';
export {
  betaQuantile,
  betaUpperQuantile,
  incompleteBeta,
  incompleteBetaTail,
  logIncompleteBeta,
} from './incomplete-beta.ts';
export { gammaQuantile, gammaUpperQuantile, lowerGamma, upperGamma } from './incomplete-gamma.ts';
export { logBeta, logChoose, logFactorial, logGamma } from './log-gamma.ts';
export {
  log1mExp,
  log1pExp,
  logAddExp,
  logistic,
  logit,
  logSubtractExp,
  logSumExp,
  softmaxInto,
} from './log-sum-exp.ts';
export {
  logNormalCdf,
  logNormalTail,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalTail,
  normalUpperQuantile,
} from './normal.ts';
export { studentCdf, studentQuantile, studentTail, studentTwoSided } from './student.ts';
