import { engineError } from '../errors/index.ts';
import { addArm, createCore, noiseSd, type PolicyCore, pooledPrior, retireArm } from './core.ts';
import type { Decision, Distribution } from './decision.ts';
import { createDistribute, type Situation } from './distribute.ts';
import { drawAction } from './draw.ts';
import { countDraw, type DrawReport, reportDraws } from './draw-check.ts';
import type { GaussianPrior } from './gaussian-arm.ts';
import { createLearn, type Round } from './learn.ts';
import { endPeriod, mergeUpdate, summaryOf, takeUpdate } from './periods.ts';
import { loadCore, saveCore } from './save.ts';
import { type ActionSettings, type BetaPrior, fullSettings, type PolicySettings } from './settings.ts';
import type { Merged, PolicyState, PolicyUpdate } from './state.ts';

/** Where the point that draws the action comes from: `createRandom(seed)`, or anything uniform in [0, 1). */
export interface Uniform {
  readonly uniform: () => number;
}

/** The running check of Σ (1{drawn} - p): whether actions come as often as their probabilities say. */
export interface DrawVerdict {
  /** 'broken' once the mean e-value reaches 1/alpha: at most a share alpha of right policies ever get there, at any number of looks. */
  readonly verdict: 'consistent' | 'broken';
  readonly eValue: number;
  readonly actions: Readonly<Record<string, DrawReport>>;
}

export interface PolicyHealth {
  readonly noiseSd: number;
  /** Times that an inverse was made anew, times because it had drifted, and the worst drift seen (max |Λ Λ⁻¹ - I| of a column). */
  readonly factored: number;
  readonly drifted: number;
  readonly worstDrift: number;
  readonly actions: readonly ReturnType<typeof summaryOf>[];
}

/** A policy: situation in, action and its probability out; rewards in whenever they come. */
export interface Policy {
  /** The probabilities, without drawing: nothing is counted. */
  readonly propensities: (situation: Situation) => Distribution;
  /**
   * Computes the probabilities of the allowed actions, floor included, and then draws the action from them.
   *
   * @throws EngineError `no_actions`, `unknown_key`, `length_mismatch`, `nan`, `not_finite`
   */
  readonly decide: (situation: Situation, random: Uniform) => Decision;
  /** @throws EngineError `unknown_key`, `length_mismatch`, `nan`, `not_finite`, `out_of_range` (a reward outside [0, 1]) */
  readonly learn: (round: Round) => void;
  /** An action comes (with a prior of its own, if there is one), or comes back with what it knew. */
  readonly addAction: (action: ActionSettings) => void;
  /** An action goes: never drawn again, its late rewards still learned. */
  readonly retireAction: (key: string) => void;
  /** What the active actions have in common, to start a new one from. */
  readonly pooledPrior: (strength?: number) => BetaPrior | GaussianPrior;
  /** Ends a period: discounts or moves the window, and takes new reference shares for the cap. */
  readonly closePeriod: () => void;
  readonly check: (alpha?: number) => DrawVerdict;
  readonly health: () => PolicyHealth;
  readonly save: () => PolicyState;
  /** What was learned and drawn since the last call, for `merge` of the first process; only when loaded `as` a process. */
  readonly takeUpdate: () => PolicyUpdate;
  /** Adds what another process learned; twice is once. */
  readonly merge: (update: PolicyUpdate) => Merged;
}

const decisionOf = (
  core: PolicyCore,
  {
    distribute,
    situation,
    random,
  }: {
    readonly distribute: ReturnType<typeof createDistribute>;
    readonly situation: Situation;
    readonly random: Uniform;
  },
): Decision => {
  const { distribution, arms } = distribute(situation);
  const { propensities: p, allowed } = distribution;
  const drawn = drawAction(p, random.uniform());
  for (let k = 0; k < arms.length; k++) {
    const arm = arms[k] as (typeof arms)[number];
    const share = p[k] as number;
    countDraw(arm.draws, share, k === drawn);
    arm.shares.decisions++;
    arm.shares.sum += share;
    if (core.as === null) continue;
    arm.unshared.decisions++;
    arm.unshared.sum += share;
  }
  return {
    allowed,
    propensities: p,
    floor: distribution.floor,
    capped: distribution.capped,
    certificate: distribution.certificate,
    action: allowed[drawn] as string,
    propensity: p[drawn] as number,
    forced: allowed.length === 1,
  };
};

