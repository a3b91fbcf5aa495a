import { GLOBAL_HOLDOUT, HOLDOUT } from '#choose/experiments';
import type { RankedProduct } from '#choose/recommend';
import type { Actor } from '#guard/access';
import type { SeenInBrief } from '#know/segments';
import { type AppError, appError, isAppError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import type { NewSend, RunPlan } from '#reach/delivery';
import type { Approval } from './approval.ts';
import type { Campaign } from './campaign.ts';
import { found } from './drafts.ts';
import { planOf, type Standing, standingOf } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';
import { campaignById, lockedCampaign, type Review } from './read.ts';
import { changeState, insertReview, markStarted } from './store.ts';

export type StartOutcome =
  | { readonly kind: 'started'; readonly audience: number; readonly queued: number }
  /** Somebody else started it, or took it back, a moment ago. */
  | { readonly kind: 'not_due' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The engine, for what happens at the scheduled time. */
export const campaignsActor = (workspaceId: string): Actor => ({
  kind: 'system',
  id: 'campaigns',
  name: 'Campaigns',
  roles: [],
  workspaceId,
  personId: null,
});

const CHUNK = 5_000;

export const chunksOf = function* <T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += CHUNK) yield items.slice(from, from + CHUNK);
};

/** What gives way when the first choices were bought meanwhile: as many again, and two. */
export const candidateCount = (productCount: number): number =>
  productCount === 0 ? 0 : productCount * 2 + 2;

/** What the whole shop buys, most often recommended first: for people who do not want to be personalised for. */
const popularOf = (ranked: Iterable<readonly RankedProduct[]>): readonly RankedProduct[] => {
  const seen = new Map<string, { product: RankedProduct; times: number }>();
  for (const products of ranked) {
    for (const product of products) {
      if (product.reason !== 'popular') continue;
      const entry = seen.get(product.sku) ?? { product, times: 0 };
      entry.times += 1;
      seen.set(product.sku, entry);
    }
  }
  return [...seen.values()]
    .sort((a, b) => b.times - a.times || (a.product.sku < b.product.sku ? -1 : 1))
    .map(({ product }) => product);
};

/** Everybody's own products, and those that say nothing about the person for people who do not want the others. */
export const withPopular = (
  ranked: ReadonlyMap<string, readonly RankedProduct[]>,
  input: {
    readonly profileIds: readonly string[];
    readonly impersonal: ReadonlySet<string>;
    readonly count: number;
  },
): ReadonlyMap<string, readonly RankedProduct[]> => {
  const popular = popularOf(ranked.values()).slice(0, input.count);
  return new Map(
    input.profileIds.map((id) => [id, input.impersonal.has(id) ? popular : (ranked.get(id) ?? [])]),
  );
};

/** Who may be written to, who may not and why, and who wants nothing of their own taste: before any draw. */
export const eligibleOf = async (
  { delivery }: Pick<CampaignsDeps, 'delivery'>,
  tx: Tx,
  { plan, profileIds }: { readonly plan: RunPlan; readonly profileIds: readonly string[] },
) => {
  const eligible: string[] = [];
  const blocked = new Map<string, string>();
  const impersonal = new Set<string>();
  for (const ids of chunksOf(profileIds)) {
    for (const [id, verdict] of await delivery.eligibility(tx, plan, ids)) {
      if (verdict.blocked) blocked.set(id, verdict.blocked);
      else eligible.push(id);
      if (!verdict.personalised) impersonal.add(id);
    }
  }
  return { eligible, blocked, impersonal };
};

interface Snapshot {
  readonly campaign: Campaign;
  readonly plan: RunPlan;
  readonly profileIds: readonly string[];
  readonly candidates: ReadonlyMap<string, readonly RankedProduct[]>;
  readonly seen: ReadonlyMap<string, SeenInBrief>;
}

/**
 * Turns a scheduled campaign into sends. The audience is read first; then one transaction looks at the approval again,
 * draws holdouts and variants, writes every row and opens the run: there is never half an audience. Twice is once.
 */
