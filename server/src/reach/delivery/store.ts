import type { Tx } from '#platform/postgres';
import type { RunPlan, RunStatus } from './run-plan.ts';
import type { NewSend } from './send.ts';

const ROWS_PER_STATEMENT = 5_000;
const ROWS_WORTH_STATISTICS = 2_000;

export const insertRun = async (tx: Tx, plan: RunPlan, openedAt: Date): Promise<void> => {
  await tx.run(
    `insert into delivery_run (workspace_id, campaign_id, status, plan, opened_at)
     values (app_workspace(), $1, 'open', $2, $3)`,
    [plan.campaignId, JSON.stringify(plan), openedAt],
  );
};

/**
 * Waits until no transaction is between looking at the run's status and committing its attempts. After this lock and the
 * commit nothing new of the run reaches the network. Advisory, because many claims share it without writing the row.
 */
export const lockRunExclusively = (tx: Tx, campaignId: string): Promise<unknown> =>
  tx.run(`select pg_advisory_xact_lock(hashtextextended($1, 7301))`, [campaignId]);

export const lockRunShared = (tx: Tx, campaignId: string): Promise<unknown> =>
  tx.run(
    `select pg_advisory_xact_lock_shared(hashtextextended($1, 7301)), set_config('enable_seqscan', 'off', true)`,
    [campaignId],
  );

/**
 * For the rest of this transaction rows are found by their keys. A few hundred keys of a table of some ten thousand rows
 * look as dear to the planner as reading all of it (random_page_cost 4), and reading all of it costs 50 ms a chunk.
 */
export const findByKeys = (tx: Tx): Promise<unknown> =>
  tx.run(`select set_config('enable_seqscan', 'off', true)`);

export const changeRunStatus = (
  tx: Tx,
  campaignId: string,
  change: { readonly from: readonly RunStatus[]; readonly to: RunStatus },
): Promise<number> =>
  tx.run(
    `update delivery_run set status = $3, trouble = null where campaign_id = $1 and status = any($2::text[])`,
    [campaignId, change.from, change.to],
  );

export const setTrouble = (
  tx: Tx,
  campaignId: string,
  trouble: { readonly code: string; readonly detail: string | null; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update delivery_run set trouble = $2, trouble_detail = left($3, 500), trouble_at = $4
     where campaign_id = $1 and (trouble is distinct from $2 or trouble_detail is distinct from left($3, 500))`,
    [campaignId, trouble.code, trouble.detail, trouble.now],
  );

export const clearTrouble = (tx: Tx, campaignId: string, codes: readonly string[]): Promise<number> =>
  tx.run(
    `update delivery_run set trouble = null, trouble_detail = null, trouble_at = null
     where campaign_id = $1 and trouble = any($2::text[])`,
    [campaignId, codes],
  );

export interface SendRow extends NewSend {
  readonly id: string;
}

/** Rows whose send key exists already are left alone. Answers how many were new. */
export const insertSends = async (
  tx: Tx,
  campaignId: string,
  input: {
    readonly rows: readonly SendRow[];
    readonly now: Date;
    readonly betweenChunks: () => Promise<void>;
  },
): Promise<number> => {
  let inserted = 0;
  for (let from = 0; from < input.rows.length; from += ROWS_PER_STATEMENT) {
    const rows = input.rows.slice(from, from + ROWS_PER_STATEMENT);
    inserted += await tx.run(
      `insert into send (workspace_id, campaign_id, queued_at, due_at, id, profile_id, occurrence, variant, state, reason,
                         finished_at, candidates, probability, seen)
       select app_workspace(), $1, $2, case when r.blocked is null then $2::timestamptz end, r.id, r.profile_id, r.occurrence, r.variant,
              case when r.blocked is null then 'queued' else 'blocked' end, r.blocked,
              case when r.blocked is not null then $2::timestamptz end, r.candidates, r.probability, r.seen
       from unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::float8[], $10::jsonb[])
            as r (id, profile_id, occurrence, variant, blocked, candidates, probability, seen)
       on conflict (campaign_id, profile_id, occurrence) do nothing`,
      [
        campaignId,
        input.now,
        rows.map(({ id }) => id),
        rows.map(({ profileId }) => profileId),
        rows.map(({ occurrence }) => occurrence ?? 0),
        rows.map(({ variant }) => variant),
        rows.map(({ blocked }) => blocked ?? null),
        rows.map(({ products }) => JSON.stringify(products)),
        rows.map(({ probability }) => probability),
        rows.map(({ seen }) => (seen === undefined ? null : JSON.stringify(seen))),
      ],
    );
    await input.betweenChunks();
  }
  if (inserted >= ROWS_WORTH_STATISTICS) await tx.run('select analyze_sends()');
  return inserted;
};

export const cancelWaiting = (
  tx: Tx,
  campaignId: string,
  input: { readonly reason: string; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update send set state = 'cancelled', reason = $2, finished_at = $3, due_at = null
     where workspace_id = app_workspace() and campaign_id = $1 and due_at is not null`,
    [campaignId, input.reason, input.now],
  );

/** A person looked at the provider's records. An `accepted` keeps counting from its attempt; a `cancelled` stops counting. */
export const settleUncertain = (
  tx: Tx,
  id: string,
  input: { readonly as: 'accepted' | 'cancelled'; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update send set state = $2, reason = 'settled_by_hand', finished_at = $3,
            counted_at = case when $2 = 'accepted' then counted_at end
     where id = $1 and state = 'uncertain'`,
    [id, input.as, input.now],
  );

export const insertHold = (
  tx: Tx,
  hold: { readonly id: string; readonly reason: string; readonly since: Date },
): Promise<number> =>
  tx.run(`insert into delivery_hold (workspace_id, id, reason, since) values (app_workspace(), $1, $2, $3)`, [
    hold.id,
    hold.reason,
    hold.since,
  ]);

export const releaseHold = (
  tx: Tx,
  id: string,
  input: { readonly by: string; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update delivery_hold set released_at = $3, released_by = $2 where id = $1 and released_at is null`,
    [id, input.by, input.now],
  );
