import { consentRoutes } from '@mesure/contract/consent';
import { importState, importsRoutes } from '@mesure/contract/imports';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

export const importsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/imports',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    sort: z.string().max(40).optional().catch(undefined),
    state: importState.optional().catch(undefined),
  }),
  component: roomPage(() => import('./imports-page.tsx'), 'ImportsPage'),
});

export const newImportRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/imports/new',
  component: roomPage(() => import('./new-import-page.tsx'), 'NewImportPage'),
});

export const importRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/imports/$id',
  loader: ({ params }) =>
    Promise.all([
      queryClient.ensureQueryData(queryOf(importsRoutes.getImport, { params: { id: params.id } })),
      queryClient.prefetchQuery(queryOf(consentRoutes.listEntities)),
      queryClient.prefetchQuery(queryOf(consentRoutes.listTopics)),
    ]),
  component: roomPage(() => import('./import-page.tsx'), 'ImportPage'),
});

export const importsRoutePages = [importsRoute, newImportRoute, importRoute] as const;
