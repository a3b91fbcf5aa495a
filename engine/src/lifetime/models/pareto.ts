import { digamma, logGamma } from '../../special/index.ts';
import type { RowGroups } from '../orders/index.ts';
import type { Pulse } from '../orders/pulse.ts';
import { addPowerIntegral, noSums } from './power-integral.ts';
import { distinct, type Objective } from './tables.ts';

/** The times at which the groups of one count of repeats begin and end their silence. */
interface Ladder {
  readonly x: number;
  /** Rising. */
  readonly times: Float64Array;
  readonly groups: readonly number[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Times between two words to the pulse: some milliseconds, where panels are many. */
const BLOCK = 0x7ff;

const laddersOf = ({ repeats, recency, age }: RowGroups, pulse: Pulse): readonly Ladder[] => {
  const byX = new Map<number, number[]>();
  repeats.forEach((x, g) => {
    const kept = byX.get(x);
    if (kept) kept.push(g);
    else byX.set(x, [g]);
  });
  return [...byX].map(([x, groups]) => {
    const n = groups.length;
    const both = Float64Array.from({ length: 2 * n }, (_, i) => {
      const g = groups[i % n] as number;
      return (i < n ? recency[g] : age[g]) as number;
    });
    const { values, indexOf } = distinct(both, pulse);
    return { x, times: values, groups, from: indexOf.subarray(0, n), to: indexOf.subarray(n) };
  });
};

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987) with the likelihood as the integral it comes from,
 * Γ(r+x)/Γ(r) α^r β^s {(α+T)^-(r+x) (β+T)^-s + s ∫ from t_x to T of (α+t)^-(r+x) (β+t)^-(s+1) dt},
 * which has no singular case at α = β and no cancellation (Fader and Hardie 2005 write it by 2F1). For each count of repeats the
 * integral is carried down a ladder of all times from the last one, so that rows share their panels and each difference
 * of two tails is taken next to a term of their size. The gradient comes along. O(distinct (x, t)) panels of some 0.2 µs.
 */
export const paretoObjective = (groups: RowGroups, pulse: Pulse = () => undefined): Objective => {
  const ladders = laddersOf(groups, pulse);
  const longest = ladders.reduce((most, { times }) => Math.max(most, times.length), 0);
  const tail = Array.from({ length: 7 }, () => new Float64Array(longest)) as unknown as readonly [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [total, logAlpha, overAlpha, logBeta, overBeta, lnAlpha, lnBeta] = tail;
  return (logs, gradient) => {
    const [r = 1, alpha = 1, s = 1, beta = 1] = Array.from(logs, Math.exp);
    const [logGammaR, digammaR] = [logGamma(r), digamma(r)];
    let [value, gR, gAlpha, gS, gBeta, done] = [0, 0, 0, 0, 0, 0];
    for (const { x, times, groups: members, from, to } of ladders) {
      const n = r + x;
      const powers = { alpha, beta, p: n, q: s };
      const last = times.length - 1;
      for (let k = last; k >= 0; k--) {
        if ((++done & BLOCK) === 0) pulse();
        const t = times[k] as number;
        lnAlpha[k] = Math.log(alpha + t);
        lnBeta[k] = Math.log(beta + t);
        const sums = noSums();
        if (k < last) {
          addPowerIntegral(powers, [t, times[k + 1] as number], sums);
          const stepAlpha = (lnAlpha[k + 1] as number) - (lnAlpha[k] as number);
          const stepBeta = (lnBeta[k + 1] as number) - (lnBeta[k] as number);
          const ratio = Math.exp(-n * stepAlpha - s * stepBeta);
          const above = total[k + 1] as number;
          sums.total += ratio * above;
          sums.logAlpha += ratio * ((logAlpha[k + 1] as number) + stepAlpha * above);
          sums.overAlpha += ratio * (overAlpha[k + 1] as number);
          sums.logBeta += ratio * ((logBeta[k + 1] as number) + stepBeta * above);
          sums.overBeta += ratio * (overBeta[k + 1] as number);
        }
        total[k] = sums.total;
        logAlpha[k] = sums.logAlpha;
        overAlpha[k] = sums.overAlpha;
        logBeta[k] = sums.logBeta;
        overBeta[k] = sums.overBeta;
      }
      const level = logGamma(n) - logGammaR + r * (logs[1] as number) + s * (logs[3] as number);
      const slopeR = digamma(n) - digammaR + (logs[1] as number);
      for (let m = 0; m < members.length; m++) {
        if ((++done & BLOCK) === 0) pulse();
        const c = groups.count[members[m] as number] as number;
        const i = from[m] as number;
        const j = to[m] as number;
        const [startAlpha, startBeta] = [lnAlpha[i] as number, lnBeta[i] as number];
        const [endAlpha, endBeta] = [lnAlpha[j] as number, lnBeta[j] as number];
        const ratio = Math.exp(-n * (endAlpha - startAlpha) - s * (endBeta - startBeta));
        const [above, below] = [total[j] as number, total[i] as number];
        // (1 - s·above) is the share of those there at T who are not gone by the ladder's end: in [0, 1].
        const whole = ratio * (1 - s * above) + s * below;
        const silence = below - ratio * above;
        value += c * (level - n * startAlpha - s * startBeta + Math.log(whole));
        const byR =
          ratio * endAlpha +
          s *
            ((logAlpha[i] as number) +
              startAlpha * below -
              ratio * ((logAlpha[j] as number) + endAlpha * above));
        const byAlpha =
          (n * ratio) / (alpha + (times[j] as number)) +
          s * n * ((overAlpha[i] as number) - ratio * (overAlpha[j] as number));
        const byS =
          ratio * endBeta -
          silence +
          s *
            ((logBeta[i] as number) + startBeta * below - ratio * ((logBeta[j] as number) + endBeta * above));
        const byBeta =
          (s * ratio) / (beta + (times[j] as number)) +
          s * (s + 1) * ((overBeta[i] as number) - ratio * (overBeta[j] as number));
        gR += c * (slopeR - byR / whole);
        gAlpha += c * (r / alpha - byAlpha / whole);
        gS += c * ((logs[3] as number) - byS / whole);
        gBeta += c * (s / beta - byBeta / whole);
      }
    }
    gradient[0] = -gR * r;
    gradient[1] = -gAlpha * alpha;
    gradient[2] = -gS * s;
    gradient[3] = -gBeta * beta;
    return -value;
  };
};