export const createStart = (deps: CampaignsDeps, approval: Approval) => {
  const { database } = deps;

  const refuse = (workspaceId: string, campaign: Campaign, error: AppError): Promise<StartOutcome> =>
    database.inWorkspace(workspaceId, async (tx): Promise<StartOutcome> => {
      const given = error.details?.reason;
      const reason = typeof given === 'string' ? given : error.code;
      const actor = campaignsActor(workspaceId);
      const now = deps.clock.now();
      const isVoid = reason === 'approval_void' || reason === 'not_approved';
      const to = isVoid ? 'draft' : 'approved';
      const trouble = { code: reason, detail: error.message };
      if (
        (await changeState(tx, campaign.id, {
          from: ['scheduled'],
          to,
          version: campaign.version,
          now,
          trouble,
        })) === 0
      ) {
        return { kind: 'not_due' };
      }
      if (isVoid) {
        const { parts, fingerprint } = await standingOf(deps, tx, campaign);
        const { id, version } = campaign;
        const voided = {
          id: deps.ids.next(),
          campaignId: id,
          version,
          verdict: 'voided',
          fingerprint,
          parts,
        } as const;
        await insertReview(tx, { ...voided, comment: error.message, actor, now });
      }
      await deps.audit.record(tx, {
        actor,
        action: isVoid ? 'campaign.approval_voided' : 'campaign.start_refused',
        subject: { kind: 'campaign', id: campaign.id },
        before: { state: 'scheduled' },
        after: { state: to, reason, detail: error.message },
      });
      return { kind: 'refused', reason };
    });

  const planFor = async (
    tx: Tx,
    campaign: Campaign,
    input: { readonly review: Review; readonly standing: Standing },
  ): Promise<RunPlan> => {
    const { outside } = input.standing;
    const { globalHoldoutShare } = await deps.settings.get(tx);
    const rule = outside.segment?.rule;
    const model = campaign.productCount > 0 ? await deps.recommend.model(tx) : null;
    return planOf({
      campaign,
      outside,
      words: rule
        ? { en: deps.segments.explain(rule, 'en'), fr: deps.segments.explain(rule, 'fr') }
        : { en: '', fr: '' },
      approverNames: [input.review.by.name],
      globalHoldoutShare,
      modelVersions: model ? { recommend: model.version } : {},
    });
  };

  /** Members and their products, as they are at this moment. Touches nothing. */
  const snapshot = async (workspaceId: string, campaignId: string): Promise<Snapshot | null> => {
    const prepared = await database.inWorkspace(workspaceId, async (tx) => {
      const campaign = found(await campaignById(tx, campaignId));
      if (campaign.state !== 'scheduled') return null;
      const stands = await approval.require(tx, campaign);
      await deps.checkSender(tx, stands.standing.outside.entityId ?? '');
      return {
        campaign,
        plan: await planFor(tx, campaign, stands),
        rule: stands.standing.outside.segment?.rule,
      };
    });
    if (!prepared) return null;
    const { campaign, plan, rule } = prepared;
    const profileIds = rule ? [...new Set(await deps.segments.members(workspaceId, rule))] : [];
    let candidates: ReadonlyMap<string, readonly RankedProduct[]> = new Map();
    if (!rule || profileIds.length === 0)
      return { campaign, plan, profileIds, candidates, seen: new Map<string, SeenInBrief>() };
    const { eligible, impersonal } = await database.inWorkspace(
      workspaceId,
      (tx) => eligibleOf(deps, tx, { plan, profileIds }),
      { readOnly: true },
    );
    if (campaign.productCount > 0) {
      const count = candidateCount(campaign.productCount);
      const ranked = await deps.recommend.forProfiles(workspaceId, eligible, {
        count,
        now: deps.clock.now(),
      });
      candidates = withPopular(ranked, { profileIds: eligible, impersonal, count });
    }
    const seen = await deps.segments.seenOf(workspaceId, rule, eligible);
    return { campaign, plan, profileIds, candidates, seen };
  };

  const rowsOf = (
    ids: readonly string[],
    input: {
      readonly taken: Snapshot;
      readonly arms: ReadonlyMap<string, { readonly arm: string; readonly probability: number }>;
      readonly blocked: ReadonlyMap<string, string>;
    },
  ): readonly NewSend[] =>
    ids.flatMap((profileId): readonly NewSend[] => {
      const blocked = input.blocked.get(profileId);
      if (blocked) return [{ profileId, variant: null, products: [], probability: 1, blocked }];
      const drawn = input.arms.get(profileId);
      if (!drawn || drawn.arm === HOLDOUT || drawn.arm === GLOBAL_HOLDOUT) return [];
      const products = input.taken.candidates.get(profileId) ?? [];
      const seen = input.taken.seen.get(profileId);
      return [{ profileId, variant: drawn.arm, products, probability: drawn.probability, seen }];
    });

  const enqueue = (workspaceId: string, taken: Snapshot): Promise<StartOutcome> =>
    database.inWorkspace(workspaceId, async (tx): Promise<StartOutcome> => {
      const campaign = found(await lockedCampaign(tx, taken.campaign.id));
      if (campaign.state !== 'scheduled' || campaign.version !== taken.campaign.version)
        return { kind: 'not_due' };
      const stands = await approval.require(tx, campaign);
      const plan = { ...(await planFor(tx, campaign, stands)), modelVersions: taken.plan.modelVersions };
      const { eligible, blocked } = await eligibleOf(deps, tx, { plan, profileIds: taken.profileIds });
      const now = deps.clock.now();
      const arms = await deps.experiments.enrolCampaign(tx, {
        campaignId: campaign.id,
        profileIds: eligible,
        eligibleAt: now,
        variants: campaign.variants,
        holdoutShare: campaign.holdoutShare,
        globalHoldoutShare: plan.globalHoldoutShare,
      });
      await deps.delivery.open(tx, plan);
      const rows = rowsOf(taken.profileIds, { taken, arms, blocked });
      const written = await deps.delivery.enqueue(tx, campaign.id, rows);
      const held = (arm: string): number => [...arms.values()].filter((drawn) => drawn.arm === arm).length;
      const globalHoldout = held(GLOBAL_HOLDOUT);
      const campaignHoldout = held(HOLDOUT);
      const audience = taken.profileIds.length;
      if (written + globalHoldout + campaignHoldout !== audience) {
        throw new Error(
          `Campaign ${campaign.id}: ${audience} people, ${written} rows, ${globalHoldout + campaignHoldout} held out`,
        );
      }
      await markStarted(tx, campaign.id, { audience, globalHoldout, campaignHoldout, now });
      const queued = rows.filter(({ blocked: reason }) => reason === undefined).length;
      await deps.audit.record(tx, {
        actor: campaignsActor(workspaceId),
        action: 'campaign.started',
        subject: { kind: 'campaign', id: campaign.id },
        before: { state: 'scheduled' },
        after: {
          state: 'sending',
          audience,
          queued,
          globalHoldout,
          campaignHoldout,
          fingerprint: stands.standing.fingerprint,
        },
      });
      return { kind: 'started', audience, queued };
    });

  return async (workspaceId: string, campaignId: string): Promise<StartOutcome> => {
    const before = await database.inWorkspace(workspaceId, (tx) => campaignById(tx, campaignId));
    if (before?.state !== 'scheduled') return { kind: 'not_due' };
    try {
      const taken = await snapshot(workspaceId, campaignId);
      if (!taken) return { kind: 'not_due' };
      if (taken.profileIds.length === 0) {
        const message = 'Nobody is in this audience now. Change the segment, or wait until somebody is.';
        return await refuse(
          workspaceId,
          before,
          appError('unprocessable', { message, details: { reason: 'empty_audience' } }),
        );
      }
      await deps.failpoint('start.after-snapshot');
      return await enqueue(workspaceId, taken);
    } catch (error) {
      // What cannot be done as asked is said on the campaign; anything else (a store that is away) is tried again.
      if (!isAppError(error) || (error.code !== 'conflict' && error.code !== 'unprocessable')) throw error;
      deps.log.warn({ campaignId, reason: error.details?.reason }, 'a scheduled campaign did not start');
      return refuse(workspaceId, before, error);
    }
  };
};
