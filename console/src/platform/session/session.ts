import type { Role } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { settingsRoutes } from '@mesure/contract/settings';
import { useSuspenseQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';

export const sessionQuery = { ...queryOf(accessRoutes.readSession), staleTime: 60_000 };
export const settingsQuery = { ...queryOf(settingsRoutes.readSettings), staleTime: 60_000 };

/** Who is signed in; inside the signed-in pages it is always there. */
export const useSession = () => useSuspenseQuery(sessionQuery).data;

/** Settings of the workspace: currency, time zone, name. */
export const useSettings = () => useSuspenseQuery(settingsQuery).data;

/** Whether the person has one of the roles: what they may not do is shown disabled with its reason, not hidden. */
export const useMay = (...roles: readonly Role[]): boolean => {
  const session = useSession();
  return roles.some((role) => session.roles.includes(role));
};
