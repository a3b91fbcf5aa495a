import type { Role } from '@mesure/contract';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import { addressKey } from '#platform/mail';
import { type Account, insertAccount, upsertMembership } from './account-store.ts';
import { consumeInvitation, insertInvitation, revokeInvitation, revokeOpenTo } from './invitation-store.ts';
import { hashNewPassword } from './new-password.ts';
import {
  accountByEmail,
  type Invitation,
  type InvitationOfToken,
  invitationOfToken,
  listMembers,
  openInvitations,
} from './read.ts';
import { orderRoles } from './roles.ts';
import { hashToken, makeToken } from './secret-token.ts';
import { readSettings } from './settings-store.ts';
import { type OpenedSession, openSession, type SignIn, type SignInDeps } from './sign-in.ts';

const validMs = 7 * 24 * 3_600_000;

export interface InvitationDeps extends SignInDeps {
  readonly verified: SignIn['verified'];
}

const notValid = () =>
  appError('unprocessable', {
    message:
      'This invitation is not valid any more: it was used, taken back or is older than seven days. Ask for a new one.',
    details: { reason: 'invitation_not_valid' },
  });

export const createInvitations = (deps: InvitationDeps) => {
  const { database, audit, wallClock, ids, passwords } = deps;

  const invite = (
    actor: Actor,
    given: { email: string; roles: readonly Role[] },
  ): Promise<{ invitation: Invitation; token: string; link: string }> => {
    const { secret, hash } = makeToken('invite', deps.random);
    const key = addressKey(given.email);
    return database.inWorkspace(actor.workspaceId, async (tx) => {
      const members = await listMembers(tx);
      if (members.some((member) => addressKey(member.email) === key && !member.disabled)) {
        throw appError('unprocessable', {
          message: 'This person is in the team already. Change their roles instead.',
          details: { reason: 'already_member' },
        });
      }
      const now = wallClock.now();
      const invitation: Invitation = {
        id: ids.next(),
        email: given.email.trim(),
        roles: orderRoles(given.roles),
        invitedBy: actor.name,
        expiresAt: new Date(now.getTime() + validMs),
      };
      await revokeOpenTo(tx, key, now);
      await insertInvitation(tx, { ...invitation, emailKey: key, tokenHash: hash, createdAt: now });
      await audit.record(tx, {
        actor,
        action: 'team.invited',
        subject: { kind: 'invitation', id: invitation.id },
        after: { roles: invitation.roles },
      });
      const settings = await readSettings(tx, { lock: false });
      const base = settings?.publicUrl ?? deps.baseUrl();
      return { invitation, token: secret, link: `${base}/join?token=${secret}` };
    });
  };

  const revoke = (actor: Actor, invitationId: string): Promise<void> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      if (!(await revokeInvitation(tx, invitationId, wallClock.now()))) {
        throw appError('not_found', { message: 'There is no open invitation with this id.' });
      }
      await audit.record(tx, {
        actor,
        action: 'team.invitation_revoked',
        subject: { kind: 'invitation', id: invitationId },
      });
    });

  const read = async (token: string): Promise<InvitationOfToken> => {
    const invitation = await database.inSystem((tx) =>
      invitationOfToken(tx, hashToken(token), wallClock.now()),
    );
    if (!invitation) throw notValid();
    return invitation;
  };

  /** Somebody who has an account proves it with its password; somebody new gets one. */
  const personOf = async (
    invitation: InvitationOfToken,
    given: { name: string; password: string; network: string },
  ): Promise<{ account: Account; isNew: boolean }> => {
    const existing = await database.inSystem((tx) => accountByEmail(tx, invitation.emailKey));
    if (existing) {
      return { account: await deps.verified(existing.email, given.password, given.network), isNew: false };
    }
    const person = { email: invitation.email, name: given.name };
    const passwordHash = await hashNewPassword(passwords, given.password, person);
    return { account: { id: ids.next(), ...person, passwordHash }, isNew: true };
  };

  const accept = async (given: {
    token: string;
    name: string;
    password: string;
    network: string;
  }): Promise<OpenedSession> => {
    const invitation = await read(given.token);
    const { account, isNew } = await personOf(invitation, given);
    const actor: Actor = {
      kind: 'account',
      id: account.id,
      name: account.name,
      roles: invitation.roles,
      workspaceId: invitation.workspaceId,
      personId: account.id,
    };
    const secret = await database.inWorkspace(invitation.workspaceId, async (tx) => {
      const now = wallClock.now();
      if (!(await consumeInvitation(tx, invitation.id, now))) throw notValid();
      if (isNew) await insertAccount(tx, { ...account, emailKey: invitation.emailKey }, now);
      await upsertMembership(tx, { accountId: account.id, roles: invitation.roles, now });
      const opened = await openSession(deps, tx, account);
      await audit.record(tx, {
        actor,
        action: 'team.joined',
        subject: { kind: 'account', id: account.id },
        after: { roles: invitation.roles, invitationId: invitation.id },
      });
      return opened;
    });
    return { secret, actor };
  };

  return {
    invite,
    revoke,
    read,
    accept,
    list: (workspaceId: string): Promise<Invitation[]> =>
      database.inWorkspace(workspaceId, (tx) => openInvitations(tx, wallClock.now())),
  };
};

export type Invitations = ReturnType<typeof createInvitations>;
