import type { Tx } from '#platform/postgres';
import type { Run, RunPlan, RunStatus } from './run-plan.ts';
import type { Send, SendState, StateCount } from './send.ts';

interface RunRow {
  readonly campaign_id: string;
  readonly status: RunStatus;
  readonly plan: RunPlan;
  readonly trouble: string | null;
  readonly trouble_detail: string | null;
  readonly trouble_at: Date | null;
}

const toRun = (row: RunRow): Run => ({
  campaignId: row.campaign_id,
  status: row.status,
  plan: row.plan,
  trouble:
    row.trouble && row.trouble_at
      ? { code: row.trouble, detail: row.trouble_detail, since: row.trouble_at }
      : null,
});

export const runById = async (tx: Tx, campaignId: string): Promise<Run | undefined> => {
  const row = await tx.maybe<RunRow>(
    `select campaign_id, status, plan, trouble, trouble_detail, trouble_at from delivery_run where campaign_id = $1`,
    [campaignId],
  );
  return row && toRun(row);
};

/** Open runs with something due, the longest open first. */
export const runsWithDueSends = async (tx: Tx, now: Date): Promise<string[]> =>
  (
    await tx.rows<{ campaign_id: string }>(
      `select run.campaign_id from delivery_run run
       cross join lateral (
         select 1 from send where send.workspace_id = app_workspace() and send.campaign_id = run.campaign_id
           and send.due_at <= $1 limit 1) due
       where run.status = 'open'
       order by run.opened_at, run.campaign_id`,
      [now],
    )
  ).map(({ campaign_id }) => campaign_id);

/** Of these, the campaigns with nothing waiting and nothing in a worker's hands. */
export const drainedRuns = async (tx: Tx, campaignIds: readonly string[]): Promise<string[]> =>
  (
    await tx.rows<{ campaign_id: string }>(
      `select run.campaign_id from delivery_run run
       where run.campaign_id = any($1::uuid[])
         and (select 1 from send where send.workspace_id = app_workspace()
                and send.campaign_id = run.campaign_id and send.due_at is not null limit 1) is null
         and not exists (select 1 from send_claim where send_claim.campaign_id = run.campaign_id)`,
      [campaignIds],
    )
  ).map(({ campaign_id }) => campaign_id);

export const countStates = (tx: Tx, campaignId: string): Promise<StateCount[]> =>
  tx.rows<StateCount>(
    `select state, reason, count(*) as count from send where campaign_id = $1 group by state, reason order by state, reason`,
    [campaignId],
  );

export const countByVariant = (
  tx: Tx,
  campaignId: string,
): Promise<(StateCount & { readonly variant: string | null })[]> =>
  tx.rows<StateCount & { readonly variant: string | null }>(
    `select variant, state, reason, count(*) as count from send where campaign_id = $1 group by variant, state, reason`,
    [campaignId],
  );

/** Those of these people to whom something was sent, or was to be. */
export const peopleWithSends = async (tx: Tx, profileIds: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await tx.rows<{ profile_id: string }>(
        `select distinct profile_id from send where profile_id = any($1::uuid[])`,
        [profileIds],
      )
    ).map(({ profile_id }) => profile_id),
  );

/** What counts as pressure after `since`, per person, oldest first. */
export const countedSince = async (
  tx: Tx,
  input: { readonly profileIds: readonly string[]; readonly since: Date },
): Promise<ReadonlyMap<string, readonly Date[]>> => {
  const rows = await tx.rows<{ profile_id: string; counted: Date[] }>(
    `select profile_id, array_agg(counted_at order by counted_at) as counted from send
     where workspace_id = app_workspace() and profile_id = any($1::uuid[]) and counted_at > $2
     group by profile_id`,
    [input.profileIds, input.since],
  );
  return new Map(rows.map((row) => [row.profile_id, row.counted]));
};

export const standingHold = (tx: Tx): Promise<{ readonly reason: string } | undefined> =>
  tx.maybe<{ reason: string }>(
    `select reason from delivery_hold where released_at is null order by since limit 1`,
  );

export const isHold = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(`select 1 from delivery_hold where id = $1`, [id])) !== undefined;

export interface StandingHold {
  readonly id: string;
  readonly reason: string;
  readonly since: Date;
}

export const standingHolds = (tx: Tx): Promise<StandingHold[]> =>
  tx.rows<StandingHold>(
    `select id, reason, since from delivery_hold where released_at is null order by since`,
  );

interface SendReadRow {
  readonly id: string;
  readonly campaign_id: string;
  readonly profile_id: string;
  readonly occurrence: number;
  readonly variant: string | null;
  readonly state: SendState;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly decision_id: string | null;
  readonly chosen: readonly string[] | null;
  readonly due_at: Date | null;
  readonly queued_at: Date;
  readonly claimed_at: Date | null;
  readonly attempting_at: Date | null;
  readonly finished_at: Date | null;
}

const columns = `id, campaign_id, profile_id, occurrence, variant, state, reason, detail, decision_id, chosen, due_at,
  queued_at, claimed_at, attempting_at, finished_at`;

const toSend = (row: SendReadRow): Send => ({
  id: row.id,
  campaignId: row.campaign_id,
  profileId: row.profile_id,
  occurrence: row.occurrence,
  variant: row.variant,
  state: row.state,
  reason: row.reason,
  detail: row.detail,
  decisionId: row.decision_id,
  products: row.chosen ?? [],
  dueAt: row.due_at,
  queuedAt: row.queued_at,
  claimedAt: row.claimed_at,
  attemptingAt: row.attempting_at,
  finishedAt: row.finished_at,
});

export interface SendFilter {
  readonly campaignId?: string | undefined;
  readonly profileId?: string | undefined;
  readonly state?: SendState | undefined;
  readonly reason?: string | undefined;
  /** Ids are UUIDv7: after this one, in the order asked. */
  readonly after?: string | undefined;
  readonly newestFirst?: boolean;
  readonly limit: number;
}

export const listSends = async (tx: Tx, filter: SendFilter): Promise<Send[]> => {
  const [compare, order] = filter.newestFirst ? ['<', 'desc'] : ['>', 'asc'];
  const rows = await tx.rows<SendReadRow>(
    `select ${columns} from send
     where workspace_id = app_workspace()
       and ($1::uuid is null or campaign_id = $1) and ($2::uuid is null or profile_id = $2)
       and ($3::text is null or state = $3) and ($4::text is null or reason = $4)
       and ($5::uuid is null or id ${compare} $5)
     order by id ${order} limit $6`,
    [
      filter.campaignId ?? null,
      filter.profileId ?? null,
      filter.state ?? null,
      filter.reason ?? null,
      filter.after ?? null,
      filter.limit,
    ],
  );
  return rows.map(toSend);
};

export const sendById = async (tx: Tx, id: string): Promise<Send | undefined> => {
  const row = await tx.maybe<SendReadRow>(`select ${columns} from send where id = $1`, [id]);
  return row && toSend(row);
};
