import { checkLevel, checkPositive } from '../../errors/index.ts';
import { logGamma, lowerGamma, upperGamma } from '../../special/index.ts';
import { oneSidedRho } from './normal-one-sided.ts';
import { boundaryWhere } from './root.ts';

/** One-sided mixtures for sums with increments of scale `c`: sub-exponential (empirical Bernstein) and sub-Poisson (Bennett). */
export interface GammaMixture {
  readonly c: number;
  readonly vOpt: number;
  readonly alphaOpt: number;
}

const shapeOf = ({ c, vOpt, alphaOpt }: GammaMixture) => {
  checkPositive('c', c);
  const rho = oneSidedRho(vOpt, alphaOpt);
  return { rho, square: c * c, prior: rho / (c * c) };
};

/**
 * A function of (s, v): ln of the gamma-exponential mixture. Source: arXiv 1810.08240, proposition 9. O(1) a call.
 *
 * @example gammaExponentialLogE({ c: 2, vOpt: 100, alphaOpt: 0.05 })(10, 100) // -0.2490165
 */
export const gammaExponentialLogE = (mixture: GammaMixture): ((s: number, v: number) => number) => {
  const { rho, square, prior } = shapeOf(mixture);
  const constant = prior * Math.log(prior) - logGamma(prior) - Math.log(lowerGamma(prior, prior));
  return (s, v) => {
    const moved = (mixture.c * s + v) / square;
    const shape = (v + rho) / square;
    const scale = moved + prior;
    return constant + logGamma(shape) + Math.log(lowerGamma(shape, scale)) - shape * Math.log(scale) + moved;
  };
};

/**
 * A function of (s, v): ln of the gamma-Poisson mixture. Source: arXiv 1810.08240, proposition 10. O(1) a call.
 *
 * @example gammaPoissonLogE({ c: 2, vOpt: 100, alphaOpt: 0.05 })(10, 100) // -0.06991219
 */
export const gammaPoissonLogE = (mixture: GammaMixture): ((s: number, v: number) => number) => {
  const { rho, square, prior } = shapeOf(mixture);
  const constant = prior * Math.log(prior) - logGamma(prior) - Math.log(upperGamma(prior, prior));
  return (s, v) => {
    const rate = (v + rho) / square;
    const shape = s / mixture.c + rate;
    return (
      constant + logGamma(shape) + Math.log(upperGamma(shape, rate)) - shape * Math.log(rate) + v / square
    );
  };
};

/**
 * What a centred sub-exponential sum never exceeds, at all times at once. About 20 µs.
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example gammaExponentialBound(100, { c: 2, vOpt: 100, alphaOpt: 0.05 }, 0.05) // 33.02017
 */
export const gammaExponentialBound = (v: number, mixture: GammaMixture, alpha: number): number => {
  const logE = gammaExponentialLogE(mixture);
  return boundaryWhere((s) => logE(s, v), -Math.log(checkLevel('alpha', alpha)));
};

/** The same for sub-Poisson sums. @example gammaPoissonBound(100, { c: 2, vOpt: 100, alphaOpt: 0.05 }, 0.05) // 30.1949 */
export const gammaPoissonBound = (v: number, mixture: GammaMixture, alpha: number): number => {
  const logE = gammaPoissonLogE(mixture);
  return boundaryWhere((s) => logE(s, v), -Math.log(checkLevel('alpha', alpha)));
};
