import { z } from 'zod';
import { brakeStateSchema } from './brake.ts';
import { route } from './route.ts';

const person = z.object({ id: z.string(), name: z.string() });

/**
 * What waits for the person who asks, the most urgent kind first:
 * delivery_hold: nothing leaves until somebody looked (subject.id: the hold) · confirm_release: somebody else asks to
 * release a brake · campaign_trouble: a campaign does not go on (detail: the code) · settle_uncertain: sends of a
 * campaign whose fate is unknown (count) · sender_problem: the sender cannot send (detail: the code) · approve: in
 * review, by somebody else · changes_requested: on a draft of yours (detail: the comment) · start: approved, not
 * started · start_import: described, not started.
 */
export const homeWaitingCode = z.enum([
  'delivery_hold',
  'confirm_release',
  'campaign_trouble',
  'settle_uncertain',
  'sender_problem',
  'approve',
  'changes_requested',
  'start',
  'start_import',
]);
export type HomeWaitingCode = z.infer<typeof homeWaitingCode>;

export const homeWaiting = z.object({
  code: homeWaitingCode,
  subject: z.object({
    kind: z.enum(['campaign', 'import', 'brake', 'delivery', 'settings']),
    /** `global` for the global brake; the workspace for settings. */
    id: z.string(),
    name: z.string().nullable(),
  }),
  count: z.int().nullable(),
  /** Who asks. */
  by: person.nullable(),
  since: z.iso.datetime().nullable(),
  detail: z.string().nullable(),
});
export type HomeWaiting = z.infer<typeof homeWaiting>;

const reasons = z.object({
  total: z.int(),
  byReason: z.array(
    z.object({
      /** `holdout` and `global_holdout`, or the rule's code such as `no_consent`. */
      reason: z.string(),
      count: z.int(),
    }),
  ),
});

/** In the order in which they are usually done. */
export const homeStepCode = z.enum([
  'sender_identity',
  'transport',
  'approver',
  'data',
  'audience',
  'message',
  'campaign',
]);
export type HomeStepCode = z.infer<typeof homeStepCode>;

const finding = z
  .object({
    status: z.enum(['proven', 'not_yet', 'harmful', 'not_comparable', 'not_started']),
    sentence: z.string(),
  })
  .nullable()
  .describe('In the language asked for; null: not worked out yet');

export const home = z.object({
  asOf: z.iso.datetime(),
  waiting: z.array(homeWaiting).describe('At most 50 of each code'),
  happened: z.object({
    since: z.iso.datetime().describe('Midnight of the workspace’s day seven days ago: also of `last7Days`'),
    sent: z.int().describe('Messages that a mail server took'),
    clicks: z.int().describe('People recognised by their consent, plus clicks without a person; no programs'),
    unsubscribed: z.int(),
    orders: z.int(),
    finished: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          finishedAt: z.iso.datetime(),
          finding,
        }),
      )
      .describe(
        'Campaigns that ended sending since then or whose result is new, the latest first; at most 5',
      ),
  }),
  notSent: z.object({ last7Days: reasons, sinceStart: reasons }),
  steps: z.array(z.object({ code: homeStepCode, done: z.boolean() })),
  brake: z.object({
    engaged: z.boolean().describe('The global one'),
    state: brakeStateSchema,
    campaigns: z.int().describe('Campaign brakes that are engaged'),
  }),
});
export type HomeBody = z.infer<typeof home>;

export const homeFindings = z.object({
  items: z.array(
    z.object({
      campaignId: z.uuid(),
      people: z.int().nullable().describe('The audience as counted at the start'),
      finding,
    }),
  ),
});
export type HomeFindings = z.infer<typeof homeFindings>;

export const homeRoutes = {
  readHome: route({
    method: 'GET',
    path: '/api/home',
    summary: 'What waits for you, what happened, how much was not sent and why, and the brake',
    tag: 'home',
    access: 'signed-in',
    query: z.object({ language: z.enum(['en', 'fr']).default('en') }),
    response: home,
  }),
  listFindings: route({
    method: 'GET',
    path: '/api/home/findings',
    summary:
      'What each of the newest 100 campaigns that began changed, as worked out within the last hour; asking is cheap',
    tag: 'home',
    access: 'signed-in',
    query: z.object({ language: z.enum(['en', 'fr']).default('en') }),
    response: homeFindings,
  }),
} as const;
