import { profilesRoutes } from '@mesure/contract/profiles';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

export const peopleRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/people',
  validateSearch: z.object({
    q: z
      .string()
      .transform((text) => text.slice(0, 200))
      .optional()
      .catch(undefined),
    sort: z.enum(['name', '-name', 'since', '-since']).optional().catch(undefined),
  }),
  component: roomPage(() => import('./people-page.tsx'), 'PeoplePage'),
});

export const personTabs = ['timeline', 'orders', 'consents', 'products', 'messages'] as const;

export const personRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/people/$id',
  validateSearch: z.object({
    tab: z.enum(personTabs).optional().catch(undefined),
    kind: z.string().max(100).optional().catch(undefined),
    send: z.uuid().optional().catch(undefined),
  }),
  loader: ({ params }) => queryClient.prefetchQuery(queryOf(profilesRoutes.getProfile, { params })),
  component: roomPage(() => import('./person-page.tsx'), 'PersonPage'),
});

export const peopleRoutePages = [peopleRoute, personRoute] as const;
