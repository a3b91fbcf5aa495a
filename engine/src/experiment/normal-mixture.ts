/**
 * The two-sided normal-mixture boundary. Reference: Howard, Ramdas, McAuliffe, Sekhon, "Time-uniform, nonparametric,
 * nonasymptotic confidence sequences", Annals of Statistics 2021, arXiv 1810.08240, eq. 14; as an asymptotic confidence
 * sequence: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, arXiv 2103.06476, Theorem 2.2.
 *
 * `v` is intrinsic time: the variance accumulated so far (n·σ² for a sum of n).
 */

/** The ρ whose boundary is tightest at the intrinsic time `vOpt` > 0 for an error of `alpha` in (0, 1). */
export const normalMixtureRho = (vOpt: number, alpha: number): number => {
  if (!(vOpt > 0) || !(alpha > 0 && alpha < 1)) {
    throw new RangeError(`normalMixtureRho: need vOpt > 0 and alpha in (0, 1), got ${vOpt}, ${alpha}`);
  }
  const logInverse = -2 * Math.log(alpha);
  return vOpt / (logInverse + Math.log1p(logInverse));
};

/** What a centred sum never exceeds in absolute value, at all times at once, with probability 1 - alpha. */
export const normalMixtureBound = (v: number, rho: number, alpha: number): number =>
  Math.sqrt((v + rho) * (Math.log1p(v / rho) - 2 * Math.log(alpha)));

/** ln of the e-process at a centred sum `s`: reject when it passes ln(1/alpha). */
export const normalMixtureLogE = (s: number, v: number, rho: number): number =>
  0.5 * Math.log(rho / (v + rho)) + (s * s) / (2 * (v + rho));

/**
 * The half-width of the interval in standard errors at `people` observed, tuned to be tightest at `plannedPeople`.
 * Any positive plan is valid at every look and for ever; a wrong one only costs width. 3.03 at the plan for 95 %.
 */
export const anytimeMultiplier = (people: number, plannedPeople: number, alpha: number): number =>
  normalMixtureBound(people, normalMixtureRho(plannedPeople, alpha), alpha) / Math.sqrt(people);
