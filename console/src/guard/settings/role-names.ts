import type { Role } from '@mesure/contract';
import { formatList } from '#platform/format';
import { say } from '#words';

export const roleNames = (roles: readonly Role[]): string =>
  formatList(roles.map((role) => say(`settings.team.roles.${role}`)));
