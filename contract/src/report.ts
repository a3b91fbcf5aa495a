import { z } from 'zod';
import { route } from './route.ts';

const interval = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

/** `answered: false`: there is no number yet, and why. `needed` and `have` count people with an outcome in the scarcer arm. */
export const reportDifference = z.discriminatedUnion('answered', [
  z.object({
    answered: z.literal(true),
    absolute: interval.describe('Conversion: share of people; revenue: minor units per person'),
    relative: interval.nullable().describe('0.1 is +10 %; null while the control is not clearly above zero'),
    method: z.enum(['asymptotic', 'exact']).describe('exact: few buyers so far, no normal theory, wider'),
    verdict: z.enum(['higher', 'lower', 'not_yet']),
  }),
  z.object({
    answered: z.literal(false),
    reason: z.enum(['too_few_people', 'too_few_outcomes', 'no_variance', 'no_earlier_data']),
    needed: z.int().nullable(),
    have: z.int().nullable(),
  }),
]);

export const reportArm = z.object({
  key: z.string(),
  kind: z.enum(['variant', 'holdout', 'global_holdout']),
  plannedShare: z
    .number()
    .nullable()
    .describe('Of those randomised; null for the global holdout, which left before'),
  assigned: z
    .int()
    .describe('People drawn into this arm: everything below counts against them (intention to treat)'),
  sends: z.record(z.string(), z.int()).describe('State of the send ledger → people'),
  clickedPeople: z.int(),
  clicksWithoutPerson: z.int().describe('Clicks of people who did not consent to being recognised'),
  unsubscribed: z.int(),
  orderedPeople: z.int(),
  orders: z.int(),
  revenueMinor: z.int().describe('Orders minus refunds within the window, not capped'),
});

export const reportComparison = z.object({
  treatment: z.string().describe('A variant, or `all` for every variant together'),
  control: z.string(),
  conversion: reportDifference,
  revenue: reportDifference,
});

export const campaignReport = z.object({
  campaign: z.object({ id: z.uuid(), name: z.string(), state: z.string() }),
  asOf: z.iso.datetime(),
  currency: z.string(),
  confidence: z.number().describe('Of each interval, over all looks together'),
  window: z.object({
    days: z.int(),
    firstEligibleAt: z.iso.datetime().nullable(),
    endsAt: z.iso.datetime().nullable().describe('When the last person’s window closes'),
    complete: z.boolean(),
  }),
  arms: z.array(reportArm),
  comparisons: z.array(reportComparison),
  sampleRatio: z
    .object({ pValue: z.number(), anytimePValue: z.number(), asPlanned: z.boolean() })
    .nullable()
    .describe('Null with fewer than two arms'),
  moneyCapMinor: z
    .int()
    .nullable()
    .describe('Revenue per person is capped here for the comparison; fixed from the time before'),
  otherCurrencyOrders: z.int().describe('Orders in another currency: counted as orders, left out of revenue'),
  ledger: z.object({
    audience: z.int(),
    holdout: z.int(),
    globalHoldout: z.int(),
    states: z.record(z.string(), z.int()),
    blocked: z.array(z.object({ reason: z.string(), people: z.int() })),
    unaccounted: z
      .int()
      .describe('Audience minus holdouts minus every state of the ledger; 0 unless something is wrong'),
  }),
  finding: z.object({
    status: z.enum(['proven', 'not_yet', 'harmful', 'not_comparable', 'not_started']),
    sentence: z.string(),
  }),
});
export type CampaignReportBody = z.infer<typeof campaignReport>;

const params = z.object({ id: z.uuid() });
const query = z.object({ language: z.enum(['en', 'fr']).default('en') });

export const reportRoutes = {
  readCampaignReport: route({
    method: 'GET',
    path: '/api/campaigns/:id/report',
    summary: 'What a campaign changed so far, with intervals that may be looked at at any time',
    tag: 'reports',
    access: 'signed-in',
    params,
    query,
    response: campaignReport,
  }),
  exportCampaignReport: route({
    method: 'GET',
    path: '/api/campaigns/:id/report.csv',
    summary: 'The report as CSV, one line per arm and one for who was not drawn',
    tag: 'reports',
    access: 'signed-in',
    params,
    query,
    raw: 'response',
    response: z.string(),
  }),
} as const;
