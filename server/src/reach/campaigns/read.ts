import type { Tx } from '#platform/postgres';
import type { Campaign, CampaignState, Parts, Person, Variant } from './campaign.ts';

interface CampaignRow {
  readonly id: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly version: number;
  readonly segment_id: string | null;
  readonly topic: string | null;
  readonly entity_id: string | null;
  readonly holdout_share: number;
  readonly product_count: number;
  readonly on_pressure: 'block' | 'hold';
  readonly start_at: Date | null;
  readonly author_id: string;
  readonly author_name: string;
  readonly editor_id: string;
  readonly editor_name: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly audience: number | null;
  readonly global_holdout: number | null;
  readonly campaign_holdout: number | null;
  readonly trouble: string | null;
  readonly trouble_detail: string | null;
  readonly variants: readonly Variant[];
}

const columns = `c.*, (
  select coalesce(jsonb_agg(jsonb_build_object('key', v.key, 'messageId', v.message_id, 'weight', v.weight)
                            order by v.position), '[]')
  from campaign_variant v where v.workspace_id = c.workspace_id and v.campaign_id = c.id) as variants`;

const toCampaign = (row: CampaignRow): Campaign => ({
  id: row.id,
  name: row.name,
  state: row.state,
  version: row.version,
  segmentId: row.segment_id,
  topic: row.topic,
  entityId: row.entity_id,
  variants: row.variants,
  holdoutShare: row.holdout_share,
  productCount: row.product_count,
  onPressure: row.on_pressure,
  startAt: row.start_at,
  author: { id: row.author_id, name: row.author_name },
  lastEditor: { id: row.editor_id, name: row.editor_name },
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  audience: row.audience,
  globalHoldout: row.global_holdout,
  campaignHoldout: row.campaign_holdout,
  trouble: row.trouble === null ? null : { code: row.trouble, detail: row.trouble_detail },
});

export const campaignById = async (tx: Tx, id: string): Promise<Campaign | undefined> => {
  const row = await tx.maybe<CampaignRow>(`select ${columns} from campaign c where c.id = $1`, [id]);
  return row && toCampaign(row);
};

/** Held until the transaction ends: two starts, or a start and an edit, come one after the other. */
export const lockedCampaign = async (tx: Tx, id: string): Promise<Campaign | undefined> => {
  const row = await tx.maybe<CampaignRow>(
    `select ${columns} from campaign c where c.id = $1 for update of c`,
    [id],
  );
  return row && toCampaign(row);
};

export const listCampaigns = async (
  tx: Tx,
  page: {
    readonly state?: CampaignState | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<Campaign[]> =>
  (
    await tx.rows<CampaignRow>(
      `select ${columns} from campaign c
       where c.workspace_id = app_workspace() and ($1::text is null or c.state = $1) and ($2::uuid is null or c.id < $2)
       order by c.id desc limit $3`,
      [page.state ?? null, page.before ?? null, page.limit],
    )
  ).map(toCampaign);

/** Scheduled, and their time has come. */
export const dueCampaignIds = async (tx: Tx, now: Date): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select id from campaign where workspace_id = app_workspace() and state = 'scheduled'
         and (start_at is null or start_at <= $1) order by start_at nulls first, id`,
      [now],
    )
  ).map(({ id }) => id);

export const sendingCampaignIds = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select id from campaign where workspace_id = app_workspace() and state = 'sending' order by id`,
    )
  ).map(({ id }) => id);

export interface Review {
  readonly id: string;
  readonly campaignId: string;
  readonly version: number;
  readonly verdict: 'submitted' | 'changes_requested' | 'approved' | 'voided';
  readonly fingerprint: string;
  readonly parts: Parts;
  readonly comment: string | null;
  readonly by: Person;
  readonly at: Date;
}

interface ReviewRow extends Omit<Review, 'by'> {
  readonly actor_id: string;
  readonly actor_name: string;
}

const reviewColumns = `id, campaign_id as "campaignId", version, verdict, fingerprint, parts, comment, actor_id, actor_name, at`;
const toReview = ({ actor_id, actor_name, ...row }: ReviewRow): Review => ({
  ...row,
  by: { id: actor_id, name: actor_name },
});

/** Oldest first. */
export const reviewsOf = async (tx: Tx, campaignId: string): Promise<Review[]> =>
  (
    await tx.rows<ReviewRow>(
      `select ${reviewColumns} from campaign_review where campaign_id = $1 order by at, id`,
      [campaignId],
    )
  ).map(toReview);

/** Per campaign the last approval that no later verdict took back. */
export const latestApprovals = async (
  tx: Tx,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, Review>> => {
  const rows = await tx.rows<ReviewRow>(
    `select distinct on (campaign_id) ${reviewColumns} from campaign_review
     where workspace_id = app_workspace() and campaign_id = any($1::uuid[]) and verdict <> 'submitted'
     order by campaign_id, at desc, id desc`,
    [campaignIds],
  );
  return new Map(
    rows.filter(({ verdict }) => verdict === 'approved').map((row) => [row.campaignId, toReview(row)]),
  );
};
