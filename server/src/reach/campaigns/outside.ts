import type { Segment } from '#know/segments';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import type { MessageVersion } from '#reach/content';
import type { RunPlan } from '#reach/delivery';
import {
  type Campaign,
  fingerprintOf,
  type OutsideHashes,
  type Parts,
  partsOf,
  variantShares,
} from './campaign.ts';
import type { CampaignsDeps } from './ports.ts';

/** Everything that a campaign points at, as it is now. */
export interface Outside extends OutsideHashes {
  readonly segment: Segment | null;
  readonly versions: ReadonlyMap<string, MessageVersion>;
  /** Who wrote these texts and drew this audience, by the ids of the people. */
  readonly writers: readonly (string | null)[];
}

export interface Standing {
  readonly outside: Outside;
  readonly parts: Parts;
  readonly fingerprint: string;
}

type Ports = Pick<CampaignsDeps, 'segments' | 'messages' | 'entities' | 'senderSeen'>;

const segmentOf = async (ports: Ports, tx: Tx, id: string | null): Promise<Segment | null> => {
  if (id === null) return null;
  try {
    return await ports.segments.get(tx, id);
  } catch (error) {
    // A removed segment is a finding of the review, not a broken page.
    if (error instanceof Error && 'code' in error && error.code === 'not_found') return null;
    throw error;
  }
};

/** What an approval of this campaign would be bound to now. */
export const standingOf = async (ports: Ports, tx: Tx, campaign: Campaign): Promise<Standing> => {
  const segment = await segmentOf(ports, tx, campaign.segmentId);
  const versions = await ports.messages.latest(
    tx,
    campaign.variants.map(({ messageId }) => messageId),
  );
  const entity = campaign.entityId
    ? await ports.entities.byId(tx, campaign.entityId)
    : await ports.entities.default(tx);
  const outside: Outside = {
    segment,
    versions,
    writers: [segment?.ruleBy ?? null, ...[...versions.values()].map(({ writtenBy }) => writtenBy)],
    contentHashes: new Map([...versions].map(([id, { contentHash }]) => [id, contentHash])),
    ruleHash: segment?.ruleHash ?? null,
    entityId: entity?.id ?? null,
    senderHash: entity && (await ports.senderSeen(tx, entity.id)),
  };
  const parts = partsOf(campaign, outside);
  return { outside, parts, fingerprint: fingerprintOf(campaign.version, parts) };
};

export interface PlanInput {
  readonly campaign: Campaign;
  readonly outside: Outside;
  readonly words: RunPlan['audienceRule']['words'];
  readonly approverNames: readonly string[];
  readonly globalHoldoutShare: number;
  readonly modelVersions: Readonly<Record<string, string>>;
}

/** What delivery must know of the campaign. Throws `unprocessable` when something it needs is not there. */
export const planOf = ({ campaign, outside, ...input }: PlanInput): RunPlan => {
  const missing = (what: string, reason: string): never => {
    throw appError('unprocessable', { message: what, details: { reason } });
  };
  const shares = variantShares(campaign.variants);
  return {
    campaignId: campaign.id,
    campaignName: campaign.name,
    entityId: outside.entityId ?? missing('Say first who speaks: set up a legal sender.', 'no_entity'),
    ...(outside.senderHash === null ? {} : { senderHash: outside.senderHash }),
    topic: campaign.topic,
    variants: campaign.variants.map(({ key, messageId }) => {
      const version = outside.versions.get(messageId);
      if (!version) return missing(`The message of variant ${key} does not exist.`, 'no_message');
      return {
        key,
        messageId,
        subject: version.subject,
        contentHash: version.contentHash,
        share: shares.get(key) ?? 0,
      };
    }),
    productCount: campaign.productCount,
    onPressure: campaign.onPressure,
    approverNames: input.approverNames,
    audienceRule: {
      words: input.words,
      hash: outside.ruleHash ?? '',
      ...(outside.segment ? { rule: outside.segment.rule } : {}),
    },
    holdoutShare: campaign.holdoutShare,
    globalHoldoutShare: input.globalHoldoutShare,
    modelVersions: input.modelVersions,
  };
};
