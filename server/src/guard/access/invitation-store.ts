import type { Role } from '@mesure/contract';
import type { Tx } from '#platform/postgres';

export interface NewInvitation {
  readonly id: string;
  readonly email: string;
  readonly emailKey: string;
  readonly roles: readonly Role[];
  readonly tokenHash: Buffer;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const insertInvitation = (tx: Tx, invitation: NewInvitation): Promise<number> =>
  tx.run(
    `insert into invitation (id, workspace_id, email, email_key, roles, token_hash, invited_by, created_at, expires_at)
     values ($1, app_workspace(), $2, $3, $4, $5, $6, $7, $8)`,
    [
      invitation.id,
      invitation.email,
      invitation.emailKey,
      invitation.roles,
      invitation.tokenHash,
      invitation.invitedBy,
      invitation.createdAt,
      invitation.expiresAt,
    ],
  );

/** A second invitation replaces the first. */
export const revokeOpenTo = (tx: Tx, emailKey: string, now: Date): Promise<number> =>
  tx.run(
    `update invitation set revoked_at = $2
     where workspace_id = app_workspace() and email_key = $1 and accepted_at is null and revoked_at is null`,
    [emailKey, now],
  );

export const revokeInvitation = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.run(
    `update invitation set revoked_at = $2
     where workspace_id = app_workspace() and id = $1 and accepted_at is null and revoked_at is null`,
    [id, now],
  )) === 1;

/** True once: whoever comes second, or too late, gets false. */
export const consumeInvitation = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.run(
    `update invitation set accepted_at = $2
     where workspace_id = app_workspace() and id = $1
       and accepted_at is null and revoked_at is null and expires_at > $2`,
    [id, now],
  )) === 1;
