import { tell, type Watch } from '../../fitting/index.ts';
import { minimise } from '../../optimise/index.ts';
import { logBeta, logGamma, logistic } from '../../special/index.ts';
import { factorAround } from './neighbours.ts';

/** Trials, successes and what was expected of each, in columns. */
export interface Rates {
  readonly sends: ArrayLike<number>;
  readonly engaged: ArrayLike<number>;
  /** In (0, 1). */
  readonly mean: ArrayLike<number>;
  /** Length of the others: the mean itself is uncertain like a Gamma of this shape; certain unless said. */
  readonly shape?: ArrayLike<number>;
  /** Length of the others; mean × activity^γ is expected when it is there. */
  readonly activity?: ArrayLike<number>;
  /** Length of the others: engagement found and expected in the cells around, see `factorAround`. */
  readonly around?: { readonly found: ArrayLike<number>; readonly expected: ArrayLike<number> };
}

/** Means are kept off 0 and 1. */
const LEAST = 1e-5;
const MOST = 0.95;

export const clampRate = (rate: number): number => Math.min(MOST, Math.max(LEAST, rate));

/**
 * Sends that an expectation is worth when rates vary around it by a coefficient of variation of 1/√shape: the Beta of mean m with these
 * m (1 - m)/(strength + 1) of variance, up to the 1.
 */
export const strengthOf = (shape: number, mean: number): number =>
  Math.max(1e-3, (shape * (1 - mean)) / mean);

/** Before any send: rates differ by a third from what is expected, give or take a factor of 1.7; half of what activity says. */
const FIRST_SHAPE = 9;
const LOG_SPREAD = 1;
const FIRST_PERSON_SHAPE = 2;
const FIRST_WEIGHT = 0.5;
const WEIGHT_SPREAD = 0.5;
const FIRST_LOGIT = 0;
const LOGIT_SPREAD = 1.5;

export interface Shrinkage {
  /** 1/(coefficient of variation)² of rates around what is expected of them. */
  readonly shape: number;
  /** γ: 0 activity says nothing, 1 engagement is in proportion to it. */
  readonly activityWeight: number;
  /** ρ: 0 the cells around say nothing, 1 as much as they can. */
  readonly sharing: number;
}

const prior = (x: number, centre: number, spread: number): number => 0.5 * ((x - centre) / spread) ** 2;

const isFar = (log: number): boolean => !(Math.abs(log) <= 14);

/**
 * How far cells keep to what is expected of them: maximises Σ ln BetaBinomial(y | n) over ln shape, γ and ρ (empirical Bayes;
 * Skellam 1948), under a weak prior that alone speaks where there is nothing. O(cells) logBeta a step, some 40 steps.
 */
export const fitShrinkage = (rates: Rates, watch?: Watch): Shrinkage => {
  const { sends, engaged, mean, shape, activity, around } = rates;
  const n = sends.length;
  let steps = 0;
  const made = minimise(
    (x) => {
      tell(watch, 'cells', 1 - 0.99 ** steps++);
      const [logShape = 0, weight = 0, logitSharing = 0] = x;
      if (isFar(logShape)) return Infinity;
      const spread = Math.exp(-logShape);
      const gamma = activity ? weight : 0;
      const sharing = { shape: 1 / spread, sharing: around ? logistic(logitSharing) : 0 };
      let loss = prior(logShape, Math.log(FIRST_SHAPE), LOG_SPREAD);
      loss += prior(weight, FIRST_WEIGHT, WEIGHT_SPREAD) + prior(logitSharing, FIRST_LOGIT, LOGIT_SPREAD);
      for (let i = 0; i < n; i++) {
        if ((i & 0xfff) === 0xfff) tell(watch, 'cells', 1 - 0.99 ** steps);
        let expected = mean[i] as number;
        if (activity) expected *= (activity[i] as number) ** gamma;
        if (around) {
          const said = { found: around.found[i] as number, expected: around.expected[i] as number };
          expected *= factorAround(said, sharing);
        }
        expected = clampRate(expected);
        // Of a product of two independent factors of mean 1: (1 + u)(1 + v) - 1.
        const unsure = shape ? 1 / (shape[i] as number) : 0;
        const strength = strengthOf(1 / (spread + unsure + spread * unsure), expected);
        const a = strength * expected;
        const b = strength - a;
        const y = engaged[i] as number;
        loss -= logBeta(a + y, b + (sends[i] as number) - y) - logBeta(a, b);
      }
      return loss;
    },
    Float64Array.of(Math.log(FIRST_SHAPE), FIRST_WEIGHT, FIRST_LOGIT),
    { tolerance: 1e-5, maxIterations: 40 },
  );
  const [logShape = 0, weight = 0, logitSharing = 0] = made.x;
  return {
    shape: Math.exp(logShape),
    activityWeight: activity ? Math.min(2, Math.max(0, weight)) : 0,
    sharing: around ? logistic(logitSharing) : 0,
  };
};

/**
 * How far people keep to the engagement expected of them: maximises the Gamma–Poisson likelihood Σ ln NB(y | ν, E) over ln ν. A person's factor
 * is then (ν + y)/(ν + E).
 */
export const fitPersonShape = (
  engaged: ArrayLike<number>,
  expected: ArrayLike<number>,
  watch?: Watch,
): number => {
  const n = engaged.length;
  let steps = 0;
  const made = minimise(
    (x) => {
      tell(watch, 'people', 1 - 0.98 ** steps++);
      const logShape = x[0] as number;
      if (isFar(logShape)) return Infinity;
      const nu = Math.exp(logShape);
      let loss = prior(logShape, Math.log(FIRST_PERSON_SHAPE), 2 * LOG_SPREAD);
      const [top, start] = [nu * logShape, logGamma(nu)];
      for (let i = 0; i < n; i++) {
        const y = engaged[i] as number;
        loss -= logGamma(nu + y) - start + top - (nu + y) * Math.log(nu + (expected[i] as number));
      }
      return loss;
    },
    Float64Array.of(Math.log(FIRST_PERSON_SHAPE)),
    { tolerance: 1e-5, maxIterations: 40 },
  );
  return Math.exp(made.x[0] as number);
};
