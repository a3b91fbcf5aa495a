import type { Role } from '@mesure/contract';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import { addressKey } from '#platform/mail';
import type { Tx } from '#platform/postgres';
import { accountExists, insertAccount, replacePassword, upsertMembership } from './account-store.ts';
import { hashNewPassword } from './new-password.ts';
import { accountByEmail, listMembers } from './read.ts';
import { allRoles, orderRoles } from './roles.ts';
import { hashToken, makeToken } from './secret-token.ts';
import { deleteSessionsOfAccount } from './session-store.ts';
import { type StartingSettings, startingSettings } from './settings.ts';
import { insertWorkspace } from './settings-store.ts';
import { type OpenedSession, openSession, type SignInDeps } from './sign-in.ts';
import { consumeSetupToken, replaceSetupToken } from './token-store.ts';

export interface GivenAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

export interface EnsuredAccount {
  readonly accountId: string;
  readonly email: string;
  /** Whether the account is new or got the given password: its sessions have ended then. */
  readonly changed: boolean;
}

const setUpActor = (workspaceId: string): Actor => ({
  kind: 'system',
  id: 'set-up',
  name: 'Set-up',
  roles: allRoles,
  workspaceId,
  personId: null,
});

export const createSetUp = (deps: SignInDeps) => {
  const { database, audit, wallClock, ids, passwords } = deps;

  const makeWorkspace = async (tx: Tx, given: StartingSettings, actor: Actor): Promise<boolean> => {
    const made = await insertWorkspace(tx, startingSettings(given), wallClock.now());
    if (made) {
      await deps.onWorkspaceCreated?.(tx);
      await audit.record(tx, {
        actor,
        action: 'workspace.created',
        subject: { kind: 'workspace', id: actor.workspaceId },
        after: {
          name: given.name,
          timeZone: given.timeZone,
          currency: given.currency,
          language: given.language,
        },
      });
    }
    return made;
  };

  /** A one-time token to print at start, or null as soon as there is an account. An earlier token stops working. */
  const openSetUp = (): Promise<{ readonly token: string } | null> =>
    database.inSystem(async (tx) => {
      if (await accountExists(tx)) return null;
      const { secret, hash } = makeToken('setup', deps.random);
      await replaceSetupToken(tx, hash, wallClock.now());
      return { token: secret };
    });

  /** Whether there is no account yet. */
  const isOpen = (): Promise<boolean> =>
    database.inSystem(async (tx) => !(await accountExists(tx)), { readOnly: true });

  const setUp = async (given: {
    token: string;
    workspace: StartingSettings;
    account: Omit<GivenAccount, 'roles'>;
  }): Promise<OpenedSession> => {
    const { email, name, password } = given.account;
    const account = {
      id: ids.next(),
      email: email.trim(),
      name,
      passwordHash: await hashNewPassword(passwords, password, given.account),
    };
    const workspaceId = ids.next();
    const actor: Actor = {
      kind: 'account',
      id: account.id,
      name,
      roles: allRoles,
      workspaceId,
      personId: account.id,
    };
    const secret = await database.inWorkspace(workspaceId, async (tx) => {
      const now = wallClock.now();
      if (!(await consumeSetupToken(tx, hashToken(given.token), now)) || (await accountExists(tx))) {
        throw appError('forbidden', {
          message:
            'This set-up token is not valid. The right one is printed when the server starts, until the first account exists.',
          details: { reason: 'setup_token_not_valid' },
        });
      }
      await makeWorkspace(tx, given.workspace, actor);
      await insertAccount(tx, { ...account, emailKey: addressKey(email) }, now);
      await upsertMembership(tx, { accountId: account.id, roles: allRoles, now });
      const opened = await openSession(deps, tx, account);
      await audit.record(tx, {
        actor,
        action: 'access.set_up',
        subject: { kind: 'account', id: account.id },
        after: { roles: allRoles },
      });
      return opened;
    });
    return { secret, actor };
  };

  const createWorkspace = async (
    creator: Actor,
    given: StartingSettings,
  ): Promise<{ id: string; name: string }> => {
    const accountId = creator.personId;
    if (creator.kind !== 'account' || accountId === null) {
      throw appError('forbidden', {
        message: 'A workspace is made by a person who is signed in, who then works in it.',
      });
    }
    const workspaceId = ids.next();
    await database.inWorkspace(workspaceId, async (tx) => {
      await makeWorkspace(tx, given, { ...creator, workspaceId });
      await upsertMembership(tx, { accountId, roles: allRoles, now: wallClock.now() });
    });
    return { id: workspaceId, name: given.name };
  };

  const ensureAccount = async (tx: Tx, given: GivenAccount, actor: Actor): Promise<EnsuredAccount> => {
    const key = addressKey(given.email);
    const roles = orderRoles(given.roles);
    const now = wallClock.now();
    const existing = await accountByEmail(tx, key);
    const same = await passwords.verify(given.password, existing?.passwordHash ?? null);
    const accountId = existing?.id ?? ids.next();
    if (!existing) {
      const passwordHash = await hashNewPassword(passwords, given.password, given);
      await insertAccount(
        tx,
        { id: accountId, email: given.email, emailKey: key, name: given.name, passwordHash },
        now,
      );
    } else if (!same) {
      const newHash = await hashNewPassword(passwords, given.password, given);
      await replacePassword(tx, { accountId, verifiedHash: existing.passwordHash, newHash, now });
      await deleteSessionsOfAccount(tx, accountId);
    }
    const member = (await listMembers(tx)).find((listed) => listed.accountId === accountId);
    const changed = !same || !member || member.disabled || member.roles.join() !== roles.join();
    if (changed) {
      await upsertMembership(tx, { accountId, roles, now });
      await audit.record(tx, {
        actor,
        action: 'team.ensured',
        subject: { kind: 'account', id: accountId },
        after: { roles, passwordSet: !same },
      });
    }
    return { accountId, email: given.email, changed: !same };
  };

  /**
   * A workspace and accounts that the program itself brings (the demo): the second call with the same values changes
   * nothing. Settings of a workspace that is there already are left alone.
   */
  const ensureAccounts = (given: {
    readonly workspaceId: string;
    readonly settings: StartingSettings;
    readonly accounts: readonly GivenAccount[];
  }): Promise<EnsuredAccount[]> =>
    database.inWorkspace(given.workspaceId, async (tx) => {
      const actor = setUpActor(given.workspaceId);
      await makeWorkspace(tx, given.settings, actor);
      const ensured: EnsuredAccount[] = [];
      for (const account of given.accounts) ensured.push(await ensureAccount(tx, account, actor));
      return ensured;
    });

  return { openSetUp, isOpen, setUp, createWorkspace, ensureAccounts };
};

export type SetUp = ReturnType<typeof createSetUp>;
