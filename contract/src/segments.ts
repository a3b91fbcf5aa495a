import { z } from 'zod';
import { route } from './route.ts';
import { ruleSchema, savedRuleSchema } from './rule.ts';

export * from './rule.ts';

export const segmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  rule: savedRuleSchema,
  ruleHash: z.string().describe('SHA-256 of the canonical rule'),
  words: z.object({ fr: z.string(), en: z.string() }).describe('The rule in words'),
  version: z.int(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SegmentBody = z.infer<typeof segmentSchema>;

/** What one condition of the rule saw for one person: `rule` is its path in the tree (`rules.0.rule`). */
export const reasonSchema = z.object({
  rule: z.string(),
  words: z.string(),
  holds: z.boolean(),
  value: z
    .union([z.string(), z.number(), z.null()])
    .describe('Trait value, number of times, money in minor units'),
  lastAt: z.iso.datetime().nullable(),
});

export const previewSchema = z.object({
  count: z.int(),
  total: z.int().describe('Everybody, to compare with'),
  words: z.string(),
  ruleHash: z.string(),
  samples: z.array(z.object({ profileId: z.uuid(), reasons: z.array(reasonSchema) })),
});
export type PreviewBody = z.infer<typeof previewSchema>;

const idParams = z.object({ id: z.uuid() });
const nameSchema = z.string().trim().min(1).max(120);
const descriptionSchema = z.string().max(2000);
const editors = ['marketer', 'approver', 'admin'] as const;

export const segmentsRoutes = {
  listSegments: route({
    method: 'GET',
    path: '/api/segments',
    summary: 'List segments by name',
    tag: 'segments',
    access: 'signed-in',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 100'),
      after: z.string().max(400).optional().describe('The `next` of the page before'),
    }),
    response: z.object({ items: z.array(segmentSchema), next: z.string().optional() }),
  }),
  createSegment: route({
    method: 'POST',
    path: '/api/segments',
    summary: 'Save a rule under a name',
    tag: 'segments',
    access: editors,
    body: z.object({ name: nameSchema, description: descriptionSchema.optional(), rule: ruleSchema }),
    response: segmentSchema,
    status: 201,
  }),
  getSegment: route({
    method: 'GET',
    path: '/api/segments/:id',
    summary: 'One segment',
    tag: 'segments',
    access: 'signed-in',
    params: idParams,
    response: segmentSchema,
  }),
  updateSegment: route({
    method: 'PUT',
    path: '/api/segments/:id',
    summary: 'Change a segment; `version` is the one that was read',
    tag: 'segments',
    access: editors,
    params: idParams,
    body: z.object({
      version: z.int(),
      name: nameSchema,
      description: descriptionSchema.optional(),
      rule: ruleSchema,
    }),
    response: segmentSchema,
  }),
  deleteSegment: route({
    method: 'DELETE',
    path: '/api/segments/:id',
    summary: 'Delete a segment; campaigns that used it keep their own copy of its rule',
    tag: 'segments',
    access: editors,
    params: idParams,
    response: z.object({ id: z.uuid(), deleted: z.literal(true) }),
  }),
  previewSegment: route({
    method: 'POST',
    path: '/api/segments/preview',
    summary: 'How many people a rule gives now, some of them, and why they are in',
    tag: 'segments',
    access: 'signed-in',
    body: z.object({
      rule: ruleSchema,
      samples: z.int().min(0).max(50).optional().describe('Default 10'),
      language: z.enum(['fr', 'en']).optional(),
    }),
    response: previewSchema,
  }),
} as const;
