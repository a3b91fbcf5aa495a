import { catcherRoutes } from '@mesure/contract/catcher';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

export const mailParts = ['message', 'text', 'links', 'headers', 'source'] as const;

const search = z.string().max(200).optional().catch(undefined);

export const catcherRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/catcher',
  validateSearch: z.object({ search }),
  component: roomPage(() => import('./catcher-page.tsx'), 'CatcherPage'),
});

/** A message that was caught never changes: it is asked for once. */
export const mailQuery = (id: string) => ({
  ...queryOf(catcherRoutes.readCaughtMail, { params: { id } }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const mailRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/catcher/$id',
  validateSearch: z.object({ part: z.enum(mailParts).optional().catch(undefined), search }),
  loader: ({ params }) => queryClient.ensureQueryData(mailQuery(params.id)),
  component: roomPage(() => import('./mail-page.tsx'), 'MailPage'),
});

export const catcherRoutePages = [catcherRoute, mailRoute] as const;
