import type { Role } from '@mesure/contract';
import type { Tx } from '#platform/postgres';

export interface NewApiToken {
  readonly id: string;
  readonly name: string;
  readonly tokenHash: Buffer;
  readonly roles: readonly Role[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const insertApiToken = (tx: Tx, token: NewApiToken): Promise<number> =>
  tx.run(
    `insert into api_token (id, workspace_id, name, token_hash, roles, created_by, created_at, expires_at)
     values ($1, app_workspace(), $2, $3, $4, $5, $6, $7)`,
    [token.id, token.name, token.tokenHash, token.roles, token.createdBy, token.createdAt, token.expiresAt],
  );

export const revokeApiToken = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.run(
    `update api_token set revoked_at = $2
     where workspace_id = app_workspace() and id = $1 and revoked_at is null`,
    [id, now],
  )) === 1;

/** Once a minute at most: the screen shows days. */
export const touchApiToken = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(
    `update api_token set last_used_at = $2
     where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
    [id, now],
  );

/** The token printed at an earlier start stops working. */
export const replaceSetupToken = async (tx: Tx, tokenHash: Buffer, now: Date): Promise<void> => {
  await tx.run('delete from setup_token where used_at is null');
  await tx.run('insert into setup_token (token_hash, created_at) values ($1, $2)', [tokenHash, now]);
};

export const consumeSetupToken = async (tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> =>
  (await tx.run('update setup_token set used_at = $2 where token_hash = $1 and used_at is null', [
    tokenHash,
    now,
  ])) === 1;
