import type { Role } from '@mesure/contract';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';

export const allRoles: readonly Role[] = ['marketer', 'approver', 'admin'];

/** Refuses an actor without one of the roles: for rules that a route's access cannot say. */
export const requireRole = (actor: Actor, ...roles: readonly Role[]): void => {
  if (roles.some((role) => actor.roles.includes(role))) return;
  throw appError('forbidden', {
    message: `This needs the role ${roles.join(' or ')}. Ask an admin of the workspace.`,
    details: { roles },
  });
};

/** In the table's order and without doubles, so that the same rights are written the same way. */
export const orderRoles = (roles: readonly Role[]): Role[] => allRoles.filter((role) => roles.includes(role));

export interface MemberRights {
  readonly accountId: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
}

/** Whether somebody who can let others in remains after a change. */
export const keepsAnAdmin = (team: readonly MemberRights[], change: MemberRights): boolean =>
  team
    .map((member) => (member.accountId === change.accountId ? change : member))
    .some((member) => !member.disabled && member.roles.includes('admin'));
