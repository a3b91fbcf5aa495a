import type { Role } from '@mesure/contract';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { AccessDeps } from './access-deps.ts';
import { lockTeam, saveRights } from './account-store.ts';
import { listMembers, type Member } from './read.ts';
import { keepsAnAdmin, type MemberRights, orderRoles } from './roles.ts';
import { deleteSessionsHere } from './session-store.ts';

interface RightsChange {
  readonly accountId: string;
  readonly action: 'team.roles_changed' | 'team.disabled' | 'team.enabled';
  readonly apply: (rights: MemberRights) => MemberRights;
}

export const createTeam = ({
  database,
  audit,
  wallClock,
}: Pick<AccessDeps, 'database' | 'audit' | 'wallClock'>) => {
  const change = (actor: Actor, { accountId, action, apply }: RightsChange): Promise<Member> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      const team = await lockTeam(tx);
      const before = team.find((member) => member.accountId === accountId);
      if (!before) throw appError('not_found', { message: 'Nobody in this workspace has this id.' });
      const after = apply(before);
      if (!keepsAnAdmin(team, after)) {
        throw appError('unprocessable', {
          message: 'This is the last admin. Make somebody else an admin first.',
          details: { reason: 'last_admin' },
        });
      }
      await saveRights(tx, after, wallClock.now());
      if (after.disabled) await deleteSessionsHere(tx, accountId);
      await audit.record(tx, {
        actor,
        action,
        subject: { kind: 'account', id: accountId },
        before: { roles: before.roles, disabled: before.disabled },
        after: { roles: after.roles, disabled: after.disabled },
      });
      const member = (await listMembers(tx)).find((listed) => listed.accountId === accountId);
      if (!member) throw appError('internal');
      return member;
    });

  return {
    list: (workspaceId: string): Promise<Member[]> => database.inWorkspace(workspaceId, listMembers),
    changeRoles: (actor: Actor, accountId: string, roles: readonly Role[]): Promise<Member> =>
      change(actor, {
        accountId,
        action: 'team.roles_changed',
        apply: (rights) => ({ ...rights, roles: orderRoles(roles) }),
      }),
    disable: (actor: Actor, accountId: string): Promise<Member> =>
      change(actor, {
        accountId,
        action: 'team.disabled',
        apply: (rights) => ({ ...rights, disabled: true }),
      }),
    enable: (actor: Actor, accountId: string): Promise<Member> =>
      change(actor, {
        accountId,
        action: 'team.enabled',
        apply: (rights) => ({ ...rights, disabled: false }),
      }),
  };
};

export type Team = ReturnType<typeof createTeam>;
