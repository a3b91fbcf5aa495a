import type { Tx } from '#platform/postgres';
import type { SessionTimes } from './session.ts';

export interface NewSession extends SessionTimes {
  readonly tokenHash: Buffer;
  readonly accountId: string;
  /** The password hash that was verified: no session is made when it changed meanwhile. */
  readonly verifiedHash: string;
}

export const insertSession = async (tx: Tx, session: NewSession): Promise<boolean> =>
  (await tx.run(
    `insert into session (token_hash, account_id, workspace_id, created_at, seen_at, expires_at, ends_at)
     select $1, a.id, app_workspace(), $4, $4, $5, $6 from account a where a.id = $2 and a.password_hash = $3`,
    [
      session.tokenHash,
      session.accountId,
      session.verifiedHash,
      session.seenAt,
      session.expiresAt,
      session.endsAt,
    ],
  )) === 1;

export const saveTouch = (tx: Tx, tokenHash: Buffer, times: SessionTimes): Promise<number> =>
  tx.run('update session set seen_at = $2, expires_at = $3 where token_hash = $1', [
    tokenHash,
    times.seenAt,
    times.expiresAt,
  ]);

/** The same person goes on in the transaction's workspace under a new secret. */
export const moveSession = async (tx: Tx, oldHash: Buffer, newHash: Buffer): Promise<boolean> =>
  (await tx.run('update session set token_hash = $2, workspace_id = app_workspace() where token_hash = $1', [
    oldHash,
    newHash,
  ])) === 1;

export const deleteSession = (tx: Tx, tokenHash: Buffer): Promise<number> =>
  tx.run('delete from session where token_hash = $1', [tokenHash]);

/** Everywhere: the password was one for all workspaces. */
export const deleteSessionsOfAccount = (tx: Tx, accountId: string): Promise<number> =>
  tx.run('delete from session where account_id = $1', [accountId]);

export const deleteSessionsHere = (tx: Tx, accountId: string): Promise<number> =>
  tx.run('delete from session where account_id = $1 and workspace_id = app_workspace()', [accountId]);

export const deleteEndedSessions = (tx: Tx, now: Date): Promise<number> =>
  tx.run('delete from session where expires_at <= $1 or ends_at <= $1', [now]);

export const recordFailures = (tx: Tx, subjects: readonly Buffer[], at: Date): Promise<number> =>
  tx.run('insert into sign_in_failure (subject, at) select unnest($1::bytea[]), $2', [subjects, at]);

export const forgetFailures = (tx: Tx, subjects: readonly Buffer[], olderThan: Date): Promise<number> =>
  tx.run('delete from sign_in_failure where subject = any($1::bytea[]) or at < $2', [subjects, olderThan]);
