import type { Tx } from '#platform/postgres';

export type SuppressionReason = 'bounce' | 'complaint' | 'unsubscribed_all' | 'manual';

export interface SuppressionRow {
  readonly channel: 'email';
  readonly hash: string;
  readonly reason: SuppressionReason;
  readonly at: Date;
}

export const insertSuppressions = (tx: Tx, rows: readonly SuppressionRow[]): Promise<number> =>
  tx.run(
    `insert into suppression (workspace_id, channel, hash, reason, at)
     select app_workspace(), s.channel, s.hash, s.reason, s.at
     from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as s(channel, hash, reason, at)
     order by s.hash
     on conflict do nothing`,
    [rows.map((r) => r.channel), rows.map((r) => r.hash), rows.map((r) => r.reason), rows.map((r) => r.at)],
  );

export const deleteSuppressions = (
  tx: Tx,
  channel: string,
  lift: { readonly hashes: readonly string[]; readonly reason: SuppressionReason },
): Promise<number> =>
  tx.run(
    `delete from suppression
     where workspace_id = app_workspace() and channel = $1 and hash = any($2::text[]) and reason = $3`,
    [channel, lift.hashes, lift.reason],
  );

export const suppressedHashes = async (
  tx: Tx,
  channel: string,
  hashes: readonly string[],
): Promise<Set<string>> => {
  const rows = await tx.rows<{ hash: string }>(
    `select distinct hash from suppression
     where workspace_id = app_workspace() and channel = $1 and hash = any($2::text[])`,
    [channel, hashes],
  );
  return new Set(rows.map((row) => row.hash));
};

export interface SuppressionPage {
  readonly limit: number;
  readonly before: Pick<SuppressionRow, 'at' | 'hash' | 'reason'> | null;
}

export const newestSuppressions = (tx: Tx, page: SuppressionPage): Promise<SuppressionRow[]> =>
  tx.rows<SuppressionRow>(
    `select channel, hash, reason, at from suppression
     where workspace_id = app_workspace()
       and ($2::timestamptz is null or (at, hash, reason) < ($2::timestamptz, $3::text, $4::text))
     order by at desc, hash desc, reason desc limit $1`,
    [page.limit, page.before?.at ?? null, page.before?.hash ?? null, page.before?.reason ?? null],
  );
