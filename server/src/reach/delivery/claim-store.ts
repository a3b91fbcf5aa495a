import type { SeenInBrief } from '#know/segments';
import type { Tx } from '#platform/postgres';
import type { SendProduct } from './send.ts';

export interface DueSend {
  readonly id: string;
  readonly profileId: string;
  readonly variant: string | null;
  readonly candidates: readonly SendProduct[];
  readonly probability: number;
  readonly deferrals: number;
  readonly seen: SeenInBrief | null;
}

/** Locks rows that are due; rows in another worker's transaction are passed over. */
export const pickDue = (
  tx: Tx,
  input: { readonly campaignId: string; readonly now: Date; readonly limit: number },
): Promise<DueSend[]> =>
  tx.rows<DueSend>(
    `select id, profile_id as "profileId", variant, candidates, probability, deferrals, seen
     from send
     where workspace_id = app_workspace() and campaign_id = $1 and due_at <= $2
     order by due_at, id
     limit $3
     for no key update skip locked`,
    [input.campaignId, input.now, input.limit],
  );

export interface ClaimRow {
  readonly id: string;
  readonly campaignId: string;
  readonly sendIds: readonly string[];
  readonly worker: string;
  readonly leaseMs: number;
}

export const insertClaim = (tx: Tx, claim: ClaimRow): Promise<number> =>
  tx.run(
    `insert into send_claim (workspace_id, id, campaign_id, worker, lease_until, send_ids)
     values (app_workspace(), $1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond', $5::uuid[])`,
    [claim.id, claim.campaignId, claim.worker, claim.leaseMs, claim.sendIds],
  );

export interface ClaimedUpdate {
  readonly id: string;
  readonly decisionId: string;
  readonly chosen: readonly string[];
}

