import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExperiments, GLOBAL_HOLDOUT, HOLDOUT } from '#choose/experiments';
import { createTestStores, type TestStores } from '#testing';
import { findingOf } from './finding.ts';
import { createMeasure, type Measure } from './index.ts';
import type { CampaignFact, SendStateCount } from './ports.ts';

const DAY = 86_400_000;
const NOBODY = '00000000-0000-0000-0000-000000000000';

let stores: TestStores;
let measure: Measure;
let campaignId: string;
let sends: SendStateCount[];
let armOf: Map<string, string>;
const experiments = createExperiments();

const fact = (): CampaignFact => ({
  id: campaignId,
  name: 'Printemps',
  state: 'sending',
  audience: 4000,
  variants: [
    { key: 'a', weight: 1 },
    { key: 'b', weight: 1 },
  ],
  holdoutShare: 0.3,
});

const event = (
  name: string,
  profileId: string,
  { daysAfter, ...more }: { readonly daysAfter: number; readonly [column: string]: unknown },
) => ({
  workspace_id: stores.workspaceId,
  event_id: stores.ids.next(),
  import_id: NOBODY,
  name,
  at: new Date(stores.clock.now().getTime() + daysAfter * DAY)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', ''),
  profile_id: profileId,
  source: 'test',
  text: {},
  numbers: {},
  order_id: '',
  currency: '',
  revenue_minor: 0,
  item_sku: [],
  item_name: [],
  item_category: [],
  item_quantity: [],
  item_unit_price: [],
  item_total_minor: [],
  item_kind: [],
  item_flags: [],
  item_line: [],
  ...more,
});

const orderEvent = (profileId: string, daysAfter: number, [revenue, currency]: readonly [number, string]) =>
  event(revenue < 0 ? 'order_refunded' : 'order_completed', profileId, {
    daysAfter,
    order_id: stores.ids.next(),
    currency,
    revenue_minor: revenue,
  });

beforeAll(async () => {
  stores = await createTestStores();
  campaignId = stores.ids.next();
  sends = [];
  measure = createMeasure({
    database: stores.database,
    clock: stores.clock,
    facts: {
      campaign: async (_tx, id) => (id === campaignId ? fact() : null),
      sendStates: async () => sends,
    },
    assignments: experiments.assignments,
    events: {
      query: (workspaceId, query) =>
        stores.clickhouse.query({ ...query, filters: { events: `workspace_id = '${workspaceId}'` } }),
    },
    settings: { get: async () => ({ currency: 'EUR', timeZone: 'Europe/Paris', experimentWindowDays: 7 }) },
  });
});
afterAll(() => stores.close());

