import { checkLevel, checkPositive } from '../../errors/index.ts';
import { logBeta, logIncompleteBeta } from '../../special/index.ts';
import { normalMixtureRho } from '../normal-mixture.ts';
import { boundaryWhere } from './root.ts';

/** A centred variable in {-g, h}: a Bernoulli(g/(g + h)) less its mean; sub-Bernoulli sums too. */
export interface BetaBinomial {
  readonly g: number;
  readonly h: number;
  readonly vOpt: number;
  readonly alphaOpt: number;
  readonly oneSided: boolean;
}

const betaPart = (a: number, b: number, x: number): number =>
  logBeta(a, b) + (x === 1 ? 0 : logIncompleteBeta(x, a, b));

/** The mixture's weight in units of v, and where the beta is cut for one side. */
const parametersOf = ({ g, h, vOpt, alphaOpt, oneSided }: BetaBinomial) => {
  checkPositive('g', g);
  checkPositive('h', h);
  const rho = normalMixtureRho(vOpt, oneSided ? 2 * alphaOpt : alphaOpt);
  return { r: Math.max(rho - g * h, 1e-3 * g * h), x: oneSided ? h / (g + h) : 1 };
};

/**
 * ln of the beta-binomial mixture at the centred sum `s` and intrinsic time `v` = n·g·h. O(1).
 * Source: Howard et al., arXiv 1810.08240, proposition 7.
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example betaBinomialLogE(10, 100, { g: 0.2, h: 0.8, vOpt: 100, alphaOpt: 0.05, oneSided: false }) // -0.6941012
 */
export const betaBinomialLogE = (s: number, v: number, mixture: BetaBinomial): number => {
  const { g, h } = mixture;
  const { r, x } = parametersOf(mixture);
  const sum = g + h;
  return (
    (v / (g * h)) * Math.log(sum) -
    ((v + h * s) / (h * sum)) * Math.log(g) -
    ((v - g * s) / (g * sum)) * Math.log(h) +
    betaPart((r + v - g * s) / (g * sum), (r + v + h * s) / (h * sum), x) -
    betaPart(r / (g * sum), r / (h * sum), x)
  );
};

/**
 * What the centred sum never exceeds, at all times at once; at most v/g, the largest it can be. About 30 µs.
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example betaBinomialBound(100, { g: 0.2, h: 0.8, vOpt: 100, alphaOpt: 0.05, oneSided: false }, 0.05) // 31.4308
 */
export const betaBinomialBound = (v: number, mixture: BetaBinomial, alpha: number): number => {
  const limit = -Math.log(checkLevel('alpha', alpha));
  return boundaryWhere((s) => betaBinomialLogE(s, v, mixture), limit, v / mixture.g);
};
