import type { Role } from '@mesure/contract';
import type { Tx } from '#platform/postgres';
import type { MemberRights } from './roles.ts';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

export interface NewAccount extends Account {
  readonly emailKey: string;
}

export const accountExists = async (tx: Tx): Promise<boolean> =>
  (await tx.maybe('select 1 as found from account limit 1')) !== undefined;

export const insertAccount = (tx: Tx, account: NewAccount, now: Date): Promise<number> =>
  tx.run(
    `insert into account (id, email, email_key, name, password_hash, password_changed_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [account.id, account.email, account.emailKey, account.name, account.passwordHash, now],
  );

/** Only over the hash that was verified: false when somebody changed the password meanwhile. */
export const replacePassword = async (
  tx: Tx,
  change: { accountId: string; verifiedHash: string; newHash: string; now: Date },
): Promise<boolean> =>
  (await tx.run(
    `update account set password_hash = $3, password_changed_at = $4 where id = $1 and password_hash = $2`,
    [change.accountId, change.verifiedHash, change.newHash, change.now],
  )) === 1;

/** The same password under today's parameters: not a change of password. */
export const renewHash = (
  tx: Tx,
  renewal: { accountId: string; verifiedHash: string; newHash: string },
): Promise<number> =>
  tx.run('update account set password_hash = $3 where id = $1 and password_hash = $2', [
    renewal.accountId,
    renewal.verifiedHash,
    renewal.newHash,
  ]);

/** Joins the transaction's workspace; somebody who was there before comes back with these roles. */
export const upsertMembership = (
  tx: Tx,
  member: { accountId: string; roles: readonly Role[]; now: Date },
): Promise<number> =>
  tx.run(
    `insert into membership (workspace_id, account_id, roles, created_at) values (app_workspace(), $1, $2, $3)
     on conflict (workspace_id, account_id) do update set roles = excluded.roles, disabled_at = null`,
    [member.accountId, member.roles, member.now],
  );

/** The rights of the whole team, locked: two admins cannot remove each other at once. */
export const lockTeam = (tx: Tx): Promise<MemberRights[]> =>
  tx.rows<MemberRights>(
    `select account_id as "accountId", roles, disabled_at is not null as disabled
     from membership where workspace_id = app_workspace() order by account_id for update`,
  );

export const saveRights = (tx: Tx, rights: MemberRights, now: Date): Promise<number> =>
  tx.run(
    `update membership set roles = $2, disabled_at = case when $3 then coalesce(disabled_at, $4) end
     where workspace_id = app_workspace() and account_id = $1`,
    [rights.accountId, rights.roles, rights.disabled, now],
  );
