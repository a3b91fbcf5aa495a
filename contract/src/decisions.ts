import { z } from 'zod';
import { route } from './route.ts';

const localised = z.object({ en: z.string(), fr: z.string() });

/** The record of one decision about one person, as it was taken (G-04). Probabilities and shares in (0, 1]. */
export const decisionSchema = z.object({
  id: z.uuid(),
  campaignId: z.uuid(),
  profileId: z.uuid(),
  at: z.iso.datetime(),
  message: z.object({
    campaignName: z.string(),
    subject: z
      .string()
      .describe('as its reader got it; the template while, or if, the message was never attempted'),
    channel: z.literal('email'),
    entityId: z.uuid(),
  }),
  audienceRule: z.object({
    words: localised,
    hash: z.string(),
    values: z.array(
      z.object({ name: localised, value: z.union([z.string(), z.number(), z.boolean(), localised]) }),
    ),
    outcome: z.unknown().optional().describe('the rule as a tree with its truth for this person'),
  }),
  inputs: z.record(z.string(), z.unknown()),
  candidates: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      category: z.string(),
      score: z.number(),
      reason: z.enum(['rebuy', 'popular_in_category', 'popular', 'chosen_by_hand']),
      basis: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  removed: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      reason: z.enum(['just_bought', 'unavailable', 'sensitive', 'bought_before_sending', 'other']),
    }),
  ),
  choice: z.object({ variant: z.string(), variants: z.array(z.string()), products: z.array(z.string()) }),
  probability: z.number(),
  experimentArms: z.array(
    z.object({
      experiment: z.string(),
      kind: z.enum(['variant', 'holdout', 'component']),
      arm: z.string(),
      share: z.number(),
    }),
  ),
  legalBasis: z.object({ kind: z.literal('consent'), entryId: z.uuid() }),
  approverNames: z.array(z.string()),
  contentHash: z.string(),
  modelVersions: z.record(z.string(), z.string()),
});

const idParams = z.object({ id: z.uuid() });

export const decisionRoutes = {
  listDecisionsOfProfile: route({
    method: 'GET',
    path: '/api/profiles/:id/decisions',
    summary: 'Decisions taken about a profile, newest first',
    tag: 'decisions',
    access: 'signed-in',
    params: idParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(decisionSchema) }),
  }),
  getDecision: route({
    method: 'GET',
    path: '/api/decisions/:id',
    summary: 'One decision, as it was recorded',
    tag: 'decisions',
    access: 'signed-in',
    params: idParams,
    response: decisionSchema,
  }),
} as const;
