import { checkFinite, checkLength, checkPositive, engineError } from '../errors/index.ts';
import { type ArmSums, createArmSums, targetsOf } from './arm-sums.ts';
import { createDrawSums, type DrawSums } from './draw-check.ts';
import {
  createGaussianArm,
  type GaussianArm,
  type GaussianPrior,
  gaussianSumsLength,
} from './gaussian-arm.ts';
import type { ActionSettings, BetaPrior, FullSettings, ModelSettings } from './settings.ts';
import { createShareSums, type ShareSums } from './share-cap.ts';

/** Where every model keeps: rounds, Σ scaled error², Σ reward. */
export const ROUNDS = 0;
export const ERRORS = 1;
export const REWARDS = 2;

/** One action: what it learned, how often it was drawn. */
export interface Arm {
  readonly key: string;
  active: boolean;
  readonly prior: BetaPrior | GaussianPrior;
  readonly sums: ArmSums;
  /** null for shares of success, which need no more than the sums. */
  readonly gaussian: GaussianArm | null;
  /** The arrays of `sums` that a round is added to: made once per period, not once per round. */
  targets: readonly Float64Array[];
  readonly draws: DrawSums;
  readonly shares: ShareSums;
  /** What came since the last update was given away. */
  readonly unshared: { draws: number[]; decisions: number; sum: number };
}

const isBetaPrior = (prior: BetaPrior | GaussianPrior): prior is BetaPrior => 'successes' in prior;

const priorOf = (model: ModelSettings, prior: ActionSettings['prior']): BetaPrior | GaussianPrior => {
  if (model.kind === 'beta') {
    const kept = prior ?? { successes: model.successes ?? 1, failures: model.failures ?? 1 };
    if (!isBetaPrior(kept))
      throw engineError('out_of_range', 'a beta model needs a prior of successes and failures');
    checkPositive('prior successes', kept.successes);
    checkPositive('prior failures', kept.failures);
    return { successes: kept.successes, failures: kept.failures };
  }
  const kept = prior ?? { precision: model.precision ?? 1 };
  if (isBetaPrior(kept)) throw engineError('out_of_range', 'this model needs a prior of mean and precision');
  if (kept.mean) checkLength('the prior mean', kept.mean.length, model.features);
  if (typeof kept.precision !== 'number')
    checkLength('the prior precision', kept.precision.length, model.features);
  return kept;
};

/** @throws EngineError `out_of_range`, `length_mismatch`, `nan` for a prior that does not fit the model. */
export const createArm = (
  { key, prior }: ActionSettings,
  {
    settings,
    newcomer,
    tracked,
  }: { readonly settings: FullSettings; readonly newcomer: boolean; readonly tracked: boolean },
): Arm => {
  const { model } = settings;
  const kept = priorOf(model, prior);
  const sums = createArmSums(model.kind === 'beta' ? 3 : gaussianSumsLength(model.features), {
    forget: settings.forget,
    tracked,
  });
  const arm: { targets: readonly Float64Array[] } = { targets: targetsOf(sums) };
  const gaussian =
    model.kind === 'beta' || isBetaPrior(kept)
      ? null
      : createGaussianArm(model.features, { prior: kept, targets: () => arm.targets });
  return Object.assign(arm, {
    key,
    active: true,
    prior: kept,
    sums,
    gaussian,
    draws: createDrawSums(),
    shares: createShareSums(newcomer ? 0 : null),
    unshared: { draws: [], decisions: 0, sum: 0 },
  });
};

/** Beta(alpha, beta) of an action with a share of success. */
export const betaOf = ({ prior, sums }: Arm): { readonly alpha: number; readonly beta: number } => {
  if (!isBetaPrior(prior)) throw engineError('out_of_range', 'betaOf: not a beta model');
  const rounds = sums.total[ROUNDS] as number;
  const rewards = sums.total[REWARDS] as number;
  return { alpha: prior.successes + rewards, beta: prior.failures + Math.max(0, rounds - rewards) };
};

/** One round into the three sums that every model has. */
export const countRound = (arm: Arm, reward: number, scaledSquaredError = 0): void => {
  for (const sums of arm.targets) {
    sums[ROUNDS] = (sums[ROUNDS] as number) + 1;
    sums[ERRORS] = (sums[ERRORS] as number) + scaledSquaredError;
    sums[REWARDS] = (sums[REWARDS] as number) + reward;
  }
};

/** @throws EngineError `nan`, `not_finite`; `out_of_range` beyond ±1e100, or when the model needs [0, 1] */
export const checkReward = (model: ModelSettings, reward: number): number => {
  checkFinite('reward', reward);
  if (Math.abs(reward) > 1e100)
    throw engineError('out_of_range', `a reward must be within ±1e100, got ${reward}`);
  if (model.kind !== 'linear' && !(reward >= 0 && reward <= 1))
    throw engineError('out_of_range', `a ${model.kind} model needs rewards in [0, 1], got ${reward}`);
  return reward;
};
