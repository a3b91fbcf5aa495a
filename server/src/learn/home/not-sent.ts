import type { LedgerSummary } from '#reach/delivery';

export interface Reasons {
  readonly total: number;
  readonly byReason: readonly { readonly reason: string; readonly count: number }[];
}

export interface Holdouts {
  readonly holdout: number;
  readonly globalHoldout: number;
}

/** What was not sent, by reason, the most frequent first. Rules, draws and people who stopped it; not what came back. */
export const notSent = (
  ledger: readonly LedgerSummary[],
  holdouts: Holdouts,
  count: (row: LedgerSummary) => number,
): Reasons => {
  const counts = new Map<string, number>([
    ['holdout', holdouts.holdout],
    ['global_holdout', holdouts.globalHoldout],
  ]);
  for (const row of ledger) {
    if (row.state !== 'blocked' && row.state !== 'cancelled') continue;
    const reason = row.reason ?? row.state;
    counts.set(reason, (counts.get(reason) ?? 0) + count(row));
  }
  const byReason = [...counts]
    .filter(([, people]) => people > 0)
    .map(([reason, people]) => ({ reason, count: people }))
    .toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
  return { total: byReason.reduce((sum, row) => sum + row.count, 0), byReason };
};
