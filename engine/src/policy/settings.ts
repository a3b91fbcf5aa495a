import { checkFinite, checkPositive, checkProbability, engineError } from '../errors/index.ts';
import type { Forget } from './arm-sums.ts';
import type { GaussianPrior } from './gaussian-arm.ts';

/** How scores become probabilities. */
export type Rule =
  /** The best with probability 1 - ε, else any. */
  | { readonly kind: 'epsilon_greedy'; readonly epsilon: number }
  /** Each action with the probability that it is the best under what is known. `width` multiplies the standard deviations (for shares of success, other than 1 means: as if
   * they were normal). */
  | { readonly kind: 'thompson'; readonly width?: number }
  /** The best of mean + alpha · sd (Li, Chu, Langford, Schapire 2010); has probabilities to evaluate by only with a floor. */
  | { readonly kind: 'lin_ucb'; readonly alpha: number }
  /** Inverse gaps; γ = gamma · (rounds learned + 1)^power, power 0.5 unless said. */
  | { readonly kind: 'square_cb'; readonly gamma: number; readonly power?: number };

/** What is learned about each action. */
export type ModelSettings =
  /** A share of success, without context: Beta(successes, failures) before anything is seen (1 and 1 unless said). Rewards in [0, 1]. */
  | { readonly kind: 'beta'; readonly successes?: number; readonly failures?: number }
  /**
   * Bayesian linear regression per action on a context of `features` numbers (add a 1 for an intercept). Rewards: any finite number.
   * The noise's variance is learned from one-step-ahead errors unless given, starting at `firstNoise` (0.25) with the weight of 5 rounds.
   */
  | {
      readonly kind: 'linear';
      readonly features: number;
      /** 1 unless said, in units of 1/noise variance. */
      readonly precision?: number;
      readonly noise?: number;
      readonly firstNoise?: number;
    }
  /** Bayesian logistic regression per action, by Laplace. Rewards in [0, 1]. `precision` 1 unless said. */
  | { readonly kind: 'logistic'; readonly features: number; readonly precision?: number };

export interface BetaPrior {
  readonly successes: number;
  readonly failures: number;
}

export interface ActionSettings {
  readonly key: string;
  /** What is known before: instead of the model's own prior. */
  readonly prior?: BetaPrior | GaussianPrior;
}

export interface PolicySettings {
  readonly rule: Rule;
  readonly model: ModelSettings;
  /** Least probability of each allowed action, in [0, 1); 1/K when there are too many for it. 0.005 unless said. */
  readonly floor?: number;
  /** Nothing is forgotten unless said. Periods end when `closePeriod` is called: a day, a week. */
  readonly forget?: Forget;
  /**
   * At every moment of a period, an action's average probability since the period began is within this of its average in the period
   * before. In (0, 1]; 1 (no cap) unless said.
   */
  readonly shareCap?: number;
}

/**
 * The default rule with the default model of `features` numbers: optimistic, scale-free, with probabilities that can be evaluated.
 * (LinUCB: Li, Chu, Langford, Schapire, WWW 2010, algorithm 1, its width in learned standard deviations of the noise.)
 *
 * @example createPolicy(defaultPolicy(3), [{ key: 'tea' }, { key: 'cups' }])
 */
export const defaultPolicy = (features: number): PolicySettings => ({
  rule: { kind: 'lin_ucb', alpha: 1 },
  model: { kind: 'linear', features },
  floor: 0.005,
});

const checkFeatures = (features: number): void => {
  if (!Number.isInteger(features) || features < 1 || features > 1024)
    throw engineError('out_of_range', `features must be a whole number in [1, 1024], got ${features}`);
};

const checkRule = (rule: Rule): void => {
  switch (rule.kind) {
    case 'epsilon_greedy':
      checkProbability('epsilon', rule.epsilon);
      return;
    case 'thompson':
      checkPositive('width', rule.width ?? 1);
      return;
    case 'lin_ucb':
      if (checkFinite('alpha', rule.alpha) < 0) throw engineError('out_of_range', 'alpha must be >= 0');
      return;
    case 'square_cb':
      checkPositive('gamma', rule.gamma);
      checkFinite('power', rule.power ?? 0.5);
  }
};

const checkModel = (model: ModelSettings): void => {
  switch (model.kind) {
    case 'beta':
      checkPositive('successes', model.successes ?? 1);
      checkPositive('failures', model.failures ?? 1);
      return;
    case 'linear':
      checkFeatures(model.features);
      checkPositive('precision', model.precision ?? 1);
      checkPositive('noise', model.noise ?? 1);
      checkPositive('firstNoise', model.firstNoise ?? 1);
      return;
    case 'logistic':
      checkFeatures(model.features);
      checkPositive('precision', model.precision ?? 1);
  }
};

const checkForget = (forget: Forget): void => {
  if (forget.kind === 'discount' && !(forget.keep > 0 && forget.keep <= 1))
    throw engineError('out_of_range', `keep must be in (0, 1], got ${forget.keep}`);
  if (forget.kind === 'window' && !(Number.isInteger(forget.periods) && forget.periods >= 1))
    throw engineError('out_of_range', `periods must be a whole number >= 1, got ${forget.periods}`);
};

/** Settings with every default written out. */
export type FullSettings = Required<PolicySettings>;

/** @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite` */
export const fullSettings = (settings: PolicySettings): FullSettings => {
  checkRule(settings.rule);
  checkModel(settings.model);
  const forget = settings.forget ?? { kind: 'nothing' };
  checkForget(forget);
  const floor = settings.floor ?? 0.005;
  if (!(floor >= 0 && floor < 1))
    throw engineError('out_of_range', `the floor must be in [0, 1), got ${floor}`);
  const shareCap = settings.shareCap ?? 1;
  if (!(shareCap > 0 && shareCap <= 1))
    throw engineError('out_of_range', `shareCap must be in (0, 1], got ${shareCap}`);
  return { rule: settings.rule, model: settings.model, floor, forget, shareCap };
};
