import { z } from 'zod';
import { route } from './route.ts';
import { profileFields, ruleSchema, savedRuleSchema } from './rule.ts';

export * from './rule.ts';

/** How many people a segment's rule gave, by the business clock. */
export const segmentSizeSchema = z.object({
  at: z.iso.datetime(),
  day: z.iso.date().describe('In the time zone of the workspace'),
  count: z.int(),
  total: z.int().describe('Everybody at that moment'),
  ruleHash: z.string().describe('Of the rule that was counted: it changes where the rule was changed'),
});
export type SegmentSize = z.infer<typeof segmentSizeSchema>;

export const segmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  rule: savedRuleSchema,
  ruleHash: z.string().describe('SHA-256 of the canonical rule'),
  words: z.object({ fr: z.string(), en: z.string() }).describe('The rule in words'),
  text: z.string().describe('The rule in its text form, which `parseRule` reads back'),
  size: segmentSizeSchema
    .omit({ ruleHash: true })
    .nullable()
    .describe('The latest of this rule; null while it was not counted yet'),
  version: z.int(),
  createdBy: z.string(),
  updatedBy: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('Who saved it last; null where that was not kept'),
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

const commonValues = z
  .array(z.object({ value: z.string(), times: z.int() }))
  .describe('The most frequent, most frequent first; about right');
const range = z.object({ min: z.number(), max: z.number() }).nullable().describe('Of its numbers');

/** What a rule can speak about in this workspace: what the visual builder offers and the text form completes. */
export const vocabularySchema = z.object({
  at: z.iso.datetime(),
  people: z.int(),
  fields: z.array(
    z.object({
      field: z.enum(profileFields),
      people: z.int().describe('Of whom it is known'),
      values: commonValues,
    }),
  ),
  traits: z.array(
    z.object({
      key: z.string(),
      type: z.enum(['text', 'number', 'boolean', 'mixed']),
      people: z.int(),
      values: commonValues,
      range,
    }),
  ),
  events: z.array(
    z.object({
      name: z.string(),
      times: z.int(),
      lastAt: z.iso.datetime(),
      properties: z
        .array(z.object({ key: z.string(), type: z.enum(['text', 'number']), values: commonValues, range }))
        .describe('Seen on its newest events'),
      items: z
        .object({ sku: commonValues, name: commonValues, category: commonValues })
        .nullable()
        .describe('For events with order lines'),
    }),
  ),
  currencies: z.array(z.object({ currency: z.string(), orders: z.int() })),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

export const previewSchema = z.object({
  count: z.int(),
  total: z.int().describe('Everybody, to compare with'),
  words: z.string(),
  ruleHash: z.string(),
  samples: z.array(
    z.object({
      profileId: z.uuid(),
      person: z
        .object({
          email: z.string().nullable(),
          externalId: z.string().nullable(),
          firstName: z.string().nullable(),
          lastName: z.string().nullable(),
          city: z.string().nullable(),
          country: z.string().nullable(),
          simulated: z.boolean(),
        })
        .nullable()
        .describe('null: removed a moment ago'),
      reasons: z.array(reasonSchema),
    }),
  ),
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
  getSegmentVocabulary: route({
    method: 'GET',
    path: '/api/segments/vocabulary',
    summary:
      'What rules can speak about here: fields, traits, events with common values; may be a minute old',
    tag: 'segments',
    access: 'signed-in',
    response: vocabularySchema,
  }),
  listSegmentSizes: route({
    method: 'GET',
    path: '/api/segments/:id/sizes',
    summary: 'The size of a segment over time, oldest first: one per day, and one at each change of its rule',
    tag: 'segments',
    access: 'signed-in',
    params: idParams,
    query: z.object({
      days: z.coerce.number().int().min(1).max(1100).optional().describe('Back from today; default 90'),
    }),
    response: z.object({ items: z.array(segmentSizeSchema) }),
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
  restoreSegment: route({
    method: 'POST',
    path: '/api/segments/:id/restore',
    summary: 'Take back the deletion of a segment: it keeps its id, and drafts that use it find it again',
    tag: 'segments',
    access: editors,
    params: idParams,
    response: segmentSchema,
  }),
  previewSegment: route({
    method: 'POST',
    path: '/api/segments/preview',
    summary: 'How many people a rule gives now, some of them, and why they are in; `samples` 0 only counts',
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
