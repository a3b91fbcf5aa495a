import { engineError } from '../errors/index.ts';
import { type Arm, betaOf } from './arm.ts';
import { noiseSd, type PolicyCore, roundsLearned } from './core.ts';
import type { Distribution } from './decision.ts';
import { applyFloor } from './floor.ts';
import type { GaussianArm } from './gaussian-arm.ts';
import { boundShares, type Capped, shareBounds } from './share-cap.ts';
import { ruleShares } from './shares.ts';
import { createSupport, fillSupport, type Support } from './support.ts';
import { thompsonBetaShares } from './thompson-beta.ts';

interface Allowed {
  readonly keys: readonly string[];
  readonly arms: readonly Arm[];
  /** Their models; none for shares of success. */
  readonly gaussians: readonly GaussianArm[];
}

const allowedOf = (core: PolicyCore, keys: readonly string[] | undefined): Allowed => {
  const wanted = keys && new Set(keys);
  for (const key of wanted ?? []) {
    if (!core.byKey.has(key)) throw engineError('unknown_key', `no action “${key}” was declared`, { key });
  }
  const arms = core.arms.filter((arm) => arm.active && (!wanted || wanted.has(arm.key)));
  if (arms.length === 0) throw engineError('no_actions', 'no action is allowed now');
  return {
    arms,
    keys: arms.map(({ key }) => key),
    gaussians: arms.flatMap(({ gaussian }) => (gaussian ? [gaussian] : [])),
  };
};

/** Beliefs of shares of success; their Thompson probabilities are kept until something is learned. */
const createBetaRule = (core: PolicyCore) => {
  let revision = -1;
  const kept = new Map<string, { readonly p: Float64Array; readonly bound: number }>();
  return ({ arms, keys }: Allowed, out: Float64Array): number => {
    const { rule } = core.settings;
    const alphas = Float64Array.from(arms, (arm) => betaOf(arm).alpha);
    const betas = Float64Array.from(arms, (arm) => betaOf(arm).beta);
    if (rule.kind === 'thompson' && (rule.width ?? 1) === 1) {
      if (revision !== core.revision) kept.clear();
      revision = core.revision;
      const name = keys.join('\0');
      let found = kept.get(name);
      if (!found) {
        const { probabilities, bound } = thompsonBetaShares(alphas, betas);
        found = { p: probabilities, bound };
        kept.set(name, found);
      }
      out.set(found.p);
      return found.bound;
    }
    const means = alphas.map((alpha, k) => alpha / (alpha + (betas[k] as number)));
    const sds = means.map((mean, k) =>
      Math.sqrt((mean * (1 - mean)) / ((alphas[k] as number) + (betas[k] as number) + 1)),
    );
    return ruleShares(rule, { means, sds, logits: false, rounds: roundsLearned(core) }, out);
  };
};

/** Arrays over the allowed actions, made again only when their number changes. */
interface Scratch {
  means: Float64Array;
  sds: Float64Array;
}

/**
 * Standard deviations where LinUCB needs them: an action whose score cannot reach the best one even with its prior's width keeps 0, as it is
 * not chosen either way. Exact, and mostly a third of the work.
 */
const optimisticSds = (
  { means, sds }: Scratch,
  {
    gaussians,
    x,
    width,
  }: { readonly gaussians: readonly GaussianArm[]; readonly x: Support; readonly width: number },
): void => {
  let leader = 0;
  for (let k = 1; k < means.length; k++) if ((means[k] as number) > (means[leader] as number)) leader = k;
  let best = -Infinity;
  const visit = (k: number): void => {
    const gaussian = gaussians[k] as GaussianArm;
    const mean = means[k] as number;
    // The slack is for rounding in the inverse.
    const most = mean + width * Math.sqrt(gaussian.priorFormAt(x)) * (1 + 1e-6);
    if (most < best) {
      sds[k] = 0;
      return;
    }
    const sd = Math.sqrt(gaussian.formAt(x));
    sds[k] = sd;
    best = Math.max(best, mean + width * sd);
  };
  visit(leader);
  for (let k = 0; k < means.length; k++) if (k !== leader) visit(k);
};

