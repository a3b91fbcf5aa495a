import { bernoulliLogE, mixtureSize } from './bernoulli.ts';

interface Counted {
  readonly successes: number;
  readonly trials: number;
}

const GRID = 32;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Rates of exactly 0 and 1 have no logarithm; this close the evidence is that of the limit. */
const EDGE = 1e-12;

/** The smallest value of f on [low, high]: a grid against local minima, then golden section. */
const smallestOn = (low: number, high: number, f: (p: number) => number): number => {
  const step = (high - low) / GRID;
  let at = low;
  let smallest = f(low);
  for (let i = 1; i <= GRID; i++) {
    const value = f(low + i * step);
    if (value < smallest) [at, smallest] = [low + i * step, value];
  }
  let [left, right] = [Math.max(low, at - step), Math.min(high, at + step)];
  for (let i = 0; i < 40; i++) {
    const width = GOLDEN * (right - left);
    if (f(right - width) < f(left + width)) right = left + width;
    else left = right - width;
  }
  return Math.min(smallest, f((left + right) / 2));
};

/**
 * ln of an e-process against “both arms have the same rate”, with no normal theory: each arm's beta-binomial e-process multiplied at
 * the common rate that explains both best. At the true rate it is a product of independent martingales, and the smallest one is not
 * above that: valid at every look. About 70 µs. Source: universal inference (Wasserman, Ramdas, Balakrishnan 2020, section 8) over
 * the mixtures of Howard et al., arXiv 1810.08240.
 *
 * @example equalRatesLogE({ successes: 2, trials: 100 }, { successes: 15, trials: 100 }, 200) // 3.226
 */
export const equalRatesLogE = (control: Counted, treatment: Counted, plannedPeople: number): number => {
  const people = control.trials + treatment.trials;
  if (control.trials === 0 || treatment.trials === 0) return 0;
  const sizes = [control, treatment].map(({ trials }) =>
    mixtureSize(Math.max(1, (plannedPeople * trials) / people), 0.05),
  ) as [number, number];
  const logE = (p: number): number =>
    bernoulliLogE(p, control, sizes[0]) + bernoulliLogE(p, treatment, sizes[1]);
  const rates = [control, treatment].map(({ successes, trials }) =>
    Math.min(1 - EDGE, Math.max(EDGE, successes / trials)),
  );
  return smallestOn(Math.min(...rates), Math.max(...rates), logE);
};
