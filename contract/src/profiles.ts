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

/** A person in a list or on their own page: with the dates that lists sort by. */
export const listedProfileSchema = profileSchema.extend({
  createdAt: z.iso.datetime().describe('When this system learned of them'),
  updatedAt: z.iso.datetime(),
});
export type ListedProfile = z.infer<typeof listedProfileSchema>;

/**
 * `best`: for a search; whoever it names exactly, then addresses, external ids, names and domains that begin so.
 * `name`: last name, first name; people without a name by their address.
 */
export const profileSorts = ['best', 'name', 'name_desc', 'newest', 'oldest'] as const;
export const profileSortSchema = z.enum(profileSorts);
export type ProfileSort = z.infer<typeof profileSortSchema>;

/** Up to so many matches a search can be sorted otherwise than by `best`. */
export const sortableMatches = 2000;

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
    summary: 'List people, or search them as you type',
    tag: 'profiles',
    access: 'signed-in',
    query: z.object({
      search: z
        .string()
        .max(200)
        .optional()
        .describe(
          'Beginning of an e-mail address, an external id, a first or last name, “first last”, or an e-mail domain (@example.com); any case, with or without accents',
        ),
      sort: profileSortSchema.optional().describe('Default: best for a search, newest without'),
      limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50'),
      after: z.string().max(1000).optional().describe('The `next` of the page before, of the same search'),
    }),
    response: z.object({
      items: z.array(listedProfileSchema),
      next: z.string().optional(),
      sort: profileSortSchema.describe(
        `The order given: \`best\` instead of the one asked for where more than ${sortableMatches} people match`,
      ),
    }),
  }),
  countProfiles: route({
    method: 'GET',
    path: '/api/profiles/count',
    summary: 'How many people there are; may be ten seconds old',
    tag: 'profiles',
    access: 'signed-in',
    response: z.object({ total: z.int(), at: z.iso.datetime() }),
  }),
  getProfile: route({
    method: 'GET',
    path: '/api/profiles/:id',
    summary: 'One person',
    tag: 'profiles',
    access: 'signed-in',
    params: idParams,
    response: listedProfileSchema,
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
      after: z
        .string()
        .max(100)
        .optional()
        .describe('The `next` of the page before: events of one instant come once each'),
      name: z.string().min(1).max(100).optional().describe('Only events of this name'),
    }),
    response: z.object({ items: z.array(timelineEntrySchema), next: z.string().optional() }),
  }),
} as const;
