import type { CandidateProduct, Decision, ProductReason, RemovalReason } from '#choose/policy';
import type { Product } from '#know/catalog';
import type { RuleOutcome } from '#know/segments';
import type { Facts } from './rule.ts';
import type { RunPlan } from './run-plan.ts';
import type { SendProduct } from './send.ts';

export interface DecisionInput {
  readonly id: string;
  readonly profileId: string;
  readonly at: Date;
  readonly run: RunPlan;
  readonly variant: {
    readonly key: string;
    readonly contentHash: string;
    readonly subject: string;
    readonly share: number;
  };
  readonly candidates: readonly SendProduct[];
  readonly facts: Facts;
  readonly catalog: ReadonlyMap<string, Product>;
  readonly consentEntryId: string;
  /** The audience rule with its truth for this person; null when the run has none. */
  readonly outcome: RuleOutcome | null;
  /** Names of the rules that allowed it, with the settings they were read against. */
  readonly rules: Readonly<Record<string, unknown>>;
}

const removalReasons: Readonly<Record<string, RemovalReason>> = {
  purchase: 'bought_before_sending',
  unavailable: 'unavailable',
  sensitive: 'sensitive',
};

const productReasons: readonly ProductReason[] = [
  'rebuy',
  'popular_in_category',
  'popular',
  'chosen_by_hand',
];

const basisOf = (basis: unknown): CandidateProduct['basis'] =>
  typeof basis === 'object' && basis !== null
    ? Object.fromEntries(
        Object.entries(basis).flatMap(([key, value]) =>
          typeof value === 'string' || typeof value === 'number' ? [[key, value]] : [],
        ),
      )
    : {};

/** The record that "why did I get this?" is told from: what was looked at, what was left out and why, what was chosen. */
export const decisionOf = (input: DecisionInput): Decision => {
  const { run, variant, catalog, facts } = input;
  const name = (sku: string): string => catalog.get(sku)?.name ?? sku;
  return {
    id: input.id,
    campaignId: run.campaignId,
    profileId: input.profileId,
    at: input.at,
    message: {
      campaignName: run.campaignName,
      subject: variant.subject,
      channel: 'email',
      entityId: run.entityId,
    },
    audienceRule: {
      words: run.audienceRule.words,
      hash: run.audienceRule.hash,
      values: [],
      ...(input.outcome ? { outcome: input.outcome } : {}),
    },
    inputs: {
      topic: run.topic,
      personalised: facts.personalised,
      clickTracking: facts.clickTracking,
      rules: input.rules,
    },
    candidates: input.candidates.map((candidate) => ({
      sku: candidate.sku,
      name: name(candidate.sku),
      category: catalog.get(candidate.sku)?.category ?? '',
      score: candidate.score,
      reason: productReasons.find((reason) => reason === candidate.reason) ?? 'popular',
      basis: basisOf(candidate.basis),
    })),
    removed: facts.removedProducts.map(({ sku, reason }) => ({
      sku,
      name: name(sku),
      reason: removalReasons[reason] ?? 'other',
    })),
    choice: {
      variant: variant.key,
      variants: run.variants.map(({ key }) => key),
      products: facts.products.map(({ sku }) => sku),
    },
    probability: variant.share,
    experimentArms: [
      { experiment: 'global_holdout', kind: 'holdout', arm: 'treated', share: 1 - run.globalHoldoutShare },
      {
        experiment: `campaign:${run.campaignId}`,
        kind: 'holdout',
        arm: 'treated',
        share: 1 - run.holdoutShare,
      },
      { experiment: `campaign:${run.campaignId}`, kind: 'variant', arm: variant.key, share: variant.share },
    ],
    legalBasis: { kind: 'consent', entryId: input.consentEntryId },
    approverNames: run.approverNames,
    contentHash: variant.contentHash,
    modelVersions: run.modelVersions,
  };
};
