import { digamma, log1pExp, logBeta, logGamma, logistic } from '../../special/index.ts';
import type { RowGroups } from '../orders/index.ts';
import type { Pulse } from '../orders/pulse.ts';
import { distinct, type Objective } from './tables.ts';

/** Groups between two words to the pulse: some 3 ms. */
const BLOCK = 0xffff;

/**
 * BG/NBD (Fader, Hardie and Lee 2005, equation 6, in the form of their note 004: ln A1 + ln A2 + ln(A3 + A4)) and MBG/NBD (Batislam et
 * al. 2007): `early` = 1 lets people leave after the first purchase. Of A3 + A4 the sum is taken as log1p(exp(A4 - A3)), so that
 * nothing overflows at any x. One exponential and one logarithm a group besides tables: about 40 ns.
 */
export const betaGeometricObjective = (
  groups: RowGroups,
  early: 0 | 1,
  pulse: Pulse = () => undefined,
): Objective => {
  const { count } = groups;
  const byX = distinct(groups.repeats, pulse);
  const byT = distinct(groups.age, pulse);
  const byRecency = distinct(groups.recency, pulse);
  const xs = byX.values.length;
  const [level, slopeR, slopeA, slopeB, logReturn] = [0, 0, 0, 0, 0].map(() => new Float64Array(xs)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const logEnd = new Float64Array(byT.values.length);
  const logLast = new Float64Array(byRecency.values.length);
  return (logs, gradient) => {
    const [r = 1, alpha = 1, a = 1, b = 1] = Array.from(logs, Math.exp);
    const [logGammaR, digammaR] = [logGamma(r), digamma(r)];
    const logBetaAB = logBeta(a, b);
    const [digammaB, digammaAB] = [digamma(b), digamma(a + b)];
    for (let i = 0; i < xs; i++) {
      const x = byX.values[i] as number;
      const stayed = b + x + early;
      level[i] = logGamma(r + x) - logGammaR + r * (logs[1] as number) + logBeta(a, stayed) - logBetaAB;
      slopeR[i] = digamma(r + x) - digammaR + (logs[1] as number);
      const digammaAll = digamma(a + stayed);
      slopeA[i] = digammaAB - digammaAll;
      slopeB[i] = digamma(stayed) - digammaAll - digammaB + digammaAB;
      // b + (x - 1), in this order: b + x - 1 would lose what is left of a small b.
      logReturn[i] = x + early > 0 ? (logs[2] as number) - Math.log(b + (x + early - 1)) : -Infinity;
    }
    byT.values.forEach((t, i) => {
      logEnd[i] = Math.log(alpha + t);
    });
    byRecency.values.forEach((t, i) => {
      logLast[i] = Math.log(alpha + t);
    });
    let [value, gR, gAlpha, gA, gB] = [0, 0, 0, 0, 0];
    for (let g = 0; g < count.length; g++) {
      if ((g & BLOCK) === BLOCK) pulse();
      const c = count[g] as number;
      const i = byX.indexOf[g] as number;
      const x = byX.values[i] as number;
      const end = logEnd[byT.indexOf[g] as number] as number;
      const n = r + x;
      const overEnd = 1 / (alpha + (groups.age[g] as number));
      let each = (level[i] as number) - n * end;
      let eachR = (slopeR[i] as number) - end;
      let eachAlpha = r / alpha - n * overEnd;
      let eachA = slopeA[i] as number;
      let eachB = slopeB[i] as number;
      if (x + early > 0) {
        const last = logLast[byRecency.indexOf[g] as number] as number;
        const odds = (logReturn[i] as number) + n * (end - last);
        each += log1pExp(odds);
        const gone = logistic(odds);
        eachR += gone * (end - last);
        eachAlpha += gone * n * (overEnd - 1 / (alpha + (groups.recency[g] as number)));
        eachA += gone / a;
        eachB -= gone / (b + (x + early - 1));
      }
      value += c * each;
      gR += c * eachR;
      gAlpha += c * eachAlpha;
      gA += c * eachA;
      gB += c * eachB;
    }
    gradient[0] = -gR * r;
    gradient[1] = -gAlpha * alpha;
    gradient[2] = -gA * a;
    gradient[3] = -gB * b;
    return -value;
  };
};
