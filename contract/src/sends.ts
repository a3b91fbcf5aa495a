import { z } from 'zod';
import { route } from './route.ts';

/** Every state of a send. `held` and `queued` wait; `claimed` and `attempting` are in a worker's hands; the rest is final. */
export const sendState = z.enum([
  'queued',
  'held',
  'claimed',
  'attempting',
  'accepted',
  'rejected',
  'uncertain',
  'blocked',
  'cancelled',
]);
export type SendState = z.infer<typeof sendState>;

export const sendItem = z.object({
  id: z.uuid(),
  campaignId: z.uuid(),
  profileId: z.uuid(),
  /** Name, else address, else the shop's own id; null: nothing of it is known, or the person was removed. */
  person: z.string().nullable(),
  occurrence: z.int(),
  variant: z.string().nullable(),
  state: sendState,
  /** Why it is held, blocked, rejected, uncertain or cancelled: a short code such as `no_consent` or `quiet_hours`. */
  reason: z.string().nullable(),
  /** The words of the template engine or the mail server. */
  detail: z.string().nullable(),
  decisionId: z.uuid().nullable(),
  products: z.array(z.string()),
  /** When it may leave; null unless it waits. */
  dueAt: z.iso.datetime().nullable(),
  queuedAt: z.iso.datetime(),
  claimedAt: z.iso.datetime().nullable(),
  attemptingAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type SendItem = z.infer<typeof sendItem>;

const page = { cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) };

export const sendPage = z.object({ items: z.array(sendItem), next: z.string().optional() });

export const deliveryHold = z.object({
  id: z.uuid(),
  reason: z.string(),
  since: z.iso.datetime(),
});

export const sendRoutes = {
  listCampaignSends: route({
    method: 'GET',
    path: '/api/campaigns/:id/sends',
    summary: 'The sends of a campaign, with state and reason',
    tag: 'sends',
    access: 'signed-in',
    params: z.object({ id: z.uuid() }),
    query: z.object({ state: sendState.optional(), reason: z.string().optional(), ...page }),
    response: sendPage,
  }),
  listProfileSends: route({
    method: 'GET',
    path: '/api/profiles/:id/sends',
    summary: 'Every send to one person, newest first',
    tag: 'sends',
    access: 'signed-in',
    params: z.object({ id: z.uuid() }),
    query: z.object(page),
    response: sendPage,
  }),
  settleUncertainSend: route({
    method: 'POST',
    path: '/api/sends/:id/settle',
    summary:
      'Say what became of an uncertain send: it reached the provider, or it did not (it is then not sent again)',
    tag: 'sends',
    access: ['marketer', 'admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({ as: z.enum(['accepted', 'cancelled']), comment: z.string().min(1).max(1000) }),
    response: sendItem,
  }),
  listDeliveryHolds: route({
    method: 'GET',
    path: '/api/delivery/holds',
    summary: 'What keeps every send back, for instance after a restore',
    tag: 'sends',
    access: 'signed-in',
    response: z.object({ items: z.array(deliveryHold) }),
  }),
  releaseDeliveryHold: route({
    method: 'POST',
    path: '/api/delivery/holds/:id/release',
    summary: 'Let sends leave again after a restore was looked at',
    tag: 'sends',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({ comment: z.string().min(1).max(1000) }),
    response: z.object({ released: z.boolean() }),
  }),
} as const;
