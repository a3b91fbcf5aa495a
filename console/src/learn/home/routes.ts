import { homeRoutes } from '@mesure/contract/home';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute } from '#platform/routing';
import { currentLanguage } from '#words';

export const homeRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/',
  /** Over which time what was not sent is counted. */
  validateSearch: z.object({ since: z.literal('start').optional().catch(undefined) }),
  loader: () =>
    void queryClient.prefetchQuery(queryOf(homeRoutes.readHome, { query: { language: currentLanguage() } })),
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
});
