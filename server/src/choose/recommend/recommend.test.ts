import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStores, type TestStores } from '#testing';
import { createRecommend, type LastPurchases, type Recommend, reasonInWords } from './index.ts';
import { delayInWords } from './words.ts';

const DAY = 86_400_000;
const PRODUCTS = {
  'tea-1': { category: 'tea' },
  'tea-2': { category: 'tea' },
  'tea-3': { category: 'tea', available: false },
  'cup-1': { category: 'cups' },
  'cup-2': { category: 'cups' },
  'pill-1': { category: 'pharmacy', sensitive: true },
} as const;
type Sku = keyof typeof PRODUCTS;

let stores: TestStores;
let recommend: Recommend;
let last: Map<string, Map<string, { at: Date; category: string }>>;
let written = 0;

beforeAll(async () => {
  stores = await createTestStores();
  last = new Map();
  recommend = createRecommend({
    database: stores.database,
    clock: stores.clock,
    events: {
      query: (workspaceId, query) =>
        stores.clickhouse.query({ ...query, filters: { events: `workspace_id = '${workspaceId}'` } }),
    },
    products: {
      bySku: async (_tx, skus) =>
        new Map(
          skus.flatMap((sku) => {
            const known = PRODUCTS[sku as Sku] as
              | { category: string; available?: boolean; sensitive?: boolean }
              | undefined;
            return known ? [[sku, { name: sku, available: true, sensitive: false, ...known }] as const] : [];
          }),
        ),
    },
    purchases: { last: (async () => last) satisfies LastPurchases['last'] },
  });
});
afterAll(() => stores.close());

interface Order {
  readonly profileId: string;
  readonly daysAgo: number;
  readonly skus: readonly string[];
  readonly name?: string;
  readonly flags?: string;
}

const order = (
  { profileId, daysAgo, skus, name = 'order_completed', flags = '' }: Order,
  workspaceId = stores.workspaceId,
) => ({
  workspace_id: workspaceId,
  event_id: stores.ids.next(),
  import_id: '00000000-0000-0000-0000-000000000000',
  name,
  at: new Date(stores.clock.now().getTime() - daysAgo * DAY).toISOString().replace('T', ' ').replace('Z', ''),
  profile_id: profileId,
  source: 'test',
  text: {},
  numbers: {},
  order_id: stores.ids.next(),
  currency: 'EUR',
  revenue_minor: 1000 * skus.length,
  item_sku: skus,
  item_name: skus,
  item_category: skus.map((sku) => PRODUCTS[sku as Sku]?.category ?? ''),
  item_quantity: skus.map(() => '1'),
  item_unit_price: skus.map(() => '10'),
  item_total_minor: skus.map(() => 1000),
  item_kind: skus.map(() => 'product'),
  item_flags: skus.map(() => flags),
  item_line: skus.map((_, i) => i),
});

const write = (rows: readonly ReturnType<typeof order>[]): Promise<void> => {
  written += 1;
  return stores.clickhouse.insert({ table: 'events', rows, token: `${stores.workspaceId}/${written}` });
};

