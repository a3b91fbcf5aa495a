import type { Role } from '@mesure/contract';
import type { Tx } from '#platform/postgres';
import type { Account } from './account-store.ts';
import type { SessionTimes } from './session.ts';

export const accountByEmail = (tx: Tx, emailKey: string): Promise<Account | undefined> =>
  tx.maybe<Account>(
    'select id, email, name, password_hash as "passwordHash" from account where email_key = $1',
    [emailKey],
  );

export const accountById = (tx: Tx, id: string): Promise<Account | undefined> =>
  tx.maybe<Account>('select id, email, name, password_hash as "passwordHash" from account where id = $1', [
    id,
  ]);

export interface WorkspaceOfAccount {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Where the account may work, the oldest membership first. */
export const workspacesOfAccount = (tx: Tx, accountId: string): Promise<WorkspaceOfAccount[]> =>
  tx.rows<WorkspaceOfAccount>(
    `select w.id, w.name, m.roles from membership m join workspace w on w.id = m.workspace_id
     where m.account_id = $1 and m.disabled_at is null order by m.created_at, w.id`,
    [accountId],
  );

export interface CurrentSession extends SessionTimes {
  readonly accountId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly workspaceId: string;
}

/** A session that is valid now, of somebody who is still let in. */
export const currentSession = (tx: Tx, tokenHash: Buffer, now: Date): Promise<CurrentSession | undefined> =>
  tx.maybe<CurrentSession>(
    `select s.account_id as "accountId", a.name, m.roles, s.workspace_id as "workspaceId",
            s.seen_at as "seenAt", s.expires_at as "expiresAt", s.ends_at as "endsAt"
     from session s
     join account a on a.id = s.account_id
     join membership m on m.account_id = s.account_id and m.workspace_id = s.workspace_id and m.disabled_at is null
     where s.token_hash = $1 and s.expires_at > $2 and s.ends_at > $2`,
    [tokenHash, now],
  );

export interface CurrentToken {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly workspaceId: string;
  readonly createdBy: string;
}

/** A token that is valid now, with the roles that its maker still has: it never outlives or outranks its maker. */
export const currentToken = (tx: Tx, tokenHash: Buffer, now: Date): Promise<CurrentToken | undefined> =>
  tx.maybe<CurrentToken>(
    `select t.id, t.name, t.workspace_id as "workspaceId", t.created_by as "createdBy",
            array(select unnest(t.roles) intersect select unnest(m.roles)) as roles
     from api_token t
     join membership m on m.account_id = t.created_by and m.workspace_id = t.workspace_id and m.disabled_at is null
     where t.token_hash = $1 and t.revoked_at is null and t.expires_at > $2`,
    [tokenHash, now],
  );

export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  readonly since: Date;
}

export const listMembers = (tx: Tx): Promise<Member[]> =>
  tx.rows<Member>(
    `select m.account_id as "accountId", a.name, a.email, m.roles, m.disabled_at is not null as disabled,
            m.created_at as since
     from membership m join account a on a.id = m.account_id
     where m.workspace_id = app_workspace() order by m.created_at, a.email_key`,
  );

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly invitedBy: string;
  readonly expiresAt: Date;
}

export const openInvitations = (tx: Tx, now: Date): Promise<Invitation[]> =>
  tx.rows<Invitation>(
    `select id, email, roles, invited_by as "invitedBy", expires_at as "expiresAt" from invitation
     where workspace_id = app_workspace() and accepted_at is null and revoked_at is null and expires_at > $1
     order by created_at desc, id desc`,
    [now],
  );

export interface InvitationOfToken extends Invitation {
  readonly emailKey: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
}

export const invitationOfToken = (
  tx: Tx,
  tokenHash: Buffer,
  now: Date,
): Promise<InvitationOfToken | undefined> =>
  tx.maybe<InvitationOfToken>(
    `select i.id, i.email, i.email_key as "emailKey", i.roles, i.invited_by as "invitedBy",
            i.expires_at as "expiresAt", i.workspace_id as "workspaceId", w.name as "workspaceName"
     from invitation i join workspace w on w.id = i.workspace_id
     where i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2`,
    [tokenHash, now],
  );

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export const liveTokens = (tx: Tx, now: Date): Promise<ApiToken[]> =>
  tx.rows<ApiToken>(
    `select t.id, t.name, t.roles, a.name as "createdBy", t.created_at as "createdAt",
            t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt"
     from api_token t join account a on a.id = t.created_by
     where t.workspace_id = app_workspace() and t.revoked_at is null and t.expires_at > $1
     order by t.created_at desc, t.id desc`,
    [now],
  );

export interface WorkspaceName {
  readonly id: string;
  readonly name: string;
}

/** Every workspace of the installation, the oldest first. */
export const listWorkspaces = (tx: Tx): Promise<WorkspaceName[]> =>
  tx.rows<WorkspaceName>('select id, name from workspace order by created_at, id');

/** Failures per subject at or after an instant, in the order asked. */
export const countFailures = async (tx: Tx, subjects: readonly Buffer[], since: Date): Promise<number[]> => {
  const rows = await tx.rows<{ failures: number }>(
    `select count(f.at) as failures
     from unnest($1::bytea[]) with ordinality as s (subject, place)
     left join sign_in_failure f on f.subject = s.subject and f.at >= $2
     group by s.place order by s.place`,
    [subjects, since],
  );
  return rows.map((row) => row.failures);
};
