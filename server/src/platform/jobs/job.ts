import type { Tx } from '#platform/postgres';

export interface Job {
  /** The handler's name, `room.what_it_does`. */
  readonly name: string;
  /** Ids only: payloads are stored and logged with failures. */
  readonly payload: { readonly workspaceId: string } & Readonly<Record<string, unknown>>;
  /** Jobs of one workspace with the same name and key are one job until it starts; the later one replaces the earlier. */
  readonly key?: string;
  /**
   * Not before this instant on the wall clock of the database. For technical pauses only: schedules, windows and
   * retention follow the business clock and belong to a table that a loop reads.
   */
  readonly runAt?: Date;
  /** Default 25, with pauses that grow from seconds to hours. */
  readonly maxAttempts?: number;
}

export interface Jobs {
  /** Part of the caller's transaction: the job exists if and only if the change does. */
  readonly add: (tx: Tx, job: Job) => Promise<void>;
  readonly addAll: (tx: Tx, jobs: readonly Job[]) => Promise<void>;
}

/** Runs at least once: after a crash, again. The signal fires when the server is to stop. */
export type JobHandler = (payload: unknown, signal: AbortSignal) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;
