import { z } from 'zod';
import { route } from './route.ts';

export const languageSchema = z.enum(['fr', 'en']);
export type Language = z.infer<typeof languageSchema>;

export const traitValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export type TraitValue = z.infer<typeof traitValueSchema>;

/** What we know of one person. `simulated`: made up for a demonstration, and shown as such. */
export const profileSchema = z.object({
  id: z.uuid(),
  externalId: z.string().nullable(),
  email: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  language: languageSchema.nullable(),
  timeZone: z.string().nullable().describe('IANA name'),
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  traits: z.record(z.string(), traitValueSchema),
  simulated: z.boolean(),
});
export type ProfileBody = z.infer<typeof profileSchema>;

export const timelineEntrySchema = z.object({
  eventId: z.uuid(),
  name: z.string(),
  at: z.iso.datetime(),
  source: z.string(),
  text: z.record(z.string(), z.string()),
  numbers: z.record(z.string(), z.number()),
  order: z
    .object({
      id: z.string(),
      currency: z.string(),
      revenueMinor: z.int().describe('Minor units; negative for a refund'),
      items: z.array(
        z.object({ sku: z.string(), name: z.string(), quantity: z.string(), totalMinor: z.int() }),
      ),
    })
    .nullable(),
});
export type TimelineEntryBody = z.infer<typeof timelineEntrySchema>;

const idParams = z.object({ id: z.uuid() });

export const profilesRoutes = {
  listProfiles: route({
    method: 'GET',
    path: '/api/profiles',
    summary: 'List people, or search them by the beginning of their e-mail address, external id or name',
    tag: 'profiles',
    access: 'signed-in',
    query: z.object({
      search: z
        .string()
        .max(200)
        .optional()
        .describe('Beginning of an e-mail address, an external id, a first or last name'),
      limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50'),
      after: z.uuid().optional().describe('The `next` of the page before; a search has one page'),
    }),
    response: z.object({ items: z.array(profileSchema), next: z.string().optional() }),
  }),
  getProfile: route({
    method: 'GET',
    path: '/api/profiles/:id',
    summary: 'One person',
    tag: 'profiles',
    access: 'signed-in',
    params: idParams,
    response: profileSchema,
  }),
  getProfileTimeline: route({
    method: 'GET',
    path: '/api/profiles/:id/timeline',
    summary: 'What one person did, newest first',
    tag: 'profiles',
    access: 'signed-in',
    params: idParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50'),
      before: z.iso.datetime({ offset: true }).optional().describe('Only events before this instant'),
    }),
    response: z.object({ items: z.array(timelineEntrySchema), next: z.string().optional() }),
  }),
} as const;
