import { createHash } from 'node:crypto';

export type CampaignState =
  | 'draft'
  | 'in_review'
  | 'approved'
  | 'scheduled'
  | 'sending'
  | 'paused'
  | 'finished'
  | 'stopped';

export interface Variant {
  readonly key: string;
  readonly messageId: string;
  /** Relative to the other variants'. */
  readonly weight: number;
}

export interface CampaignDefinition {
  readonly name: string;
  readonly segmentId: string | null;
  readonly topic: string | null;
  /** Null: the workspace's default. */
  readonly entityId: string | null;
  readonly variants: readonly Variant[];
  readonly holdoutShare: number;
  readonly productCount: number;
  readonly onPressure: 'block' | 'hold';
  /** Null: as soon as somebody starts it. */
  readonly startAt: Date | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Trouble {
  readonly code: string;
  readonly detail: string | null;
}

export interface Campaign extends CampaignDefinition {
  readonly id: string;
  readonly state: CampaignState;
  readonly version: number;
  readonly author: Person;
  readonly lastEditor: Person;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Frozen at the start; null before. */
  readonly audience: number | null;
  readonly globalHoldout: number | null;
  readonly campaignHoldout: number | null;
  readonly trouble: Trouble | null;
}

/** What an approval is bound to, part by part (P-20): the state of things outside the campaign included. */
export interface Parts {
  readonly name: string;
  readonly content: string;
  readonly audience: string;
  readonly schedule: string;
  readonly holdout: string;
  readonly weights: string;
  readonly products: string;
  readonly topic: string;
  readonly entity: string;
  /** Names and addresses that the recipient sees. */
  readonly sender: string;
  readonly pressure: string;
}

const partNames = [
  'name',
  'content',
  'audience',
  'schedule',
  'holdout',
  'weights',
  'products',
  'topic',
  'entity',
  'sender',
  'pressure',
] as const satisfies readonly (keyof Parts)[];

export interface OutsideHashes {
  /** Message id → hash of its latest version. */
  readonly contentHashes: ReadonlyMap<string, string>;
  readonly ruleHash: string | null;
  /** The entity that would speak, the default resolved. */
  readonly entityId: string | null;
  /** What the recipient would see of that entity. */
  readonly senderHash: string | null;
}

export const partsOf = (campaign: CampaignDefinition, outside: OutsideHashes): Parts => ({
  name: campaign.name,
  content: JSON.stringify(
    campaign.variants.map(({ key, messageId }) => [
      key,
      messageId,
      outside.contentHashes.get(messageId) ?? null,
    ]),
  ),
  audience: JSON.stringify([campaign.segmentId, outside.ruleHash]),
  schedule: campaign.startAt?.toISOString() ?? 'now',
  holdout: String(campaign.holdoutShare),
  weights: JSON.stringify(campaign.variants.map(({ key, weight }) => [key, weight])),
  products: String(campaign.productCount),
  topic: campaign.topic ?? '',
  entity: outside.entityId ?? '',
  sender: outside.senderHash ?? '',
  pressure: campaign.onPressure,
});

/** SHA-256 over version and parts, in a fixed order: what the approver saw, in one word. */
export const fingerprintOf = (version: number, parts: Parts): string =>
  createHash('sha256')
    .update(JSON.stringify([version, ...partNames.map((name) => [name, parts[name]])]))
    .digest('hex');

export const changedParts = (before: Parts, after: Parts): readonly (keyof Parts)[] =>
  partNames.filter((name) => before[name] !== after[name]);

export const isEditable = (state: CampaignState): boolean =>
  state === 'draft' || state === 'in_review' || state === 'approved' || state === 'scheduled';

export type ApprovalRefusal = 'person_needed' | 'own_work';

/**
 * Never by who wrote it, changed it last or submitted it, nor by a writer of its texts or its audience as they stand, also not through
 * a token of theirs (S-06).
 */
export const refusalOfApproval = (
  campaign: Pick<Campaign, 'author' | 'lastEditor'>,
  personId: string | null,
  writers: readonly (string | null)[] = [],
): ApprovalRefusal | null => {
  if (personId === null) return 'person_needed';
  return [campaign.author.id, campaign.lastEditor.id, ...writers].includes(personId) ? 'own_work' : null;
};

export const variantShares = (variants: readonly Variant[]): ReadonlyMap<string, number> => {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(variants.map(({ key, weight }) => [key, weight / total]));
};
