import { z } from 'zod';
import { route } from './route.ts';
import { sendState } from './sends.ts';

/** draft → in_review → approved → scheduled → sending ↔ paused → finished | stopped. A change leads back to draft. */
export const campaignState = z.enum([
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'sending',
  'paused',
  'finished',
  'stopped',
]);
export type CampaignState = z.infer<typeof campaignState>;

const share = z.number().min(0).max(1);
const person = z.object({ id: z.string(), name: z.string() });
const both = z.object({ en: z.string(), fr: z.string() });

export const campaignVariant = z.object({
  /** Short and stable: it is in links and reports. */
  key: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, 'must be letters, digits, - or _ (at most 20)'),
  messageId: z.uuid(),
  /** Relative: 1 and 3 give a quarter and three quarters of the people. */
  weight: z.number().positive().max(1000),
});

export const campaignDefinition = z.object({
  name: z.string().trim().min(1).max(120),
  segmentId: z.uuid().nullable(),
  /** The topic that people may leave on the preferences page; null: marketing in general. */
  topic: z.string().min(1).max(60).nullable(),
  /** The legal entity that speaks; null: the workspace's default. */
  entityId: z.uuid().nullable(),
  variants: z
    .array(campaignVariant)
    .max(20)
    .refine(
      (variants) => new Set(variants.map(({ key }) => key)).size === variants.length,
      'each variant needs its own key',
    ),
  /** Share of eligible people who get nothing, so that the campaign can be measured. */
  holdoutShare: z.number().min(0).max(0.9),
  /** Products shown per message; 0: the message shows none. */
  productCount: z.int().min(0).max(12),
  /** A person who had enough: `block` leaves them out, `hold` waits until there is room again. */
  onPressure: z.enum(['block', 'hold']),
  /** Null: as soon as it is started. */
  startAt: z.iso.datetime({ offset: true }).nullable(),
});

const defaults = {
  segmentId: null,
  topic: null,
  entityId: null,
  variants: [],
  holdoutShare: 0.1,
  productCount: 0,
  onPressure: 'block',
  startAt: null,
} as const;

export const newCampaign = z.object({
  name: campaignDefinition.shape.name,
  segmentId: campaignDefinition.shape.segmentId.default(defaults.segmentId),
  topic: campaignDefinition.shape.topic.default(defaults.topic),
  entityId: campaignDefinition.shape.entityId.default(defaults.entityId),
  variants: campaignDefinition.shape.variants.default([...defaults.variants]),
  holdoutShare: campaignDefinition.shape.holdoutShare.default(defaults.holdoutShare),
  productCount: campaignDefinition.shape.productCount.default(defaults.productCount),
  onPressure: campaignDefinition.shape.onPressure.default(defaults.onPressure),
  startAt: campaignDefinition.shape.startAt.default(defaults.startAt),
});

export const campaignPart = z.enum([
  'name',
  'content',
  'audience',
  'schedule',
  'holdout',
  'weights',
  'products',
  'topic',
  'entity',
  'sender',
  'pressure',
]);

export const campaignApproval = z.object({
  by: person,
  at: z.iso.datetime(),
  version: z.int(),
  /** False as soon as anything that was approved is different now. */
  valid: z.boolean(),
  /** What is different from what was approved. */
  changed: z.array(campaignPart),
});

export const campaignTrouble = z.object({ code: z.string(), detail: z.string().nullable() });

export const campaign = campaignDefinition.extend({
  id: z.uuid(),
  state: campaignState,
  /** Send it back with every change: a change on top of an older version is refused (409). */
  version: z.int(),
  author: person,
  lastEditor: person,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  approval: campaignApproval.nullable(),
  /** Why it does not start or send although it should. */
  trouble: campaignTrouble.nullable(),
});
export type CampaignBody = z.infer<typeof campaign>;

export const campaignHistoryItem = z.object({
  id: z.uuid(),
  version: z.int(),
  verdict: z.enum(['submitted', 'changes_requested', 'approved', 'voided']),
  comment: z.string().nullable(),
  by: person,
  at: z.iso.datetime(),
});

const reasonCount = z.object({ rule: z.string(), reason: z.string(), count: z.int() });

export const campaignPreview = z.object({
  profileId: z.uuid(),
  variant: z.string(),
  /** Why this person is shown: the longest name, the most missing fields, another script, or by chance. */
  picked: z.enum(['longest_name', 'missing_fields', 'other_script', 'by_chance']),
  result: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), subject: z.string(), html: z.string(), text: z.string() }),
    z.object({ ok: z.literal(false), error: z.string() }),
  ]),
});