const verdictOf = (core: PolicyCore, alpha: number): DrawVerdict => {
  if (!(alpha > 0 && alpha < 1))
    throw engineError('probability_out_of_range', `alpha must be in (0, 1), got ${alpha}`);
  const actions: Record<string, DrawReport> = {};
  let sum = 0;
  for (const arm of core.arms) {
    const report = reportDraws(arm.draws);
    actions[arm.key] = report;
    sum += report.eValue;
  }
  // The mean of e-values is an e-value, dependent as they are.
  const eValue = core.arms.length > 0 ? sum / core.arms.length : 1;
  return { verdict: eValue >= 1 / alpha ? 'broken' : 'consistent', eValue, actions };
};

const policyOf = (core: PolicyCore): Policy => {
  const distribute = createDistribute(core);
  return {
    propensities: (situation) => distribute(situation).distribution,
    decide: (situation, random) => decisionOf(core, { distribute, situation, random }),
    learn: createLearn(core),
    addAction: (action) => void addArm(core, action),
    retireAction: (key) => retireArm(core, key),
    pooledPrior: (strength) => pooledPrior(core, strength),
    closePeriod: () => endPeriod(core),
    check: (alpha = 0.001) => verdictOf(core, alpha),
    health: () => {
      const inverses = core.arms.flatMap(({ gaussian }) => (gaussian ? [gaussian.health] : []));
      return {
        noiseSd: noiseSd(core),
        factored: inverses.reduce((sum, { factored }) => sum + factored, 0),
        drifted: inverses.reduce((sum, { drifted }) => sum + drifted, 0),
        worstDrift: inverses.reduce((worst, { worstDrift }) => Math.max(worst, worstDrift), 0),
        actions: core.arms.map(summaryOf),
      };
    },
    save: () => saveCore(core),
    takeUpdate: () => takeUpdate(core),
    merge: (update) => mergeUpdate(core, update),
  };
};

/**
 * Makes a policy over named actions. Memory 8 d² bytes per action of a model with context (more with a window).
 *
 * @throws EngineError for settings outside their domain, `repeated_unit` for a key given twice
 * @example
 * const policy = createPolicy(defaultPolicy(3), [{ key: 'tea' }, { key: 'cups' }]);
 * const random = createRandom(1);
 * const context = Float64Array.of(1, 0.3, 0);
 * const { action, propensity } = policy.decide({ context, allowed: ['tea', 'cups'] }, random);
 * policy.learn({ action, context, reward: 1 });
 */
export const createPolicy = (settings: PolicySettings, actions: readonly ActionSettings[]): Policy => {
  const core = createCore(fullSettings(settings));
  for (const action of actions) {
    if (core.byKey.has(action.key))
      throw engineError('repeated_unit', `the action “${action.key}” is given twice`, { key: action.key });
    addArm(core, action);
  }
  return policyOf(core);
};

/**
 * The policy of a saved state; goes on exactly as the one that was saved (saving makes that one's inverses anew, too).
 *
 * `as` makes it a second process of the same policy, under that name: it keeps what is new apart, `takeUpdate` gives it to the first process,
 * and it starts again from the first one's state once its last update was merged there.
 *
 * @throws EngineError `version_mismatch`, `length_mismatch`, `nan`, `not_finite`
 * @example loadPolicy(JSON.parse(JSON.stringify(policy.save())))
 */
export const loadPolicy = (state: PolicyState, { as }: { readonly as?: string } = {}): Policy =>
  policyOf(loadCore(state, as));