export const markClaimed = (
  tx: Tx,
  claimId: string,
  input: { readonly sends: readonly ClaimedUpdate[]; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update send set state = 'claimed', reason = null, detail = null, claim_id = $1, claimed_at = $2, counted_at = $2,
            due_at = null, decision_id = c.decision_id, chosen = c.chosen
     from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as c (id, decision_id, chosen)
     where send.workspace_id = app_workspace() and send.id = c.id and send.state in ('queued', 'held')`,
    [
      claimId,
      input.now,
      input.sends.map(({ id }) => id),
      input.sends.map(({ decisionId }) => decisionId),
      input.sends.map(({ chosen }) => JSON.stringify(chosen)),
    ],
  );

export interface KeptBack {
  readonly id: string;
  readonly state: 'blocked' | 'held';
  readonly reason: string;
  /** Null when blocked. */
  readonly until: Date | null;
}

/** Rows that a rule blocked or put off, still waiting or already claimed under `claimId`. */
export const markKeptBack = (
  tx: Tx,
  sends: readonly KeptBack[],
  input: { readonly now: Date; readonly claimId: string | null },
): Promise<number> =>
  tx.run(
    `update send set state = k.state, reason = k.reason, claim_id = null, counted_at = null,
            due_at = k.until,
            finished_at = case when k.state = 'blocked' then $1::timestamptz end
     from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as k (id, state, reason, until)
     where send.workspace_id = app_workspace() and send.id = k.id
       and case when $6::uuid is null then send.state in ('queued', 'held')
                else send.state = 'claimed' and send.claim_id = $6 end`,
    [
      input.now,
      sends.map(({ id }) => id),
      sends.map(({ state }) => state),
      sends.map(({ reason }) => reason),
      sends.map(({ until }) => until),
      input.claimId,
    ],
  );

/** Extends the lease; false when it is over or was taken away: the holder must not go on. */
export const renewClaim = async (tx: Tx, claimId: string, leaseMs: number): Promise<boolean> =>
  (await tx.run(
    `update send_claim set lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where id = $1 and lease_until > clock_timestamp()`,
    [claimId, leaseMs],
  )) === 1;

/** Back to the queue, or cancelled when the run was stopped: nothing of these has touched the network. */
export const releaseClaimed = (
  tx: Tx,
  claimId: string,
  input: { readonly ids: readonly string[]; readonly to: 'queued' | 'cancelled'; readonly now: Date },
): Promise<number> =>
  tx.run(
    `update send set state = $3, claim_id = null, claimed_at = null, counted_at = null, chosen = null,
            due_at = case when $3 = 'queued' then $4::timestamptz end,
            reason = case when $3 = 'cancelled' then 'stopped' end,
            finished_at = case when $3 = 'cancelled' then $4::timestamptz end
     where workspace_id = app_workspace() and claim_id = $1 and state = 'claimed' and id = any($2::uuid[])`,
    [claimId, input.ids, input.to, input.now],
  );

/** A message that could not be made: nothing was attempted. */
export const blockClaimed = (
  tx: Tx,
  claimId: string,
  input: {
    readonly sends: readonly { readonly id: string; readonly reason: string; readonly detail: string }[];
    readonly now: Date;
  },
): Promise<number> =>
  tx.run(
    `update send set state = 'blocked', reason = b.reason, detail = left(b.detail, 500), claim_id = null,
            counted_at = null, finished_at = $2
     from unnest($3::uuid[], $4::text[], $5::text[]) as b (id, reason, detail)
     where send.workspace_id = app_workspace() and send.id = b.id and send.claim_id = $1 and send.state = 'claimed'`,
    [
      claimId,
      input.now,
      input.sends.map(({ id }) => id),
      input.sends.map(({ reason }) => reason),
      input.sends.map(({ detail }) => detail),
    ],
  );

export const deleteClaim = (tx: Tx, claimId: string): Promise<number> =>
  tx.run(
    `delete from send_claim where id = $1 and not exists (
       select 1 from send where send.workspace_id = app_workspace() and send.id = any(send_ids) and send.claim_id = $1)`,
    [claimId],
  );

/** One round trip: the lease extended, and the run as it is now. `held` false: the lease is over or was taken away. */
export const renewAndLook = (
  tx: Tx,
  claimId: string,
  input: { readonly campaignId: string; readonly leaseMs: number },
): Promise<
  { readonly held: boolean; readonly status: string; readonly trouble: string | null } | undefined
> =>
  tx.maybe(
    `with lease as (
       update send_claim set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
       where id = $1 and lease_until > clock_timestamp() returning 1)
     select exists (select 1 from lease) as held, status, trouble from delivery_run where campaign_id = $2`,
    [claimId, input.campaignId, input.leaseMs],
  );

export interface LostClaim {
  readonly id: string;
  readonly campaignId: string;
  readonly worker: string;
}

export const pickLostClaims = (tx: Tx, which: 'expired' | 'all'): Promise<LostClaim[]> =>
  tx.rows<LostClaim>(
    `select id, campaign_id as "campaignId", worker from send_claim
     where $1 = 'all' or lease_until <= clock_timestamp()
     order by id limit 100
     for update skip locked`,
    [which],
  );

export interface Recovered {
  readonly id: string;
  readonly campaignId: string;
  readonly profileId: string;
  readonly state: 'queued' | 'cancelled' | 'uncertain';
}

/** What was only claimed goes back; what was attempting may have been taken by the provider, so nobody sends it again. */
export const recoverClaims = (tx: Tx, claimIds: readonly string[], now: Date): Promise<Recovered[]> =>
  tx.rows<Recovered>(
    `update send set
       state = case when send.state = 'attempting' then 'uncertain' when run.status = 'stopped' then 'cancelled' else 'queued' end,
       reason = case when send.state = 'attempting' then 'worker_lost' when run.status = 'stopped' then 'stopped' end,
       finished_at = case when send.state = 'attempting' or run.status = 'stopped' then $2::timestamptz end,
       counted_at = case when send.state = 'attempting' then send.counted_at end,
       due_at = case when send.state = 'claimed' and run.status <> 'stopped' then $2::timestamptz end,
       claim_id = null
     from send_claim claim join delivery_run run on run.campaign_id = claim.campaign_id
     where claim.id = any($1::uuid[]) and send.workspace_id = app_workspace() and send.id = any(claim.send_ids)
       and send.claim_id = claim.id
     returning send.id, send.campaign_id as "campaignId", send.profile_id as "profileId", send.state`,
    [claimIds, now],
  );

export const deleteClaims = (tx: Tx, claimIds: readonly string[]): Promise<number> =>
  tx.run(`delete from send_claim where id = any($1::uuid[])`, [claimIds]);
