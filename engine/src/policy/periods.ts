import { engineError } from '../errors/index.ts';
import { type Arm, REWARDS } from './arm.ts';
import { addAged, closePeriod as closeSums, targetsOf } from './arm-sums.ts';
import type { PolicyCore } from './core.ts';
import { addDrawNumbers, drawSumsToNumbers } from './draw-check.ts';
import { closeShares } from './share-cap.ts';
import {
  type ActionUpdate,
  checkFormat,
  type Merged,
  type PeriodUpdate,
  type PolicyUpdate,
  STATE_FORMAT,
  STATE_VERSION,
} from './state.ts';

/** What two policies must have in common for their sums to add. */
const settingsText = ({ settings }: PolicyCore): string => JSON.stringify(settings);

const takeFresh = (arm: Arm): ActionUpdate => {
  const draws = drawSumsToNumbers(arm.draws);
  const update: ActionUpdate = {
    sums: Array.from(arm.sums.fresh ?? []),
    draws: draws.map((value, i) => value - (arm.unshared.draws[i] ?? 0)),
    shares: [arm.unshared.decisions, arm.unshared.sum],
  };
  arm.sums.fresh?.fill(0);
  arm.unshared.draws = draws;
  arm.unshared.decisions = 0;
  arm.unshared.sum = 0;
  return update;
};

const takePeriod = (core: PolicyCore): PeriodUpdate => ({
  period: core.period,
  actions: Object.fromEntries(core.arms.map((arm) => [arm.key, takeFresh(arm)])),
});

/** Everything since the last call, for `mergeUpdate` of another process. O(K d²). */
export const takeUpdate = (core: PolicyCore): PolicyUpdate => {
  if (core.as === null)
    throw engineError(
      'not_mergeable',
      'only a policy that was loaded `as` a process keeps what is new apart',
    );
  core.given++;
  const periods = [...core.waiting, takePeriod(core)];
  core.waiting.length = 0;
  return {
    format: STATE_FORMAT,
    version: STATE_VERSION,
    from: core.as,
    sequence: core.given,
    settings: settingsText(core),
    periods,
  };
};

/** Ends a period: forgets what the settings say, and lets shares move on. O(K d³) when something is forgotten. */
export const endPeriod = (core: PolicyCore): void => {
  const { forget } = core.settings;
  if (core.as !== null) core.waiting.push(takePeriod(core));
  for (const arm of core.arms) {
    closeSums(arm.sums, forget);
    arm.targets = targetsOf(arm.sums);
    if (forget.kind !== 'nothing') arm.gaussian?.rebuild();
    closeShares(arm.shares);
  }
  core.period++;
  core.revision++;
};

const checkUpdate = (core: PolicyCore, update: PolicyUpdate): void => {
  checkFormat(update);
  if (update.settings !== settingsText(core))
    throw engineError('not_mergeable', 'the update was learned with other settings', { from: update.from });
  for (const { period, actions } of update.periods) {
    if (period > core.period)
      throw engineError(
        'not_mergeable',
        `the update is of period ${period}, this policy is in ${core.period}`,
        {
          period,
        },
      );
    for (const [key, { sums }] of Object.entries(actions)) {
      const arm = core.arms[core.byKey.get(key) ?? -1];
      if (!arm) throw engineError('unknown_key', `no action “${key}” was declared`, { key });
      if (sums.length !== arm.sums.total.length || sums.some((value) => !Number.isFinite(value)))
        throw engineError('not_mergeable', `the sums of “${key}” do not fit`, { key });
    }
  }
};

/**
 * Adds what another process learned: for shares of success and linear models the same as having learned all of it here (up to rounding, and
 * to the learned noise, whose errors were one-step-ahead there); for logistic ones the product of the Gaussian approximations.
 * Merging twice changes nothing; a missing update is noticed and nothing is added. O(K d³).
 *
 * @throws EngineError `version_mismatch`, `not_mergeable`, `unknown_key`; nothing is added then
 */
export const mergeUpdate = (core: PolicyCore, update: PolicyUpdate): Merged => {
  checkUpdate(core, update);
  const expected = (core.merged.get(update.from) ?? 0) + 1;
  if (update.sequence < expected) return { kind: 'already_merged' };
  if (update.sequence > expected) return { kind: 'missing_before', expected };
  const touched = new Set<Arm>();
  let tooOld = 0;
  for (const { period, actions } of update.periods) {
    const age = core.period - period;
    for (const [key, { sums, draws, shares }] of Object.entries(actions)) {
      const arm = core.arms[core.byKey.get(key) as number] as Arm;
      if (sums.some((value) => value !== 0)) {
        if (addAged(arm.sums, sums, { forget: core.settings.forget, age })) touched.add(arm);
        else tooOld += sums[0] ?? 0;
      }
      addDrawNumbers(arm.draws, draws);
      if (age === 0) {
        arm.shares.decisions += shares[0];
        arm.shares.sum += shares[1];
      }
    }
  }
  for (const arm of touched) arm.gaussian?.rebuild();
  core.merged.set(update.from, update.sequence);
  core.revision++;
  return { kind: 'merged', tooOld };
};

/** Rounds and mean reward of an action, for reading. */
export const summaryOf = ({ key, active, sums }: Arm) => {
  const rounds = sums.total[0] as number;
  return { key, active, rounds, meanReward: rounds > 0 ? (sums.total[REWARDS] as number) / rounds : null };
};