export const campaignFinding = z.object({
  variant: z.string().nullable(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: both,
});

/** What would happen if it were sent now. Nothing is written. */
export const campaignReview = z.object({
  version: z.int(),
  /** Hash of everything an approval is bound to; send it with the approval. */
  fingerprint: z.string(),
  audienceInWords: both,
  audience: z.int(),
  wouldGet: z.int(),
  removed: z.array(reasonCount),
  held: z.array(reasonCount),
  globalHoldout: z.int(),
  campaignHoldout: z.int(),
  perVariant: z.array(z.object({ variant: z.string(), share, people: z.int() })),
  /** False: the audience is so large that products were not looked up for everybody. */
  productsChecked: z.boolean(),
  previews: z.array(campaignPreview),
  findings: z.array(campaignFinding),
  /** No error among the findings: it can be submitted and approved. */
  ready: z.boolean(),
});
export type CampaignReview = z.infer<typeof campaignReview>;

export const campaignProgress = z.object({
  state: campaignState,
  audience: z.int(),
  globalHoldout: z.int(),
  campaignHoldout: z.int(),
  counts: z.record(sendState, z.int()),
  byReason: z.array(z.object({ state: sendState, reason: z.string().nullable(), count: z.int() })),
  /** audience − holdout − every state. Anything but 0 is a fault. */
  unaccounted: z.int(),
  trouble: campaignTrouble.nullable(),
});

const params = z.object({ id: z.uuid() });
const versionOnly = z.object({ version: z.int() });
const writers = ['marketer', 'admin'] as const;

const act = <const P extends string>(path: P, summary: string) =>
  ({
    method: 'POST',
    path: `/api/campaigns/:id/${path}`,
    summary,
    tag: 'campaigns',
    params,
    response: campaign,
  }) as const;

export const campaignRoutes = {
  listCampaigns: route({
    method: 'GET',
    path: '/api/campaigns',
    summary: 'Campaigns, newest first',
    tag: 'campaigns',
    access: 'signed-in',
    query: z.object({
      state: campaignState.optional(),
      cursor: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(campaign), next: z.string().optional() }),
  }),
  createCampaign: route({
    method: 'POST',
    path: '/api/campaigns',
    summary: 'Draft a campaign',
    tag: 'campaigns',
    access: writers,
    body: newCampaign,
    response: campaign,
    status: 201,
  }),
  getCampaign: route({
    method: 'GET',
    path: '/api/campaigns/:id',
    summary: 'A campaign with what people said about it',
    tag: 'campaigns',
    access: 'signed-in',
    params,
    response: campaign.extend({ history: z.array(campaignHistoryItem) }),
  }),
  updateCampaign: route({
    method: 'PATCH',
    path: '/api/campaigns/:id',
    summary: 'Change a campaign that is not sent yet; it becomes a draft again and an approval is void',
    tag: 'campaigns',
    access: writers,
    params,
    body: campaignDefinition.partial().extend({ version: z.int() }),
    response: campaign,
  }),
  duplicateCampaign: route({
    ...act('duplicate', 'Draft a new campaign with the same definition'),
    access: writers,
    body: z.object({ name: campaignDefinition.shape.name.optional() }),
    status: 201,
  }),
  reviewCampaign: route({
    method: 'GET',
    path: '/api/campaigns/:id/review',
    summary:
      'What would happen if it were sent now: who gets it, who is left out by which rule, real previews, findings',
    tag: 'campaigns',
    access: 'signed-in',
    params,
    response: campaignReview,
  }),
  submitCampaign: route({ ...act('submit', 'Ask for a review'), access: writers, body: versionOnly }),
  requestCampaignChanges: route({
    ...act('request-changes', 'Send it back with a comment'),
    access: ['approver', 'admin'],
    body: z.object({ version: z.int(), comment: z.string().trim().min(1).max(4000) }),
  }),
  approveCampaign: route({
    ...act('approve', 'Say yes to exactly this: never by the author or the last editor'),
    access: ['approver', 'admin'],
    body: z.object({
      version: z.int(),
      fingerprint: z.string(),
      comment: z.string().trim().max(4000).optional(),
    }),
  }),
  startCampaign: route({
    ...act('start', 'Start an approved campaign, now or at its time'),
    access: writers,
    body: versionOnly,
  }),
  pauseCampaign: route({ ...act('pause', 'Nothing more leaves until it is resumed'), access: 'signed-in' }),
  resumeCampaign: route({ ...act('resume', 'Go on sending'), access: writers }),
  stopCampaign: route({
    ...act('stop', 'Cancel everything that has not left yet, for good'),
    access: 'signed-in',
  }),
  testCampaign: route({
    method: 'POST',
    path: '/api/campaigns/:id/test',
    summary: 'Send one variant to yourself, marked [test]; it counts nowhere',
    tag: 'campaigns',
    access: 'signed-in',
    params,
    body: z.object({ variant: z.string(), profileId: z.uuid().optional() }),
    response: z.object({
      to: z.string(),
      outcome: z.enum(['accepted', 'rejected', 'deferred', 'uncertain']),
      detail: z.string(),
    }),
  }),
  campaignProgress: route({
    method: 'GET',
    path: '/api/campaigns/:id/progress',
    summary: 'How far it is: every person of the audience in exactly one state',
    tag: 'campaigns',
    access: 'signed-in',
    params,
    response: campaignProgress,
  }),
} as const;
