import {
  assign,
  campaignArms,
  campaignSalt,
  globalHoldout,
  HOLDOUT,
  workspaceSalt,
} from '#choose/experiments';
import type { RankedProduct } from '#choose/recommend';
import type { Tx } from '#platform/postgres';
import type { Draft, DryRunVerdict, Made, RunPlan } from '#reach/delivery';
import { type Campaign, variantShares } from './campaign.ts';
import { found } from './drafts.ts';
import { type CampaignFinding, campaignFindings, createFindings } from './findings.ts';
import { type Picked, pickSamples } from './oddest.ts';
import { planOf, type Standing, standingOf } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';
import { campaignById } from './read.ts';
import { candidateCount, chunksOf, eligibleOf, withPopular } from './start.ts';

export interface Preview {
  readonly profileId: string;
  readonly variant: string;
  readonly picked: Picked;
  readonly result: Made;
}

export interface ReasonCount {
  readonly rule: string;
  readonly reason: string;
  readonly count: number;
}

export interface BlastRadius {
  readonly version: number;
  readonly fingerprint: string;
  readonly audienceInWords: { readonly en: string; readonly fr: string };
  readonly audience: number;
  readonly wouldGet: number;
  readonly removed: readonly ReasonCount[];
  readonly held: readonly ReasonCount[];
  readonly globalHoldout: number;
  readonly campaignHoldout: number;
  readonly perVariant: readonly {
    readonly variant: string;
    readonly share: number;
    readonly people: number;
  }[];
  readonly productsChecked: boolean;
  readonly previews: readonly Preview[];
  readonly findings: readonly CampaignFinding[];
  readonly ready: boolean;
}

/** Products are looked up for everybody up to this many people; beyond, only for the previews. */
const PRODUCTS_FOR_AT_MOST = 20_000;
const PREVIEWS = 10;
/** The oddest are looked for among this many of those who would get it. */
const LOOKED_AT = 5_000;

interface Tally {
  readonly removed: Map<string, ReasonCount>;
  readonly held: Map<string, ReasonCount>;
  readonly perVariant: Map<string, number>;
  readonly getters: { readonly profileId: string; readonly variant: string }[];
  globalHoldout: number;
  campaignHoldout: number;
  wouldGet: number;
}

const count = (into: Map<string, ReasonCount>, { rule, reason }: DryRunVerdict): void => {
  const key = `${rule} ${reason}`;
  const known = into.get(key);
  into.set(key, { rule: rule ?? '', reason: reason ?? '', count: (known?.count ?? 0) + 1 });
};

const sorted = (counts: ReadonlyMap<string, ReasonCount>): readonly ReasonCount[] =>
  [...counts.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));

const beforeTheDraw = ['suppression', 'consent'];

/** Who is out before the draw, who is drawn out, and what the rules would say to the others: the order of a real start. */
const tallyOne = (
  verdict: DryRunVerdict,
  tally: Tally,
  draw: (profileId: string) => { readonly arm: string } | 'global_holdout',
): void => {
  if (verdict.rule !== null && beforeTheDraw.includes(verdict.rule)) return count(tally.removed, verdict);
  const drawn = draw(verdict.profileId);
  if (drawn === 'global_holdout') {
    tally.globalHoldout += 1;
    return;
  }
  if (drawn.arm === HOLDOUT) {
    tally.campaignHoldout += 1;
    return;
  }
  if (verdict.kind === 'block') return count(tally.removed, verdict);
  if (verdict.kind === 'hold') count(tally.held, verdict);
  tally.wouldGet += 1;
  tally.perVariant.set(drawn.arm, (tally.perVariant.get(drawn.arm) ?? 0) + 1);
  if (tally.getters.length < LOOKED_AT)
    tally.getters.push({ profileId: verdict.profileId, variant: drawn.arm });
};

