import type { Tx } from '#platform/postgres';

/** committed before the first network byte. Answers the rows that are still this claim's. */
export const markAttempting = async (
  tx: Tx,
  claimId: string,
  input: { readonly ids: readonly string[]; readonly now: Date },
): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(
      `update send set state = 'attempting', attempting_at = $3
       where workspace_id = app_workspace() and id = any($2::uuid[]) and claim_id = $1 and state = 'claimed'
       returning id`,
      [claimId, input.ids, input.now],
    )
  ).map(({ id }) => id);

export interface AttemptResult {
  readonly id: string;
  readonly state: 'accepted' | 'rejected' | 'uncertain' | 'held' | 'queued' | 'cancelled';
  readonly reason: string | null;
  readonly detail: string | null;
  /** When it is tried again; null for final states. */
  readonly dueAt: Date | null;
  /** Added to the deferrals of the row. */
  readonly deferrals: 0 | 1;
}

/**
 * Writes what became of the attempts, fenced by the claim: rows that were recovered meanwhile are left alone and absent
 * from the answer. What the provider took, or may have taken, counts as pressure from the answer on.
 */
export const recordResults = async (
  tx: Tx,
  claimId: string,
  input: { readonly results: readonly AttemptResult[]; readonly now: Date },
): Promise<string[]> => {
  const { results } = input;
  const rows = await tx.rows<{ id: string }>(
    `update send set state = r.state, reason = r.reason, detail = left(r.detail, 500), claim_id = null,
            due_at = r.due_at,
            deferrals = send.deferrals + r.deferrals,
            finished_at = case when r.due_at is null then $2::timestamptz end,
            counted_at = case when r.state in ('accepted', 'uncertain') then $2::timestamptz end
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::smallint[])
          as r (id, state, reason, detail, due_at, deferrals)
     where send.workspace_id = app_workspace() and send.id = r.id and send.claim_id = $1 and send.state = 'attempting'
     returning send.id`,
    [
      claimId,
      input.now,
      results.map(({ id }) => id),
      results.map(({ state }) => state),
      results.map(({ reason }) => reason),
      results.map(({ detail }) => detail),
      results.map(({ dueAt }) => dueAt),
      results.map(({ deferrals }) => deferrals),
    ],
  );
  return rows.map(({ id }) => id);
};