/** Beliefs of the two models with a context. */
const createContextRule = (core: PolicyCore, features: number) => {
  const scratch: Scratch = { means: new Float64Array(0), sds: new Float64Array(0) };
  return (
    { arms, gaussians }: Allowed,
    { x, out }: { readonly x: Support; readonly out: Float64Array },
  ): number => {
    const { rule, model } = core.settings;
    if (gaussians.length !== arms.length)
      throw engineError('length_mismatch', `an action without a model of ${features} features`);
    if (scratch.means.length !== arms.length) {
      scratch.means = new Float64Array(arms.length);
      scratch.sds = new Float64Array(arms.length);
    }
    const { means, sds } = scratch;
    const noise = noiseSd(core);
    for (let k = 0; k < means.length; k++) means[k] = (gaussians[k] as GaussianArm).meanAt(x);
    if (rule.kind === 'lin_ucb') optimisticSds(scratch, { gaussians, x, width: rule.alpha * noise });
    else if (rule.kind === 'thompson')
      for (let k = 0; k < sds.length; k++) sds[k] = Math.sqrt((gaussians[k] as GaussianArm).formAt(x));
    if (rule.kind === 'lin_ucb' || rule.kind === 'thompson')
      for (let k = 0; k < sds.length; k++) sds[k] = (sds[k] as number) * noise;
    const rounds = rule.kind === 'square_cb' ? roundsLearned(core) : 0;
    return ruleShares(rule, { means, sds, logits: model.kind === 'logistic', rounds }, out);
  };
};

const capShares = (core: PolicyCore, arms: readonly Arm[], p: Float64Array): Capped => {
  const { shareCap: cap, floor } = core.settings;
  if (cap >= 1 || arms.length < 2) return 'no';
  const held = Math.min(floor, 1 / arms.length);
  const bounds = arms.map(({ shares }) => shareBounds(shares, { cap, floor: held }));
  return boundShares({
    p,
    low: Float64Array.from(bounds, ({ low }) => low),
    high: Float64Array.from(bounds, ({ high }) => high),
  });
};

export interface Situation {
  /** Length d; not for shares of success. */
  readonly context?: Float64Array;
  /** Keys of the actions that are allowed now; all active ones unless said. Retired ones are passed over. */
  readonly allowed?: readonly string[];
}

/**
 * Makes the function that turns a situation into probabilities: rule, then floor, then cap (a floor wins over a cap).
 * O(K d) for ε-greedy and SquareCB, at most O(K z²/2) for LinUCB with z features that are not 0, more for Thompson sampling.
 */
export const createDistribute = (
  core: PolicyCore,
): ((situation: Situation) => { readonly distribution: Distribution; readonly arms: readonly Arm[] }) => {
  const { model, floor } = core.settings;
  const features = model.kind === 'beta' ? 0 : model.features;
  const support = createSupport(features);
  const betaRule = createBetaRule(core);
  const contextRule = createContextRule(core, features);
  let everything: Allowed | undefined;
  let everythingAt = -1;
  return ({ context, allowed }) => {
    if (!allowed && everythingAt !== core.arms.length) everything = undefined;
    // A retired or returned action changes `active`; those are few, so all are looked at only when something was learned or changed.
    const now =
      allowed || !everything || everything.arms.some((arm) => !arm.active)
        ? allowedOf(core, allowed)
        : everything;
    if (!allowed && now.arms.length === core.arms.length) {
      everything = now;
      everythingAt = core.arms.length;
    }
    const p = new Float64Array(now.arms.length);
    let bound = 0;
    if (model.kind === 'beta') bound = betaRule(now, p);
    else {
      if (!context)
        throw engineError('length_mismatch', `this policy needs a context of ${features} features`);
      bound = contextRule(now, { x: fillSupport(support, context), out: p });
    }
    const held = applyFloor(p, floor);
    const capped = capShares(core, now.arms, p);
    return {
      arms: now.arms,
      distribution: {
        allowed: now.keys,
        propensities: p,
        floor: held,
        capped,
        certificate:
          core.settings.rule.kind === 'thompson' ? { kind: 'certified', bound } : { kind: 'exact' },
      },
    };
  };
};
