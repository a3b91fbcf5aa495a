import { purchases } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Database, Tx } from '#platform/postgres';
import { type BatchState, lockBatchState, saveBatch, visibleImportIds } from './batch-store.ts';
import { recordImportedPurchases } from './bulk-purchase-read.ts';
import { eventRow, type NewEvent } from './event.ts';
import { refuseUnstorable } from './storable.ts';
import { eventIdOf } from './store.ts';

export interface BulkTarget {
  readonly workspaceId: string;
  readonly importId: string;
  /** Unique within the import and the same at each attempt to write the same rows: `batch-000017`. */
  readonly token: string;
}

/** The way of imports: their batches go straight to the event store and stay invisible until `commit`. */
export interface Bulk {
  readonly open: (tx: Tx, importId: string) => Promise<void>;
  /** A few thousand events a call; each order is one event with its lines. Repeatable under the same token. */
  readonly insertEvents: (target: BulkTarget, events: readonly NewEvent[]) => Promise<void>;
  /** Makes everything visible at once, with the purchases that the purchase brake needs. */
  readonly commit: (tx: Tx, importId: string) => Promise<void>;
  /** Undo, or the end of an import that failed: nothing of it is seen any more. */
  readonly hide: (tx: Tx, importId: string) => Promise<void>;
  /** Deletes the rows of a hidden import; costs a rewrite of the parts they are in, so: later, in a quiet hour. */
  readonly purge: (workspaceId: string, importId: string) => Promise<void>;
  readonly visibleImportIds: (tx: Tx) => Promise<readonly string[]>;
}

export interface BulkDeps {
  readonly database: Database;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
}

const wrongState = (importId: string, state: BatchState | undefined, wanted: string): Error =>
  appError('conflict', {
    message: `The import is ${state ?? 'not open'}; it cannot be ${wanted}.`,
    details: { reason: 'import_state', importId, state: state ?? 'absent' },
  });

export const createBulk = ({ database, clickhouse, clock }: BulkDeps): Bulk => {
  const change = async (
    tx: Tx,
    importId: string,
    step: {
      readonly to: BatchState;
      readonly from: readonly (BatchState | undefined)[];
      readonly word: string;
    },
  ): Promise<void> => {
    const state = await lockBatchState(tx, importId);
    if (!step.from.includes(state)) throw wrongState(importId, state, step.word);
    await saveBatch(tx, importId, { state: step.to, now: clock.now() });
  };

  return {
    open: (tx, importId) => change(tx, importId, { to: 'open', from: [undefined, 'open'], word: 'opened' }),
    insertEvents: async ({ workspaceId, importId, token }, events) => {
      refuseUnstorable(events);
      await clickhouse.insert({
        table: 'events',
        // The id carries the import: undoing one import never touches the same order in another.
        rows: events.map((event) =>
          eventRow({ workspaceId, importId, eventId: eventIdOf(importId, event) }, event),
        ),
        token: `import:${importId}:${token}`,
      });
    },
    commit: async (tx, importId) => {
      await change(tx, importId, { to: 'committed', from: ['open'], word: 'committed' });
      const { workspaceId } = tx;
      if (workspaceId === null)
        throw appError('internal', { cause: new Error('Imports belong to a workspace') });
      await recordImportedPurchases(clickhouse, tx, { workspaceId, importId });
    },
    hide: async (tx, importId) => {
      await change(tx, importId, {
        to: 'hidden',
        from: [undefined, 'open', 'committed', 'hidden'],
        word: 'undone',
      });
      await purchases.forgetImport(tx, importId);
    },
    purge: async (workspaceId, importId) => {
      const state = await database.inWorkspace(workspaceId, (tx) => lockBatchState(tx, importId));
      if (state !== 'hidden' && state !== 'purged') throw wrongState(importId, state, 'purged');
      for (const table of ['events', 'profiles'])
        await clickhouse.command(
          `alter table ${table} delete where workspace_id = {workspaceId:UUID} and import_id = {importId:UUID}`,
          { workspaceId, importId },
        );
      await database.inWorkspace(workspaceId, (tx) =>
        saveBatch(tx, importId, { state: 'purged', now: clock.now() }),
      );
    },
    visibleImportIds,
  };
};
