import { checkAllFinite, checkLength } from '../errors/index.ts';
import type { Arm } from './arm.ts';
import { targetsOf } from './arm-sums.ts';
import { addArm, createCore, type PolicyCore } from './core.ts';
import { addDrawNumbers, drawSumsToNumbers } from './draw-check.ts';
import type { GaussianPrior } from './gaussian-arm.ts';
import { type BetaPrior, fullSettings } from './settings.ts';
import { type ActionState, checkFormat, type PolicyState, STATE_FORMAT, STATE_VERSION } from './state.ts';

const numbersOf = (values: ArrayLike<number>): number[] => Array.from(values);

const plainPrior = (prior: BetaPrior | GaussianPrior): ActionState['prior'] => {
  if ('successes' in prior) return prior;
  const precision = typeof prior.precision === 'number' ? prior.precision : numbersOf(prior.precision);
  return prior.mean ? { mean: numbersOf(prior.mean), precision } : { precision };
};

const actionState = (arm: Arm): ActionState => {
  // What is computed from the sums afresh here is what `loadCore` computes: both policies go on alike, to the last bit.
  arm.gaussian?.rebuild();
  return {
    key: arm.key,
    active: arm.active,
    prior: plainPrior(arm.prior),
    total: numbersOf(arm.sums.total),
    periods: arm.sums.periods.map(numbersOf),
    current: arm.sums.current && numbersOf(arm.sums.current),
    fresh: arm.sums.fresh && numbersOf(arm.sums.fresh),
    draws: drawSumsToNumbers(arm.draws),
    unshared: { ...arm.unshared },
    shares: { ...arm.shares },
  };
};

/** O(K d³). */
export const saveCore = (core: PolicyCore): PolicyState => ({
  format: STATE_FORMAT,
  version: STATE_VERSION,
  settings: core.settings,
  as: core.as,
  period: core.period,
  actions: core.arms.map(actionState),
  given: core.given,
  waiting: [...core.waiting],
  merged: Object.fromEntries(core.merged),
});

const restore = (arm: Arm, state: ActionState): void => {
  const fill = (name: string, into: Float64Array, from: readonly number[]): Float64Array => {
    checkLength(`${name} of “${arm.key}”`, from.length, into.length);
    checkAllFinite(`${name} of “${arm.key}”`, from);
    into.set(from);
    return into;
  };
  const { sums } = arm;
  const length = sums.total.length;
  fill('total', sums.total, state.total);
  for (const period of state.periods) sums.periods.push(fill('a period', new Float64Array(length), period));
  if (sums.current && state.current) fill('current', sums.current, state.current);
  if (sums.fresh && state.fresh) fill('fresh', sums.fresh, state.fresh);
  arm.targets = targetsOf(sums);
  arm.gaussian?.rebuild();
  addDrawNumbers(arm.draws, state.draws);
  Object.assign(arm.unshared, { ...state.unshared, draws: [...state.unshared.draws] });
  Object.assign(arm.shares, state.shares);
  arm.active = state.active;
};

/** Only the first process' state knows what was given away: another one starts with nothing new. */
const startAfresh = (core: PolicyCore, state: PolicyState): PolicyCore => {
  for (const arm of core.arms) {
    arm.sums.fresh?.fill(0);
    Object.assign(arm.unshared, { draws: drawSumsToNumbers(arm.draws), decisions: 0, sum: 0 });
  }
  core.given = core.as === null ? 0 : (state.merged[core.as] ?? 0);
  return core;
};

/** @throws EngineError `version_mismatch`, `length_mismatch`, `nan`, `not_finite` */
export const loadCore = (state: PolicyState, as: string | null = state.as): PolicyCore => {
  checkFormat(state);
  const core = createCore(fullSettings(state.settings), as);
  for (const action of state.actions) restore(addArm(core, action), action);
  core.period = state.period;
  for (const [from, sequence] of Object.entries(state.merged)) core.merged.set(from, sequence);
  if (as !== state.as) return startAfresh(core, state);
  core.given = state.given;
  core.waiting.push(...state.waiting);
  return core;
};
