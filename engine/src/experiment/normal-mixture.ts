import { checkLevel, checkPositive } from '../errors/index.ts';

/**
 * The two-sided normal-mixture boundary. Reference: Howard, Ramdas, McAuliffe, Sekhon, "Time-uniform, nonparametric,
 * nonasymptotic confidence sequences", Annals of Statistics 2021, arXiv 1810.08240, eq. 14; as an asymptotic confidence
 * sequence: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, arXiv 2103.06476, Theorem 2.2.
 *
 * `v` is intrinsic time: the variance accumulated so far (n·σ² for a sum of n).
 */

/**
 * The ρ whose boundary is tightest at the intrinsic time `vOpt` > 0 for an error of `alpha` in (0, 1).
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example normalMixtureRho(100, 0.05) // 12.60056
 */
export const normalMixtureRho = (vOpt: number, alpha: number): number => {
  const logInverse = -2 * Math.log(checkLevel('alpha', alpha));
  return checkPositive('vOpt', vOpt) / (logInverse + Math.log1p(logInverse));
};

/**
 * What a centred sum never exceeds in absolute value, at all times at once, with probability 1 - alpha.
 *
 * @example normalMixtureBound(100, normalMixtureRho(100, 0.05), 0.05) // 30.35209
 */
export const normalMixtureBound = (v: number, rho: number, alpha: number): number =>
  Math.sqrt((v + rho) * (Math.log1p(v / rho) - 2 * Math.log(alpha)));

/**
 * ln of the e-process at a centred sum `s`: reject when it passes ln(1/alpha).
 *
 * @example normalMixtureLogE(10, 100, 12.60056) // -0.6510052
 */
export const normalMixtureLogE = (s: number, v: number, rho: number): number =>
  0.5 * Math.log(rho / (v + rho)) + (s * s) / (2 * (v + rho));

/**
 * The half-width of the interval in standard errors at `people` observed, tuned to be tightest at `plannedPeople`.
 * Any positive plan is valid at every look and for ever; a wrong one only costs width. 3.03 at the plan for 95 %.
 *
 * @example anytimeMultiplier(10_000, 10_000, 0.05) // 3.0352
 */
export const anytimeMultiplier = (people: number, plannedPeople: number, alpha: number): number =>
  normalMixtureBound(people, normalMixtureRho(plannedPeople, alpha), alpha) / Math.sqrt(people);
