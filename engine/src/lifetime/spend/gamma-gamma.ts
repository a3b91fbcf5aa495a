import { checkFinite, checkPositive, engineError } from '../../errors/index.ts';
import { digamma, logGamma } from '../../special/index.ts';
import { distinct, type Objective } from '../models/tables.ts';
import type { Pulse } from '../orders/pulse.ts';

/**
 * Gamma-Gamma: the amounts of a person are gamma (shape p, rate ν), ν among people gamma (shape q, rate v; “gamma” in the papers); all
 * > 0, v in units of money (Fader and Hardie 2013).
 */
export interface SpendParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** Repeat purchases and their mean amount, both > 0; columns of one length. */
export interface SpendRows {
  readonly repeats: Float64Array;
  readonly meanSpend: Float64Array;
}

export const spendFromLogs = (logs: ArrayLike<number>): SpendParameters => {
  const [p = 1, q = 1, v = 1] = Array.from(logs, Math.exp);
  return { p, q, v };
};

/**
 * -Σ ln Γ(px+q) - ln Γ(px) - ln Γ(q) + q ln v + (px-1) ln m + px ln x - (px+q) ln(xm+v) (Fader and Hardie 2013, equation 1a),
 * with its gradient by ln p, ln q, ln v. One logarithm a row besides tables by x.
 */
export const spendObjective = (
  { repeats, meanSpend }: SpendRows,
  pulse: Pulse = () => undefined,
): Objective => {
  const byX = distinct(repeats, pulse);
  const logMean = meanSpend.map(Math.log);
  const counts = byX.values.length;
  const [level, slopeP, slopeQ] = [0, 0, 0].map(() => new Float64Array(counts)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return (logs, gradient) => {
    const { p, q, v } = spendFromLogs(logs);
    const [logV, logGammaQ, digammaQ] = [logs[2] as number, logGamma(q), digamma(q)];
    byX.values.forEach((x, i) => {
      level[i] = logGamma(p * x + q) - logGamma(p * x) - logGammaQ + q * logV + p * x * Math.log(x);
      slopeP[i] = digamma(p * x + q) - digamma(p * x) + Math.log(x);
      slopeQ[i] = digamma(p * x + q) - digammaQ + logV;
    });
    let [value, gP, gQ, gV] = [0, 0, 0, 0];
    for (let k = 0; k < repeats.length; k++) {
      if ((k & 0xffff) === 0xffff) pulse();
      const i = byX.indexOf[k] as number;
      const x = repeats[k] as number;
      const all = x * (meanSpend[k] as number) + v;
      const log = Math.log(all);
      const mean = logMean[k] as number;
      value += (level[i] as number) + (p * x - 1) * mean - (p * x + q) * log;
      gP += x * ((slopeP[i] as number) + mean - log);
      gQ += (slopeQ[i] as number) - log;
      gV += q / v - (p * x + q) / all;
    }
    gradient[0] = -gP * p;
    gradient[1] = -gQ * q;
    gradient[2] = -gV * v;
    return -value;
  };
};

/**
 * The expected amount of a purchase of somebody with x repeats of mean m: p (v + x m)/(p x + q - 1) (equation 5), between the person's own
 * mean and everybody's; undefined where it is infinite (p x + q <= 1).
 *
 * @throws EngineError `nan`, `not_finite`, `out_of_range` (parameters not > 0, repeats or an amount below 0)
 * @example expectedSpend({ p: 6.25, q: 3.74, v: 15.45 }, { repeats: 2, meanSpend: 22.35 }) // 24.66
 */
export const expectedSpend = (
  { p, q, v }: SpendParameters,
  { repeats, meanSpend }: { readonly repeats: number; readonly meanSpend: number },
): number | undefined => {
  checkPositive('p', p);
  checkPositive('q', q);
  checkPositive('v', v);
  if (checkFinite('repeats', repeats) < 0 || checkFinite('meanSpend', meanSpend) < 0)
    throw engineError('out_of_range', `repeats and amounts are >= 0, got ${repeats} and ${meanSpend}`);
  const paid = meanSpend > 0 ? repeats : 0;
  const left = p * paid + q - 1;
  return left > 0 ? (p * (v + paid * meanSpend)) / left : undefined;
};
