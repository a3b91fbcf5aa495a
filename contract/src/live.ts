import { z } from 'zod';
import { route } from './route.ts';

/**
 * What can change. `settings`: settings, sender, transport, signing keys, topics, entities and tokens; `customer`: one
 * profile's consents or data.
 */
export const liveKind = z.enum([
  'campaign',
  'message',
  'segment',
  'import',
  'catalog',
  'customer',
  'delivery',
  'brake',
  'settings',
  'team',
  'catcher',
  'demo',
  'other',
]);
export type LiveKind = z.infer<typeof liveKind>;

/** What two people can have open at the same time. */
export const presenceKind = z.enum(['campaign', 'message', 'segment', 'import', 'settings']);

export const presentPerson = z.object({
  /** The account, as in the session: the reader's own entry is among them. */
  id: z.string(),
  name: z.string(),
  since: z.iso.datetime(),
});
export type PresentPerson = z.infer<typeof presentPerson>;

/** The data of one event of the stream: it says where to ask again, never what is there. */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('changed'),
    kind: liveKind,
    id: z.string(),
    at: z.iso.datetime(),
  }),
  z.object({
    type: z.literal('presence'),
    kind: presenceKind,
    id: z.string(),
    people: z.array(presentPerson).describe('Everybody who edits it now; empty when the last one left'),
    at: z.iso.datetime(),
  }),
  z.object({
    type: z.literal('refetch'),
    reason: z
      .enum(['reconnected', 'lost_track'])
      .describe('Something may have been missed: ask again for whatever is shown'),
    at: z.iso.datetime(),
  }),
  z.object({
    type: z.literal('ended'),
    reason: z
      .enum(['session', 'server', 'too_many'])
      .describe(
        'session: sign in again, do not reconnect; server: reconnect; too_many: newer tabs took the place, reconnect when this one is looked at',
      ),
    at: z.iso.datetime(),
  }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

/** People are gone from a draft when they were not heard of for so long: announce every 20 s. */
export const presenceSeconds = { announceEvery: 20, forgottenAfter: 45 } as const;

/** On every answer to somebody who is signed in: the last event before the question was looked into. */
export const eventIdHeader = 'x-event-id';

export const liveRoutes = {
  openLive: route({
    method: 'GET',
    path: '/api/live',
    summary: 'Server-sent events: what changed in this workspace, so that a screen asks again',
    tag: 'live',
    access: 'signed-in',
    raw: 'events',
    query: z.object({
      after: z
        .string()
        .max(100)
        .optional()
        .describe(
          'The x-event-id of the oldest answer on the screen: whatever came since is told by `refetch`',
        ),
    }),
    response: liveEvent,
  }),
  announcePresence: route({
    method: 'PUT',
    path: '/api/presence',
    summary: 'Say every 20 s that you edit a draft, or once that you left it; answers who else edits it',
    tag: 'live',
    access: 'signed-in',
    body: z.strictObject({
      kind: presenceKind,
      id: z.string().min(1).max(100),
      editing: z.boolean().describe('false: left'),
      tab: z.string().min(1).max(64).optional().describe('Made up by the page: tells two tabs apart'),
    }),
    response: z.object({
      people: z.array(presentPerson).describe('The others'),
      elsewhere: z.boolean().describe('You have it open in another tab'),
    }),
  }),
} as const;
