import type { Tx } from '#platform/postgres';
import type { SendState } from './send.ts';

export interface LedgerSummary {
  readonly campaignId: string;
  readonly state: Extract<SendState, 'accepted' | 'blocked' | 'cancelled' | 'uncertain'>;
  readonly reason: string | null;
  readonly count: number;
  readonly countSince: number;
  readonly first: Date | null;
}

/** The workspace's whole ledger in one pass: what left, what did not and why, what nobody knows. */
export const ledgerSummary = (tx: Tx, since: Date): Promise<LedgerSummary[]> =>
  tx.rows<LedgerSummary>(
    `select campaign_id as "campaignId", state, reason, count(*) as count,
            count(*) filter (where finished_at >= $1) as "countSince", min(finished_at) as first
     from send
     where workspace_id = app_workspace() and state in ('accepted', 'blocked', 'cancelled', 'uncertain')
     group by campaign_id, state, reason`,
    [since],
  );

/** Campaigns on their way that do not go on. */
export const runTroubles = (
  tx: Tx,
): Promise<{ readonly campaignId: string; readonly code: string; readonly since: Date | null }[]> =>
  tx.rows(
    `select campaign_id as "campaignId", trouble as code, trouble_at as since from delivery_run
     where workspace_id = app_workspace() and status in ('open', 'paused') and trouble is not null
     order by trouble_at limit 50`,
  );
