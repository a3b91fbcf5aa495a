import { segmentsRoutes } from '@mesure/contract/segments';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { pagesOf, queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

export const segmentPages = pagesOf(segmentsRoutes.listSegments, { cursor: 'after' });
export const vocabularyQuery = { ...queryOf(segmentsRoutes.getSegmentVocabulary), staleTime: 60_000 };

const form = z.enum(['builder', 'text']).optional().catch(undefined);

export const audiencesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/audiences',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    sort: z
      .string()
      .regex(/^-?(name|size|changed)$/)
      .optional()
      .catch(undefined),
  }),
  loader: () => queryClient.prefetchInfiniteQuery(segmentPages),
  component: roomPage(() => import('./audiences-page.tsx'), 'AudiencesPage'),
});

export const newAudienceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/audiences/new',
  validateSearch: z.object({ form, from: z.uuid().optional().catch(undefined) }),
  loader: () => queryClient.prefetchQuery(vocabularyQuery),
  component: roomPage(() => import('./new-audience-page.tsx'), 'NewAudiencePage'),
});

export const audienceRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/audiences/$id',
  validateSearch: z.object({ form, days: z.literal([30, 90, 365]).optional().catch(undefined) }),
  loader: ({ params }) =>
    Promise.all([
      queryClient.prefetchQuery(queryOf(segmentsRoutes.getSegment, { params })),
      queryClient.prefetchQuery(vocabularyQuery),
    ]),
  component: roomPage(() => import('./audience-page.tsx'), 'AudiencePage'),
});

export const audiencesRoutePages = [audiencesRoute, newAudienceRoute, audienceRoute] as const;
