import type { Tx } from '#platform/postgres';
import type { CampaignState, Person } from './campaign.ts';

/** A campaign that waits for somebody, or that ended not long ago. */
export interface WaitingCampaign {
  readonly id: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly author: Person;
  readonly lastEditor: Person;
  readonly messageIds: readonly string[];
  readonly finishedAt: Date | null;
  readonly trouble: string | null;
  /** What was said last, whatever was changed since. */
  readonly said: {
    readonly verdict: 'submitted' | 'changes_requested' | 'approved' | 'voided';
    readonly comment: string | null;
    readonly by: Person;
    readonly at: Date;
  } | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly author: Person;
  readonly editor: Person;
  readonly messages: readonly string[];
  readonly finished_at: Date | null;
  readonly trouble: string | null;
  readonly verdict: NonNullable<WaitingCampaign['said']>['verdict'] | null;
  readonly comment: string | null;
  readonly by: Person | null;
  readonly at: Date | null;
}

/** In review, approved, on their way, sent back, or ended since; the newest 200. */
export const waitingCampaigns = async (tx: Tx, endedSince: Date): Promise<readonly WaitingCampaign[]> =>
  (
    await tx.rows<Row>(
      `select c.id, c.name, c.state, jsonb_build_object('id', c.author_id, 'name', c.author_name) as author,
              jsonb_build_object('id', c.editor_id, 'name', c.editor_name) as editor, c.finished_at, c.trouble,
              array(select v.message_id from campaign_variant v
                    where v.workspace_id = c.workspace_id and v.campaign_id = c.id) as messages,
              r.verdict, r.comment, jsonb_build_object('id', r.actor_id, 'name', r.actor_name) as by, r.at
       from campaign c
       left join lateral (
         select verdict, comment, actor_id, actor_name, at from campaign_review r
         where r.workspace_id = c.workspace_id and r.campaign_id = c.id order by r.at desc, r.id desc limit 1) r on true
       where c.workspace_id = app_workspace()
         and (c.state in ('in_review', 'approved', 'scheduled', 'sending', 'paused')
              or (c.state = 'draft' and r.verdict = 'changes_requested')
              or (c.state in ('finished', 'stopped') and c.finished_at >= $1))
       order by c.id desc limit 200`,
      [endedSince],
    )
  ).map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    author: row.author,
    lastEditor: row.editor,
    messageIds: row.messages,
    finishedAt: row.finished_at,
    trouble: row.trouble,
    said:
      row.verdict && row.by && row.at
        ? { verdict: row.verdict, comment: row.comment, by: row.by, at: row.at }
        : null,
  }));

/** How many campaigns there are, and how many people the draws left out of those that started. */
export const campaignTotals = (
  tx: Tx,
  since: Date,
): Promise<{
  readonly campaigns: number;
  readonly holdout: number;
  readonly globalHoldout: number;
  readonly holdoutSince: number;
  readonly globalHoldoutSince: number;
}> =>
  tx.one(
    `select count(*) as campaigns, coalesce(sum(campaign_holdout), 0) as holdout,
            coalesce(sum(global_holdout), 0) as "globalHoldout",
            coalesce(sum(campaign_holdout) filter (where started_at >= $1), 0) as "holdoutSince",
            coalesce(sum(global_holdout) filter (where started_at >= $1), 0) as "globalHoldoutSince"
     from campaign where workspace_id = app_workspace()`,
    [since],
  );

/** The newest campaigns that began, with their audience as it was counted then. */
export const begunCampaigns = (
  tx: Tx,
  limit: number,
): Promise<readonly { readonly id: string; readonly people: number | null }[]> =>
  tx.rows(
    `select id, audience as people from campaign
     where workspace_id = app_workspace() and started_at is not null
     order by started_at desc, id desc limit $1`,
    [limit],
  );

export const campaignNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await tx.rows<{ id: string; name: string }>(
        'select id, name from campaign where workspace_id = app_workspace() and id = any($1::uuid[])',
        [ids],
      )
    ).map(({ id, name }) => [id, name]),
  );
