import type { Actor } from '#platform/http';
import type { Tx } from '#platform/postgres';

export interface AuditChange {
  readonly actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  /** `room.verb_in_the_past`: `settings.changed`. */
  readonly action: string;
  /** By id only: names and addresses of customers never enter the chain, because it cannot forget. */
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
}

export type ChainVerdict =
  | { readonly intact: true; readonly entries: number; readonly lastHash: string }
  | {
      readonly intact: false;
      readonly firstBad: number;
      readonly reason: 'changed' | 'missing' | 'unexpected' | 'cut_off';
      readonly message: string;
    };

export interface AuditDoor {
  /**
   * Adds one entry in the caller's transaction: change and entry commit together or not at all. Takes the workspace's
   * chain lock until the commit, so call it last in the transaction.
   */
  readonly record: (tx: Tx, change: AuditChange) => Promise<void>;
  /** Recomputes the chain of the transaction's workspace and names the first entry that does not fit. */
  readonly verifyChain: (tx: Tx) => Promise<ChainVerdict>;
}
