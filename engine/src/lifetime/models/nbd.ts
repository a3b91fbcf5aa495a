import { digamma, logGamma } from '../../special/index.ts';
import { countsOf, distinct, type ObjectiveOf } from './tables.ts';

/**
 * NBD: ln Γ(r + x) - ln Γ(r) + r ln α - (r + x) ln(α + T) (Ehrenberg 1959; Fader, Hardie and Lee 2005, equation 2 without
 * dropout). Only counts by x and by T enter: O(distinct x + distinct T) an evaluation.
 */
export const nbdObjective: ObjectiveOf = (groups, pulse) => {
  const byX = distinct(groups.repeats, pulse);
  const byT = distinct(groups.age, pulse);
  const xCount = countsOf(byX, groups.count);
  const tCount = countsOf(byT, groups.count);
  const tRepeats = countsOf(
    byT,
    groups.count.map((c, g) => c * (groups.repeats[g] as number)),
  );
  const people = groups.count.reduce((a, b) => a + b, 0);
  return (logs, gradient) => {
    pulse?.();
    const r = Math.exp(logs[0] as number);
    const alpha = Math.exp(logs[1] as number);
    const [logGammaR, digammaR] = [logGamma(r), digamma(r)];
    let value = people * r * Math.log(alpha);
    let byR = people * Math.log(alpha);
    let byAlpha = (people * r) / alpha;
    xCount.forEach((c, i) => {
      const n = r + (byX.values[i] as number);
      value += c * (logGamma(n) - logGammaR);
      byR += c * (digamma(n) - digammaR);
    });
    tCount.forEach((c, i) => {
      if ((i & 0xffff) === 0xffff) pulse?.();
      const end = alpha + (byT.values[i] as number);
      const exponent = r * c + (tRepeats[i] as number);
      value -= exponent * Math.log(end);
      byR -= c * Math.log(end);
      byAlpha -= exponent / end;
    });
    gradient[0] = -byR * r;
    gradient[1] = -byAlpha * alpha;
    return -value;
  };
};
