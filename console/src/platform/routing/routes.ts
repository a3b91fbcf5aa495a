import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { ApiError, nowInside, queryClient } from '#platform/api';
import { tellTimeIn } from '#platform/format';
import { sessionQuery, settingsQuery } from '#platform/session';

/** The root of every address. Its looks are given by the shell (app/router). */
export const rootRoute = createRootRoute();

/** Everything behind the sign-in. Rooms hang their pages below it. */
export const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    try {
      const [, settings] = await Promise.all([
        queryClient.ensureQueryData(sessionQuery),
        queryClient.ensureQueryData(settingsQuery),
      ]);
      tellTimeIn(settings.timeZone);
      nowInside(true);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
      // eslint: TanStack Router's way to leave is to throw.
      throw redirect({ to: '/sign-in', search: { to: location.href === '/' ? undefined : location.href } });
    }
  },
});
