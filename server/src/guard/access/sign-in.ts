import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import { addressKey } from '#platform/mail';
import type { Tx } from '#platform/postgres';
import type { AccessDeps } from './access-deps.ts';
import { type Account, renewHash, replacePassword } from './account-store.ts';
import { hashNewPassword } from './new-password.ts';
import type { Passwords } from './password-hash.ts';
import { accountByEmail, accountById, type WorkspaceOfAccount, workspacesOfAccount } from './read.ts';
import { orderRoles } from './roles.ts';
import { hashToken, makeToken } from './secret-token.ts';
import { startSession } from './session.ts';
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionsOfAccount,
  insertSession,
  moveSession,
} from './session-store.ts';
import type { SignInBrake } from './sign-in-brake.ts';

export interface OpenedSession {
  /** For the cookie; kept nowhere. */
  readonly secret: string;
  readonly actor: Actor;
}

export interface SignInDeps extends AccessDeps {
  readonly passwords: Passwords;
  readonly brake: SignInBrake;
}

const actorOf = (account: Pick<Account, 'id' | 'name'>, workspace: WorkspaceOfAccount): Actor => ({
  kind: 'account',
  id: account.id,
  name: account.name,
  roles: orderRoles(workspace.roles),
  workspaceId: workspace.id,
  personId: account.id,
});

/** Opens a session inside the caller's transaction; the account's hash is the one that was just verified or written. */
export const openSession = async (
  deps: Pick<AccessDeps, 'random' | 'wallClock'>,
  tx: Tx,
  account: Pick<Account, 'id' | 'passwordHash'>,
): Promise<string> => {
  const now = deps.wallClock.now();
  const { secret, hash } = makeToken('session', deps.random);
  await deleteEndedSessions(tx, now);
  const opened = await insertSession(tx, {
    tokenHash: hash,
    accountId: account.id,
    verifiedHash: account.passwordHash,
    ...startSession(now),
  });
  if (!opened) throw appError('wrong_credentials');
  return secret;
};

const requirePerson = (actor: Actor): string => {
  if (actor.kind === 'account') return actor.id;
  throw appError('forbidden', {
    message: 'A program has no session: sign in with an e-mail address and a password.',
  });
};

export const createSignIn = (deps: SignInDeps) => {
  const { database, audit, passwords, brake } = deps;

  const verified = async (email: string, password: string, network: string): Promise<Account> => {
    const key = addressKey(email);
    await brake.check(key, network);
    const account = await database.inSystem((tx) => accountByEmail(tx, key));
    const right = await passwords.verify(password, account?.passwordHash ?? null);
    if (right && account) return account;
    await brake.failed(key, network);
    throw appError('wrong_credentials');
  };

  /** A hash from before the parameters were raised is renewed while the password is at hand (S-22). */
  const upToDate = async (account: Account, password: string): Promise<Account> => {
    if (!passwords.isOutdated(account.passwordHash)) return account;
    const newHash = await passwords.hash(password);
    await database.inSystem((tx) =>
      renewHash(tx, { accountId: account.id, verifiedHash: account.passwordHash, newHash }),
    );
    return { ...account, passwordHash: newHash };
  };

  const signIn = async (given: {
    email: string;
    password: string;
    network: string;
    workspaceId?: string | undefined;
    /** The session that the browser still had: it ends, so that nobody goes on with a planted one. */
    previous?: string | undefined;
  }): Promise<OpenedSession> => {
    const account = await upToDate(
      await verified(given.email, given.password, given.network),
      given.password,
    );
    const workspaces = await database.inSystem((tx) => workspacesOfAccount(tx, account.id));
    const workspace =
      given.workspaceId === undefined ? workspaces[0] : workspaces.find(({ id }) => id === given.workspaceId);
    // A person without a place here learns no more than a stranger does.
    if (!workspace) throw appError('wrong_credentials');
    const actor = actorOf(account, workspace);
    const secret = await database.inWorkspace(workspace.id, async (tx) => {
      if (given.previous) await deleteSession(tx, hashToken(given.previous));
      await brake.succeeded(tx, addressKey(given.email), given.network);
      const opened = await openSession(deps, tx, account);
      await audit.record(tx, {
        actor,
        action: 'access.signed_in',
        subject: { kind: 'account', id: account.id },
      });
      return opened;
    });
    return { secret, actor };
  };

  const signOut = async (actor: Actor, secret: string | undefined): Promise<void> => {
    const accountId = requirePerson(actor);
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      if (secret) await deleteSession(tx, hashToken(secret));
      await audit.record(tx, {
        actor,
        action: 'access.signed_out',
        subject: { kind: 'account', id: accountId },
      });
    });
  };

  const switchWorkspace = async (
    actor: Actor,
    given: { workspaceId: string; secret: string | undefined },
  ): Promise<OpenedSession> => {
    const accountId = requirePerson(actor);
    const workspaces = await database.inSystem((tx) => workspacesOfAccount(tx, accountId));
    const workspace = workspaces.find(({ id }) => id === given.workspaceId);
    if (!workspace) throw appError('not_found', { message: 'You have no workspace with this id.' });
    const next = actorOf({ id: accountId, name: actor.name }, workspace);
    const { secret, hash } = makeToken('session', deps.random);
    await database.inWorkspace(workspace.id, async (tx) => {
      if (!(await moveSession(tx, hashToken(given.secret ?? ''), hash))) throw appError('unauthenticated');
      await audit.record(tx, {
        actor: next,
        action: 'access.signed_in',
        subject: { kind: 'account', id: accountId },
      });
    });
    return { secret, actor: next };
  };

  const changePassword = async (
    actor: Actor,
    given: { currentPassword: string; newPassword: string; network: string },
  ): Promise<OpenedSession> => {
    const accountId = requirePerson(actor);
    const account = await database.inSystem((tx) => accountById(tx, accountId));
    if (!account) throw appError('unauthenticated');
    await verified(account.email, given.currentPassword, given.network);
    const newHash = await hashNewPassword(passwords, given.newPassword, account);
    const secret = await database.inWorkspace(actor.workspaceId, async (tx) => {
      const replaced = await replacePassword(tx, {
        accountId,
        verifiedHash: account.passwordHash,
        newHash,
        now: deps.wallClock.now(),
      });
      if (!replaced) throw appError('conflict');
      await deleteSessionsOfAccount(tx, accountId);
      const opened = await openSession(deps, tx, { id: accountId, passwordHash: newHash });
      await audit.record(tx, {
        actor,
        action: 'access.password_changed',
        subject: { kind: 'account', id: accountId },
      });
      return opened;
    });
    return { secret, actor };
  };

  return { signIn, signOut, switchWorkspace, changePassword, verified };
};

export type SignIn = ReturnType<typeof createSignIn>;