describe('campaignReport', () => {
  it('says that a campaign has not started, and that one does not exist', async () => {
    const report = await measure.campaignReport(stores.workspaceId, campaignId);
    expect(findingOf(report, { language: 'en', timeZone: 'UTC' }).status).toBe('not_started');
    expect(report.ledger.unaccounted).toBe(4000);
    await expect(measure.campaignReport(stores.workspaceId, stores.ids.next())).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('joins assignments, orders, clicks and the ledger, and compares with the holdout', async () => {
    const people = Array.from({ length: 4000 }, () => stores.ids.next());
    const drawn = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      experiments.enrolCampaign(tx, {
        campaignId,
        profileIds: people,
        eligibleAt: stores.clock.now(),
        variants: fact().variants,
        holdoutShare: 0.3,
        globalHoldoutShare: 0.05,
      }),
    );
    armOf = new Map([...drawn].map(([id, { arm }]) => [id, arm]));
    const ofArm = (arm: string): string[] => people.filter((id) => armOf.get(id) === arm);
    const [a, b, holdout, global] = [ofArm('a'), ofArm('b'), ofArm(HOLDOUT), ofArm(GLOBAL_HOLDOUT)] as const;
    sends = [
      { variant: 'a', state: 'accepted', reason: null, count: a.length - 7 },
      { variant: 'a', state: 'blocked', reason: 'no_consent', count: 7 },
      { variant: 'b', state: 'accepted', reason: null, count: b.length },
    ];
    const first = (list: readonly string[], share: number): string[] =>
      list.slice(0, Math.round(list.length * share));
    await stores.clickhouse.insert({
      table: 'events',
      token: `${stores.workspaceId}/orders`,
      rows: [
        // 20 % of each arm bought in the week before; then 10 % without the message and 20 % with it.
        ...[a, b, holdout].flatMap((list) =>
          first(list, 0.2).map((id, i) => orderEvent(id, -3, [1000 + i, 'EUR'])),
        ),
        ...first(holdout, 0.1).map((id) => orderEvent(id, 1, [2000, 'EUR'])),
        ...[a, b].flatMap((list) => first(list, 0.2).map((id) => orderEvent(id, 2, [2000, 'EUR']))),
        orderEvent(a[0] as string, 3, [-500, 'EUR']),
        orderEvent(a[1] as string, 3, [100, 'CHF']),
        orderEvent(b[0] as string, 8, [77_777, 'EUR']),
        orderEvent(global[0] as string, 1, [3000, 'EUR']),
        orderEvent(NOBODY, 1, [5000, 'EUR']),
        ...[a[5], a[5], a[6]].map((id) =>
          event('message_clicked', id as string, {
            daysAfter: 1,
            text: { campaign_id: campaignId, variant: 'a' },
          }),
        ),
        event('message_clicked', NOBODY, { daysAfter: 1, text: { campaign_id: campaignId, variant: 'a' } }),
        event('message_clicked', a[7] as string, {
          daysAfter: 1,
          text: { campaign_id: stores.ids.next(), variant: 'a' },
        }),
        event('unsubscribed', b[3] as string, {
          daysAfter: 1,
          text: { campaign_id: campaignId, variant: 'b' },
        }),
      ],
    });

    stores.clock.advance(4 * DAY);
    const report = await measure.campaignReport(stores.workspaceId, campaignId);
    const arm = (key: string) => report.arms.find((found) => found.key === key);

    expect(report.arms.map(({ key, kind }) => [key, kind])).toEqual([
      ['a', 'variant'],
      ['b', 'variant'],
      [HOLDOUT, 'holdout'],
      [GLOBAL_HOLDOUT, 'global_holdout'],
    ]);
    expect(arm('a')).toMatchObject({
      assigned: a.length,
      sends: { accepted: a.length - 7, blocked: 7 },
      clickedPeople: 2,
      clicksWithoutPerson: 1,
      unsubscribed: 0,
      plannedShare: 0.35,
    });
    expect(arm('a')?.orders).toBe(first(a, 0.2).length + 1);
    expect(arm('a')?.orderedPeople).toBe(first(a, 0.2).length);
    expect(arm('a')?.revenueMinor).toBe(first(a, 0.2).length * 2000 - 500);
    expect(arm('b')).toMatchObject({ unsubscribed: 1, orders: first(b, 0.2).length });
    expect(arm(HOLDOUT)).toMatchObject({
      assigned: holdout.length,
      orderedPeople: first(holdout, 0.1).length,
      sends: {},
    });
    expect(arm(GLOBAL_HOLDOUT)).toMatchObject({ orders: 1, plannedShare: null });
    expect(report.otherCurrencyOrders).toBe(1);

    expect(report.ledger).toMatchObject({
      audience: 4000,
      unaccounted: 0,
      blocked: [{ reason: 'no_consent', people: 7 }],
    });
    expect(report.sampleRatio?.asPlanned).toBe(true);
    const all = report.comparisons[0];
    expect(all).toMatchObject({
      treatment: 'all',
      control: HOLDOUT,
      conversion: { answered: true, verdict: 'higher' },
    });
    if (!all?.conversion.answered) throw new Error('no answer');
    expect(all.conversion.absolute.low).toBeLessThan(0.1);
    expect(all.conversion.absolute.high).toBeGreaterThan(0.1);
    expect(all.revenue).toMatchObject({ answered: false, reason: 'too_few_outcomes', needed: 400 });
    expect(report.moneyCapMinor).toBeGreaterThan(1000);
    expect(report.window).toMatchObject({ days: 7, complete: false });
    expect(findingOf(report, { language: 'fr', timeZone: 'Europe/Paris' }).status).toBe('proven');
  });

  it('stands still once the window is over, and shows nothing to another workspace', async () => {
    stores.clock.advance(30 * DAY);
    const report = await measure.campaignReport(stores.workspaceId, campaignId);
    expect(report.window.complete).toBe(true);
    expect(report.arms.find(({ key }) => key === 'b')?.revenueMinor).toBeLessThan(77_777 * 10);
    const elsewhere = await measure.campaignReport(stores.otherWorkspaceId, campaignId);
    expect(elsewhere.arms.every(({ assigned }) => assigned === 0)).toBe(true);
  });

  it('compares nothing when the groups are not as large as the draw planned', async () => {
    campaignId = stores.ids.next();
    await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      experiments.enrolCampaign(tx, {
        campaignId,
        profileIds: Array.from({ length: 2000 }, () => stores.ids.next()),
        eligibleAt: stores.clock.now(),
        variants: fact().variants,
        holdoutShare: 0.1,
        globalHoldoutShare: 0,
      }),
    );
    const report = await measure.campaignReport(stores.workspaceId, campaignId);
    expect(report.sampleRatio?.asPlanned).toBe(false);
    expect(report.comparisons).toEqual([]);
    expect(findingOf(report, { language: 'en', timeZone: 'UTC' }).status).toBe('not_comparable');
  });
});
