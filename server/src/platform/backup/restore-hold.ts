import type { Tx } from '#platform/postgres';

export interface HeldSends {
  readonly backupAt: Date;
  readonly restoredAt: Date;
}

export interface RestoreHold {
  /** What holds this workspace's sends, or null. Read in the transaction that claims sends. */
  readonly active: (tx: Tx) => Promise<HeldSends | null>;
  /** A person has compared the provider's journal with the ledger and lets sends go on. False: nothing was held. */
  readonly release: (tx: Tx, release: { readonly by: string; readonly at: Date }) => Promise<boolean>;
}

export const createRestoreHold = (): RestoreHold => ({
  active: async (tx) =>
    (await tx.maybe<HeldSends>(
      `select backup_at as "backupAt", restored_at as "restoredAt" from restore_hold
       where workspace_id = app_workspace() and released_at is null`,
    )) ?? null,
  release: async (tx, { by, at }) =>
    (await tx.run(
      `update restore_hold set released_at = $1, released_by = $2
       where workspace_id = app_workspace() and released_at is null`,
      [at, by],
    )) > 0,
});
