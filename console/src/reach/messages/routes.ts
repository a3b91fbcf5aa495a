import { messageSorts, messagesRoutes } from '@mesure/contract/messages';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

const version = z.coerce.number().int().min(1).optional().catch(undefined);

export const messagesRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/messages',
  validateSearch: z.object({
    search: z.string().max(200).optional().catch(undefined),
    sort: z.enum(messageSorts).optional().catch(undefined),
  }),
  component: roomPage(() => import('./messages-page.tsx'), 'MessagesPage'),
});

export const newMessageRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/messages/new',
  validateSearch: z.object({ language: z.enum(['en', 'fr']).optional().catch(undefined) }),
  loader: () => queryClient.ensureQueryData(queryOf(messagesRoutes.listMessageStarters)),
  component: roomPage(() => import('./starters-page.tsx'), 'StartersPage'),
});

export const messageRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/messages/$id',
  loader: ({ params }) => queryClient.ensureQueryData(queryOf(messagesRoutes.readMessage, { params })),
  component: roomPage(() => import('./message-page.tsx'), 'MessagePage'),
});

export const versionsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/messages/$id/versions',
  validateSearch: z.object({ from: version, to: version }),
  loader: ({ params }) =>
    Promise.all([
      queryClient.ensureQueryData(queryOf(messagesRoutes.readMessage, { params })),
      queryClient.ensureQueryData(queryOf(messagesRoutes.listMessageVersions, { params })),
    ]),
  component: roomPage(() => import('./versions-page.tsx'), 'VersionsPage'),
});

export const messageRoutePages = [messagesRoute, newMessageRoute, messageRoute, versionsRoute] as const;