describe('recommend', () => {
  let regular: string;
  let stranger: string;

  beforeAll(async () => {
    regular = stores.ids.next();
    stranger = stores.ids.next();
    const crowd = Array.from({ length: 40 }, () => stores.ids.next());
    await write([
      // Tea is bought again after 20 days by everybody; cups never are.
      ...crowd.flatMap((profileId, i) => [
        order({ profileId, daysAgo: 60, skus: ['tea-2', ...(i < 30 ? ['cup-1'] : [])] }),
        order({ profileId, daysAgo: 40, skus: ['tea-2', 'pill-1'] }),
      ]),
      ...crowd
        .slice(0, 10)
        .map((profileId) => order({ profileId, daysAgo: 30, skus: ['cup-2', 'tea-3', 'gone-1'] })),
      order({ profileId: regular, daysAgo: 100, skus: ['tea-1'] }),
      order({ profileId: regular, daysAgo: 80, skus: ['tea-1', 'tea-1'] }),
      order({ profileId: regular, daysAgo: 3, skus: ['cup-1'] }),
      order({ profileId: regular, daysAgo: 90, skus: ['cup-2'], flags: 'returned' }),
      order({ profileId: regular, daysAgo: 1, skus: ['tea-2'], name: 'order_refunded' }),
      order({ profileId: stranger, daysAgo: 400, skus: [] }),
      order({ profileId: regular, daysAgo: 50, skus: ['pill-1', 'pill-1'] }, stores.otherWorkspaceId),
    ]);
  });

  const listOf = async (profileId: string, count = 4) =>
    (await recommend.forProfiles(stores.workspaceId, [profileId], { count, now: stores.clock.now() })).get(
      profileId,
    ) ?? [];

  it('proposes what is due, then the own categories, then what sells, and never what may not be shown', async () => {
    const ranked = await listOf(regular);
    expect(ranked.map(({ sku, reason }) => [sku, reason])).toEqual([
      ['tea-1', 'rebuy'],
      ['tea-2', 'popular_in_category'],
      ['cup-2', 'popular_in_category'],
    ]);
    expect(ranked[0]?.basis).toMatchObject({ orders: 2, delayDays: 20 });
    expect(ranked[1]?.basis).toEqual({ category: 'tea', people: 40, windowDays: 365 });
  });

  it('has the best sellers for somebody unknown, of this workspace only', async () => {
    expect((await listOf(stranger)).map(({ sku }) => sku)).toEqual(['tea-2', 'cup-1', 'cup-2', 'tea-1']);
    const elsewhere = await recommend.forProfiles(stores.otherWorkspaceId, [stranger], {
      count: 4,
      now: stores.clock.now(),
    });
    expect(elsewhere.get(stranger)).toEqual([]);
  });

  it('listens to a purchase that the event store does not have yet', async () => {
    last.set(
      regular,
      new Map([['tea-1', { at: new Date(stores.clock.now().getTime() - DAY), category: 'tea' }]]),
    );
    expect((await listOf(regular)).map(({ sku }) => sku)).not.toContain('tea-1');
    last.clear();
  });

  it('stores the delays it learned, with how', async () => {
    const delays = await stores.database.inWorkspace(stores.workspaceId, recommend.delays);
    expect(delays.find(({ category }) => category === 'tea')).toMatchObject({
      days: 20,
      basis: 'learned',
      gaps: 41,
    });
    expect(delays.find(({ category }) => category === 'cups')).toMatchObject({
      days: 20,
      basis: 'overall',
      gaps: 0,
    });
    const map = await stores.database.inWorkspace(stores.workspaceId, recommend.rebuyDelays);
    expect(map.get('tea')).toBe(20);
  });

  it('brakes what was bought within the delay, and only that', async () => {
    const now = stores.clock.now();
    last.set(
      regular,
      new Map([
        ['tea-1', { at: new Date(now.getTime() - 19 * DAY), category: 'tea' }],
        ['cup-1', { at: new Date(now.getTime() - 21 * DAY), category: 'cups' }],
        ['new-1', { at: new Date(now.getTime() - 5 * DAY), category: 'a category nobody knew' }],
      ]),
    );
    const braked = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      recommend.purchaseBrake(tx, {
        profileIds: [regular, stranger],
        skusByProfile: new Map([
          [regular, ['tea-1', 'cup-1', 'new-1', 'tea-2']],
          [stranger, ['tea-1']],
        ]),
        now,
      }),
    );
    expect([...braked.keys()]).toEqual([regular]);
    expect([...(braked.get(regular) ?? [])]).toEqual(['tea-1', 'new-1']);
    last.clear();
  });

  it('learns again after a day, keeps its version while nothing changed', async () => {
    const before = await stores.database.inWorkspace(stores.workspaceId, recommend.model);
    const again = await recommend.refresh(stores.workspaceId);
    expect(again.version).toBe(before?.version);
    stores.clock.advance(2 * DAY);
    await write([order({ profileId: stranger, daysAgo: 1, skus: ['cup-2'] })]);
    await listOf(stranger);
    const after = await stores.database.inWorkspace(stores.workspaceId, recommend.model);
    expect(after?.refreshedAt).toEqual(stores.clock.now());
    expect(after?.version).not.toBe(before?.version);
  });
});

describe('words', () => {
  it('says why in both languages', () => {
    const rebuy = {
      reason: 'rebuy',
      basis: { orders: 2, lastAt: '2026-01-12T23:30:00.000Z', delayDays: 20 },
    } as const;
    expect(reasonInWords(rebuy, { language: 'en', timeZone: 'Europe/Paris' })).toBe(
      'Bought twice, last on 13 January 2026; in this category a purchase is not proposed again for 20 days.',
    );
    expect(reasonInWords(rebuy, { language: 'fr', timeZone: 'Europe/Paris' })).toBe(
      'Acheté 2 fois, la dernière fois le 13 janvier 2026 ; dans cette catégorie, un achat n’est pas reproposé pendant 20 jours.',
    );
    const popular = { reason: 'popular', basis: { people: 1200, windowDays: 90 } } as const;
    expect(reasonInWords(popular, { language: 'en', timeZone: 'UTC' })).toBe(
      'Popular in the whole shop: bought by 1,200 people in 90 days.',
    );
    expect(delayInWords({ category: 'x', basis: 'assumed', days: 30, gaps: 2 }, 'fr')).toMatch(
      /30 jours par défaut/,
    );
  });
});
