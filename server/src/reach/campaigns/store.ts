import type { Tx } from '#platform/postgres';
import type { CampaignDefinition, CampaignState, Parts, Person, Trouble, Variant } from './campaign.ts';

export interface CampaignInsert {
  readonly id: string;
  readonly definition: CampaignDefinition;
  readonly author: Person;
  readonly now: Date;
}

const values = ({
  name,
  segmentId,
  topic,
  entityId,
  holdoutShare,
  productCount,
  onPressure,
  startAt,
}: CampaignDefinition) => [name, segmentId, topic, entityId, holdoutShare, productCount, onPressure, startAt];

export const insertCampaign = async (
  tx: Tx,
  { id, definition, author, now }: CampaignInsert,
): Promise<void> => {
  await tx.run(
    `insert into campaign (workspace_id, id, state, version, author_id, author_name, editor_id, editor_name, created_at,
                           updated_at, name, segment_id, topic, entity_id, holdout_share, product_count, on_pressure, start_at)
     values (app_workspace(), $1, 'draft', 1, $2, $3, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, author.id, author.name, now, ...values(definition)],
  );
  await insertVariants(tx, id, definition.variants);
};

const insertVariants = async (tx: Tx, campaignId: string, variants: readonly Variant[]): Promise<void> => {
  if (variants.length === 0) return;
  await tx.run(
    `insert into campaign_variant (workspace_id, campaign_id, key, position, message_id, weight)
     select app_workspace(), $1, v.key, v.position, v.message_id, v.weight
     from unnest($2::text[], $3::int[], $4::uuid[], $5::float8[]) as v (key, position, message_id, weight)`,
    [
      campaignId,
      variants.map(({ key }) => key),
      variants.map((_, position) => position),
      variants.map(({ messageId }) => messageId),
      variants.map(({ weight }) => weight),
    ],
  );
};

/** A change leads back to draft, one version up. Zero: somebody changed it in between, or it is not editable any more. */
export const updateDefinition = async (
  tx: Tx,
  id: string,
  change: {
    readonly definition: CampaignDefinition;
    readonly version: number;
    readonly editor: Person;
    readonly now: Date;
  },
): Promise<number> => {
  const { definition, version, editor, now } = change;
  const updated = await tx.run(
    `update campaign set version = version + 1, state = 'draft', editor_id = $3, editor_name = $4, updated_at = $5,
            trouble = null, trouble_detail = null, name = $6, segment_id = $7, topic = $8, entity_id = $9,
            holdout_share = $10, product_count = $11, on_pressure = $12, start_at = $13
     where id = $1 and version = $2 and state in ('draft', 'in_review', 'approved', 'scheduled')`,
    [id, version, editor.id, editor.name, now, ...values(definition)],
  );
  if (updated === 0) return 0;
  await tx.run(`delete from campaign_variant where campaign_id = $1`, [id]);
  await insertVariants(tx, id, definition.variants);
  return updated;
};

export interface StateChange {
  readonly from: readonly CampaignState[];
  readonly to: CampaignState;
  /** Absent: whatever the version. */
  readonly version?: number;
  readonly now: Date;
  readonly trouble?: Trouble;
}

/** Zero: it is in another state or version by now. */
export const changeState = (tx: Tx, id: string, change: StateChange): Promise<number> =>
  tx.run(
    `update campaign set state = $3, updated_at = $5, trouble = $6, trouble_detail = left($7, 500),
            finished_at = case when $3 in ('finished', 'stopped') then $5::timestamptz end
     where id = $1 and state = any($2::text[]) and ($4::int is null or version = $4)`,
    [
      id,
      change.from,
      change.to,
      change.version ?? null,
      change.now,
      change.trouble?.code ?? null,
      change.trouble?.detail ?? null,
    ],
  );

export const markStarted = (
  tx: Tx,
  id: string,
  input: {
    readonly audience: number;
    readonly globalHoldout: number;
    readonly campaignHoldout: number;
    readonly now: Date;
  },
): Promise<number> =>
  tx.run(
    `update campaign set state = 'sending', started_at = $5, updated_at = $5, audience = $2, global_holdout = $3,
            campaign_holdout = $4, trouble = null, trouble_detail = null
     where id = $1 and state = 'scheduled'`,
    [id, input.audience, input.globalHoldout, input.campaignHoldout, input.now],
  );

export interface ReviewInsert {
  readonly id: string;
  readonly campaignId: string;
  readonly version: number;
  readonly verdict: 'submitted' | 'changes_requested' | 'approved' | 'voided';
  readonly fingerprint: string;
  readonly parts: Parts;
  readonly comment: string | null;
  readonly actor: Person;
  readonly now: Date;
}

export const insertReview = (tx: Tx, review: ReviewInsert): Promise<number> =>
  tx.run(
    `insert into campaign_review (workspace_id, id, campaign_id, version, verdict, fingerprint, parts, comment, actor_id,
                                  actor_name, at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      review.id,
      review.campaignId,
      review.version,
      review.verdict,
      review.fingerprint,
      JSON.stringify(review.parts),
      review.comment,
      review.actor.id,
      review.actor.name,
      review.now,
    ],
  );

/**
 * Counts a test message, one after the other for each person. Answers null when it may leave, otherwise when the oldest
 * of those that fill the hour was sent.
 */
export const countTest = async (
  tx: Tx,
  test: { readonly id: string; readonly personId: string; readonly now: Date; readonly since: Date },
  most: number,
): Promise<Date | null> => {
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('campaign_test:' || $1, 0))`, [test.personId]);
  await tx.run(`delete from campaign_test where workspace_id = app_workspace() and at <= $1`, [test.since]);
  const full = await tx.maybe<{ at: Date }>(
    `select at from campaign_test where workspace_id = app_workspace() and person_id = $1
     order by at desc, id desc offset $2 limit 1`,
    [test.personId, most - 1],
  );
  if (full) return full.at;
  await tx.run(
    `insert into campaign_test (workspace_id, id, person_id, at) values (app_workspace(), $1, $2, $3)`,
    [test.id, test.personId, test.now],
  );
  return null;
};
