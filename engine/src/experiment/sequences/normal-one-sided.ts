import { checkLevel } from '../../errors/index.ts';
import { logNormalCdf } from '../../special/index.ts';
import { normalMixtureRho } from '../normal-mixture.ts';
import { boundaryWhere } from './root.ts';

/**
 * The ρ of the one-sided mixture tightest at `vOpt` for an error of `alpha` in (0, 1/2).
 *
 * @example oneSidedRho(100, 0.05) // 15.80063
 */
export const oneSidedRho = (vOpt: number, alpha: number): number => normalMixtureRho(vOpt, 2 * alpha);

/**
 * ln of the one-sided e-process: a half-normal mixture, evidence for a positive drift only. Under every drift <= 0 it passes
 * ln(1/alpha) with chance at most alpha, at all times together. O(1). Source: arXiv 1810.08240, proposition 6.
 *
 * @example oneSidedLogE(10, 100, oneSidedRho(100, 0.05)) // -0.06502391
 */
export const oneSidedLogE = (s: number, v: number, rho: number): number =>
  0.5 * Math.log((4 * rho) / (v + rho)) + (s * s) / (2 * (v + rho)) + logNormalCdf(s / Math.sqrt(v + rho));

/**
 * What a centred sum never exceeds, at all times at once, with probability 1 - alpha. About 10 µs.
 *
 * @throws EngineError `probability_out_of_range`, `nan`
 * @example oneSidedBound(100, oneSidedRho(100, 0.05), 0.05) // 27.66071
 */
export const oneSidedBound = (v: number, rho: number, alpha: number): number => {
  const limit = -Math.log(checkLevel('alpha', alpha));
  return boundaryWhere((s) => oneSidedLogE(s, v, rho), limit);
};
