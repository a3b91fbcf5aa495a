import { accessRoutes } from '@mesure/contract/access';
import { campaignRoutes, campaignState } from '@mesure/contract/campaigns';
import { consentRoutes } from '@mesure/contract/consent';
import { messagesRoutes } from '@mesure/contract/messages';
import { segmentsRoutes } from '@mesure/contract/segments';
import { sendState } from '@mesure/contract/sends';
import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

const text = z.string().max(200).optional().catch(undefined);

export const steps = ['whom', 'what', 'when', 'check'] as const;
export type Step = (typeof steps)[number];

const listRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/campaigns',
  validateSearch: z.object({
    search: text,
    sort: text,
    state: campaignState.optional().catch(undefined),
  }),
  component: roomPage(() => import('./campaigns-page.tsx'), 'CampaignsPage'),
});

const newRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/campaigns/new',
  component: roomPage(() => import('./new-campaign-page.tsx'), 'NewCampaignPage'),
});

const campaignRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/campaigns/$id',
  validateSearch: z.object({
    sends: sendState.optional().catch(undefined),
    reason: text,
    preview: z.number().int().min(0).max(50).optional().catch(undefined),
  }),
  loader: ({ params }) =>
    void queryClient.prefetchQuery(queryOf(campaignRoutes.getCampaign, { params: { id: params.id } })),
  component: roomPage(() => import('./campaign-page.tsx'), 'CampaignPage'),
});

const editRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/campaigns/$id/edit',
  validateSearch: z.object({
    step: z.enum(steps).catch('whom'),
    preview: z.number().int().min(0).max(50).optional().catch(undefined),
  }),
  // What the steps choose from says more than a line each: nothing moves when it comes.
  loader: ({ params }) =>
    Promise.all([
      queryClient.prefetchQuery(queryOf(campaignRoutes.getCampaign, { params: { id: params.id } })),
      queryClient.prefetchQuery(queryOf(segmentsRoutes.listSegments, { query: { limit: 200 } })),
      queryClient.prefetchQuery(queryOf(messagesRoutes.listMessages, { query: { limit: 200 } })),
      queryClient.prefetchQuery(queryOf(consentRoutes.listEntities)),
      queryClient.prefetchQuery(queryOf(consentRoutes.listTopics)),
      queryClient.prefetchQuery(queryOf(accessRoutes.listTeam)),
    ]),
  component: roomPage(() => import('./edit-campaign-page.tsx'), 'EditCampaignPage'),
});

export const campaignPages = [listRoute, newRoute, campaignRoute, editRoute] as const;
