import { engineError } from '../errors/index.ts';
import { type Arm, createArm, ERRORS, REWARDS, ROUNDS } from './arm.ts';
import type { GaussianPrior } from './gaussian-arm.ts';
import type { ActionSettings, BetaPrior, FullSettings } from './settings.ts';
import type { PeriodUpdate } from './state.ts';

/** Everything that changes in a policy; its functions live in the files beside. */
export interface PolicyCore {
  readonly settings: FullSettings;
  /** The name of a process that gives its updates away; null for one that keeps them. */
  readonly as: string | null;
  readonly arms: Arm[];
  readonly byKey: Map<string, number>;
  /** Periods closed so far. */
  period: number;
  /** Moves with everything learned: what was computed before it is stale. */
  revision: number;
  given: number;
  readonly waiting: PeriodUpdate[];
  readonly merged: Map<string, number>;
}

export const createCore = (settings: FullSettings, as: string | null = null): PolicyCore => ({
  settings,
  as,
  arms: [],
  byKey: new Map(),
  period: 0,
  revision: 0,
  given: 0,
  waiting: [],
  merged: new Map(),
});

/** @throws EngineError `unknown_key` */
export const armOf = (core: PolicyCore, key: string): Arm => {
  const arm = core.arms[core.byKey.get(key) ?? -1];
  if (!arm) throw engineError('unknown_key', `no action “${key}” was declared`, { key });
  return arm;
};

/** Adds an action, or brings a retired one back with what it had learned. */
export const addArm = (core: PolicyCore, action: ActionSettings): Arm => {
  core.revision++;
  const known = core.arms[core.byKey.get(action.key) ?? -1];
  if (known) {
    if (!known.active) known.shares.previous = 0;
    known.active = true;
    return known;
  }
  // The first actions have no period before; one that comes later starts from a share of 0.
  const newcomer = core.arms.some(({ shares }) => shares.previous !== null || shares.decisions > 0);
  const arm = createArm(action, { settings: core.settings, newcomer, tracked: core.as !== null });
  core.byKey.set(action.key, core.arms.length);
  core.arms.push(arm);
  return arm;
};

/** The others take over its share of the period before, in proportion, so that their caps leave room. */
export const retireArm = (core: PolicyCore, key: string): void => {
  const arm = armOf(core, key);
  arm.active = false;
  core.revision++;
  const active = core.arms.filter((other) => other.active);
  const before = active.reduce((sum, { shares }) => sum + (shares.previous ?? 0), 0);
  if (before <= 0) return;
  for (const { shares } of active) if (shares.previous !== null) shares.previous /= before;
};

/** Rounds learned from, over all actions; discounted ones count for what is left of them. */
export const roundsLearned = ({ arms }: PolicyCore): number => {
  let sum = 0;
  for (const arm of arms) sum += arm.sums.total[ROUNDS] as number;
  return sum;
};

/** Standard deviation of a linear model's noise: given, or learned from one-step-ahead errors over all actions. */
export const noiseSd = ({ settings: { model }, arms }: PolicyCore): number => {
  if (model.kind !== 'linear') return 1;
  if (model.noise !== undefined) return Math.sqrt(model.noise);
  let squares = 5 * (model.firstNoise ?? 0.25);
  let rounds = 5;
  for (const arm of arms) {
    squares += arm.sums.total[ERRORS] as number;
    rounds += arm.sums.total[ROUNDS] as number;
  }
  return Math.sqrt(squares / rounds);
};

/** What the known actions have in common, as a prior for the next one, with the weight of `strength` rounds (2 unless said). */
export const pooledPrior = (core: PolicyCore, strength = 2): BetaPrior | GaussianPrior => {
  const { model } = core.settings;
  const active = core.arms.filter((arm) => arm.active);
  if (model.kind === 'beta') {
    let rounds = 2;
    let rewards = 1;
    for (const { sums } of active) {
      rounds += sums.total[ROUNDS] as number;
      rewards += sums.total[REWARDS] as number;
    }
    return { successes: (strength * rewards) / rounds, failures: strength * (1 - rewards / rounds) };
  }
  const mean = new Float64Array(model.features);
  for (const { gaussian } of active) {
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] as number) + (gaussian?.weights[i] ?? 0) / active.length;
  }
  return { mean, precision: model.precision ?? 1 };
};
