import { z } from 'zod';
import { route } from './route.ts';

const language = z.enum(['en', 'fr']).default('en');

/** Why a product is proposed. Orders, days and people are counts; scores compare products of one list only. */
export const recommendationSchema = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  score: z.number(),
  reason: z.enum(['rebuy', 'popular_in_category', 'popular']),
  basis: z.record(z.string(), z.union([z.string(), z.number()])),
  words: z.string().describe('The reason as a sentence in the language asked for'),
});
export type Recommendation = z.infer<typeof recommendationSchema>;

export const rebuyDelaySchema = z.object({
  category: z.string(),
  days: z.int().describe('Days after a purchase during which the same product is not proposed again'),
  basis: z.enum(['learned', 'overall', 'rarely', 'assumed']),
  gaps: z.int().describe('Repeat purchases that were seen in the category'),
  words: z.string(),
});

export const recommendModelSchema = z.object({
  version: z.string(),
  refreshedAt: z.iso.datetime(),
  popularityDays: z.int(),
  overallDelayDays: z
    .int()
    .nullable()
    .describe('Null while too few repeat purchases were seen to learn anything'),
});

export const recommendRoutes = {
  listRecommendations: route({
    method: 'GET',
    path: '/api/profiles/:id/recommendations',
    summary: 'Products to propose to a profile now, best first, each with its reason',
    tag: 'recommend',
    access: 'signed-in',
    params: z.object({ id: z.uuid() }),
    query: z.object({ count: z.coerce.number().int().min(1).max(50).default(6), language }),
    response: z.object({ items: z.array(recommendationSchema) }),
  }),
  listRebuyDelays: route({
    method: 'GET',
    path: '/api/recommendations/rebuy-delays',
    summary: 'How long each category rests after a purchase, and how that was learned',
    tag: 'recommend',
    access: 'signed-in',
    query: z.object({ language }),
    response: z.object({ model: recommendModelSchema.nullable(), items: z.array(rebuyDelaySchema) }),
  }),
  refreshRecommendations: route({
    method: 'POST',
    path: '/api/recommendations/refresh',
    summary: 'Learn popularity and rebuy delays again from the orders known now',
    tag: 'recommend',
    access: ['marketer', 'admin'],
    response: recommendModelSchema,
  }),
} as const;