export const createReview = (deps: CampaignsDeps) => {
  const findings = createFindings(deps);

  const prepare = (workspaceId: string, id: string) =>
    deps.database.inWorkspace(
      workspaceId,
      async (tx) => {
        const campaign = found(await campaignById(tx, id));
        const standing = await standingOf(deps, tx, campaign);
        const { globalHoldoutShare } = await deps.settings.get(tx);
        const topics = (await deps.topics.list(tx)).map(({ key }) => key);
        const sender = await findings.ofSender(tx, standing.outside.entityId);
        return { campaign, standing, globalHoldoutShare, topics, sender };
      },
      { readOnly: true },
    );

  const wordsOf = ({ outside: { segment } }: Standing): { en: string; fr: string } =>
    segment
      ? { en: deps.segments.explain(segment.rule, 'en'), fr: deps.segments.explain(segment.rule, 'fr') }
      : { en: '', fr: '' };

  const tallyAll = async (
    tx: Tx,
    input: {
      readonly plan: RunPlan;
      readonly campaign: Campaign;
      readonly profileIds: readonly string[];
      readonly candidates: ReadonlyMap<string, readonly RankedProduct[]>;
      readonly withProducts: boolean;
    },
  ): Promise<Tally> => {
    const { plan, campaign, candidates, withProducts } = input;
    const workspaceId = tx.workspaceId ?? '';
    const arms = campaignArms(campaign);
    const salt = campaignSalt(workspaceId, campaign.id);
    const draw = (profileId: string) =>
      globalHoldout(workspaceSalt(workspaceId), profileId, plan.globalHoldoutShare)
        ? 'global_holdout'
        : assign({ salt, profileId, arms });
    const tally: Tally = {
      removed: new Map(),
      held: new Map(),
      perVariant: new Map(),
      getters: [],
      globalHoldout: 0,
      campaignHoldout: 0,
      wouldGet: 0,
    };
    for (const ids of chunksOf(input.profileIds)) {
      const people = ids.map((profileId) => ({ profileId, candidates: candidates.get(profileId) ?? [] }));
      for (const verdict of await deps.delivery.dryRun(tx, { run: plan, people, withProducts }))
        tallyOne(verdict, tally, draw);
    }
    return tally;
  };

  /** As at a start: for those who may be written to, without personal products for those who do not want them. */
  const candidatesFor = async (
    workspaceId: string,
    plan: RunPlan,
    profileIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RankedProduct[]>> => {
    if (plan.productCount === 0 || profileIds.length === 0) return new Map();
    const { eligible, impersonal } = await deps.database.inWorkspace(
      workspaceId,
      (tx) => eligibleOf(deps, tx, { plan, profileIds }),
      { readOnly: true },
    );
    const count = candidateCount(plan.productCount);
    const ranked = await deps.recommend.forProfiles(workspaceId, eligible, { count, now: deps.clock.now() });
    return withPopular(ranked, { profileIds: eligible, impersonal, count });
  };

  const previewsOf = async (
    workspaceId: string,
    input: {
      readonly plan: RunPlan;
      readonly tally: Tally;
      readonly candidates: ReadonlyMap<string, readonly RankedProduct[]>;
    },
  ): Promise<readonly Preview[]> => {
    const { plan, tally } = input;
    const variantOf = new Map(tally.getters.map(({ profileId, variant }) => [profileId, variant]));
    const profiles = await deps.database.inWorkspace(
      workspaceId,
      (tx) => deps.profiles.byIds(tx, [...variantOf.keys()]),
      { readOnly: true },
    );
    const samples = pickSamples([...profiles.values()], PREVIEWS);
    const ids = samples.map(({ profileId }) => profileId);
    const products =
      input.candidates.size > 0 ? input.candidates : await candidatesFor(workspaceId, plan, ids);
    const shownTo = (profileId: string): readonly RankedProduct[] =>
      (products.get(profileId) ?? []).slice(0, plan.productCount);
    const skus = [...new Set(ids.flatMap(shownTo).map(({ sku }) => sku))];
    const catalog = await deps.database.inWorkspace(workspaceId, (tx) => deps.products.bySku(tx, skus), {
      readOnly: true,
    });
    const drafts = samples.flatMap(({ profileId }): readonly Draft[] => {
      const profile = profiles.get(profileId);
      const variant = plan.variants.find(({ key }) => key === variantOf.get(profileId));
      if (!profile || !variant) return [];
      return [
        {
          sendId: null,
          decisionId: null,
          profileId,
          profile,
          variant,
          products: shownTo(profileId),
          clickTracking: false,
        },
      ];
    });
    const made = await deps.composer.preview({ workspaceId, run: plan, drafts, catalog });
    return drafts.flatMap((draft, index) => {
      const result = made[index];
      const sample = samples.find(({ profileId }) => profileId === draft.profileId);
      return result && sample ? [{ ...sample, variant: draft.variant.key, result }] : [];
    });
  };

  /** What would happen if it were sent now: read-only, the same rules as at the claim. */
  return async (workspaceId: string, id: string): Promise<BlastRadius> => {
    const { campaign, standing, globalHoldoutShare, topics, sender } = await prepare(workspaceId, id);
    const { outside } = standing;
    const profileIds = outside.segment
      ? [...new Set(await deps.segments.members(workspaceId, outside.segment.rule))]
      : [];
    const messageFindings = await findings.ofMessages(campaign, outside.versions);
    const found = [
      ...campaignFindings(campaign, { outside, audience: profileIds.length, topics }),
      ...sender,
      ...messageFindings,
    ];
    const words = wordsOf(standing);
    const shares = variantShares(campaign.variants);
    const empty: BlastRadius = {
      version: campaign.version,
      fingerprint: standing.fingerprint,
      audienceInWords: words,
      audience: profileIds.length,
      wouldGet: 0,
      removed: [],
      held: [],
      globalHoldout: 0,
      campaignHoldout: 0,
      perVariant: campaign.variants.map(({ key }) => ({
        variant: key,
        share: shares.get(key) ?? 0,
        people: 0,
      })),
      productsChecked: false,
      previews: [],
      findings: found,
      ready: !found.some(({ severity }) => severity === 'error'),
    };
    const complete =
      outside.entityId && campaign.variants.every(({ messageId }) => outside.versions.has(messageId));
    if (!complete || campaign.variants.length === 0 || profileIds.length === 0) return empty;

    const plan = planOf({
      campaign,
      outside,
      words,
      approverNames: ['-'],
      globalHoldoutShare,
      modelVersions: {},
    });
    const withProducts = campaign.productCount > 0 && profileIds.length <= PRODUCTS_FOR_AT_MOST;
    const candidates = withProducts ? await candidatesFor(workspaceId, plan, profileIds) : new Map();
    const tally = await deps.database.inWorkspace(
      workspaceId,
      (tx) => tallyAll(tx, { plan, campaign, profileIds, candidates, withProducts }),
      { readOnly: true },
    );
    // Without a ready sender nothing can be rendered as it would be sent.
    const previews = sender.length > 0 ? [] : await previewsOf(workspaceId, { plan, tally, candidates });
    const broken = previews.flatMap(({ variant, result }): readonly CampaignFinding[] =>
      result.ok
        ? []
        : [
            {
              variant,
              severity: 'warning',
              code: 'preview_failed',
              message: { en: result.error, fr: result.error },
            },
          ],
    );
    return {
      ...empty,
      wouldGet: tally.wouldGet,
      removed: sorted(tally.removed),
      held: sorted(tally.held),
      globalHoldout: tally.globalHoldout,
      campaignHoldout: tally.campaignHoldout,
      perVariant: empty.perVariant.map((row) => ({ ...row, people: tally.perVariant.get(row.variant) ?? 0 })),
      productsChecked: campaign.productCount === 0 || withProducts,
      previews,
      findings: [...found, ...broken],
    };
  };
};
