import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASSUMED_DAYS,
  type BoughtItem,
  collectPurchases,
  gapQuantile,
  learnRebuyDelays,
  orderPopular,
  type PopularItem,
  popularity,
  RARE_DAYS,
  type RankInput,
  rankForPerson,
  rebuyScores,
  topItems,
} from './index.ts';

const DAY = 86_400_000;
const NOW = 400 * DAY;

const linesOf = (
  rows: readonly (readonly [person: number, item: number, order: number, day: number])[],
  people = 3,
  items = 4,
) => ({
  people,
  items,
  person: Uint32Array.from(rows, (row) => row[0]),
  item: Uint32Array.from(rows, (row) => row[1]),
  order: Uint32Array.from(rows, (row) => row[2]),
  atMs: Float64Array.from(rows, (row) => row[3] * DAY),
});

describe('collectPurchases', () => {
  it('counts orders, not lines, and people, not orders', () => {
    const purchases = collectPurchases(
      linesOf([
        [0, 1, 10, 5],
        [0, 1, 10, 5],
        [0, 1, 11, 9],
        [2, 1, 12, 1],
        [2, 3, 12, 1],
      ]),
    );
    expect([...purchases.start]).toEqual([0, 1, 1, 3]);
    expect([...purchases.item]).toEqual([1, 1, 3]);
    expect([...purchases.orders]).toEqual([2, 1, 1]);
    expect(purchases.lastAtMs[0]).toBe(9 * DAY);
    expect([...popularity(purchases)]).toEqual([0, 2, 0, 1]);
  });

  it('lets old orders fade', () => {
    const purchases = collectPurchases(
      linesOf([
        [0, 0, 1, 400],
        [0, 0, 2, 300],
      ]),
      { halfLifeDays: 100, nowMs: NOW },
    );
    expect(purchases.weight[0]).toBeCloseTo(1.5, 12);
    expect(purchases.orders[0]).toBe(2);
  });

  it('does not depend on the order of the lines', () => {
    const row = fc.tuple(fc.nat(2), fc.nat(3), fc.nat(5), fc.nat(300));
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const forward = collectPurchases(linesOf(rows));
        const backward = collectPurchases(linesOf([...rows].reverse()));
        expect([...backward.orders]).toEqual([...forward.orders]);
        expect([...backward.lastAtMs]).toEqual([...forward.lastAtMs]);
      }),
    );
  });

  it('takes nothing at all, and refuses what points nowhere', () => {
    expect([...collectPurchases(linesOf([])).start]).toEqual([0, 0, 0, 0]);
    expect(() => collectPurchases(linesOf([[7, 0, 1, 1]]))).toThrow(/line 0/);
    expect(() =>
      collectPurchases({ ...linesOf([[0, 0, 1, 1]]), atMs: new Float64Array([Number.NaN]) }),
    ).toThrow(RangeError);
  });
});

describe('topItems', () => {
  it('equals a full sort, ties by index', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.nat(12), (values, k) => {
        const scores = Float64Array.from(values);
        const sorted = values
          .map((_, i) => i)
          .sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
        expect(topItems(scores, k)).toEqual(sorted.slice(0, k));
      }),
    );
    expect(topItems(Float64Array.of(1, Number.NEGATIVE_INFINITY), 5)).toEqual([0]);
  });
});

describe('learnRebuyDelays', () => {
  const seen = (
    category: string,
    gaps: Record<number, number>,
    [pairs, rebought]: readonly [pairs: number, rebought: number] = [0, 0],
  ) => ({
    category,
    gaps: new Map(Object.entries(gaps).map(([day, count]) => [Number(day), count])),
    pairs,
    rebought,
  });

  it('learns each category, borrows for thin ones, and knows lasting goods', () => {
    const learned = learnRebuyDelays([
      seen('coffee', { 14: 300, 28: 200 }, [900, 400]),
      seen('soap', { 60: 2 }, [30, 2]),
      seen('candles', {}),
      seen('kettles', { 20: 3 }, [500, 3]),
    ]);
    expect(learned.overallDays).toBe(14);
    const [coffee, soap, candles, kettles] = learned.byCategory;
    expect(coffee).toMatchObject({ days: 14, basis: 'learned', gaps: 500 });
    expect(soap?.days).toBeGreaterThan(14);
    expect(soap?.days).toBeLessThan(20);
    expect(candles).toMatchObject({ days: 14, basis: 'overall' });
    expect(kettles).toMatchObject({ days: RARE_DAYS, basis: 'rarely' });
  });

  it('says when there is nothing to learn from', () => {
    const learned = learnRebuyDelays([seen('coffee', { 14: 29 })]);
    expect(learned.overallDays).toBeNull();
    expect(learned.byCategory).toEqual([
      { category: 'coffee', days: ASSUMED_DAYS, basis: 'assumed', gaps: 29 },
    ]);
    expect(learnRebuyDelays([])).toEqual({ overallDays: null, byCategory: [] });
    expect(() => learnRebuyDelays([seen('x', { 0: 1 })])).toThrow(RangeError);
    expect(() => gapQuantile(new Map(), 0.5)).toThrow(RangeError);
  });
});

const POPULAR: readonly PopularItem[] = [
  { sku: 'tea-1', category: 'tea', people: 40 },
  { sku: 'tea-2', category: 'tea', people: 90 },
  { sku: 'cup-1', category: 'cups', people: 100 },
  { sku: 'pill-1', category: 'pharmacy', people: 80 },
  { sku: 'cup-2', category: 'cups', people: 90 },
];

const inputOf = (bought: readonly BoughtItem[], extra: Partial<RankInput> = {}): RankInput => ({
  bought,
  popular: orderPopular(POPULAR),
  delayDays: () => 30,
  allowed: (sku) => sku !== 'pill-1',
  nowMs: NOW,
  count: 4,
  ...extra,
});

const bought = (sku: string, daysAgo: number, orders = 1): BoughtItem => ({
  sku,
  category: sku.split('-')[0] === 'tea' ? 'tea' : 'cups',
  orders,
  weight: orders,
  lastAtMs: NOW - daysAgo * DAY,
});

describe('rankForPerson', () => {
  it('proposes what is due again, then the own categories, then what everybody buys', () => {
    const ranked = rankForPerson(inputOf([bought('tea-1', 60, 3)]));
    expect(ranked.map((item) => [item.sku, item.reason])).toEqual([
      ['tea-1', 'rebuy'],
      ['tea-2', 'popular_in_category'],
      ['cup-1', 'popular'],
      ['cup-2', 'popular'],
    ]);
    expect(ranked[0]?.basis).toEqual({ orders: 3, lastAtMs: NOW - 60 * DAY, delayDays: 30 });
    expect(ranked[1]?.basis).toEqual({ category: 'tea', people: 90 });
  });

  it('keeps what was just bought out of every layer', () => {
    const ranked = rankForPerson(inputOf([bought('tea-2', 5, 9), bought('cup-1', 29)]));
    expect(ranked.map((item) => item.sku)).not.toContain('tea-2');
    expect(ranked.map((item) => item.sku)).not.toContain('cup-1');
    expect(rankForPerson(inputOf([bought('tea-2', 30, 9)]))[0]?.sku).toBe('tea-2');
  });

  it('has something for people of whom nothing is known, and nothing when nothing is allowed', () => {
    expect(rankForPerson(inputOf([])).map((item) => item.sku)).toEqual(['cup-1', 'cup-2', 'tea-2', 'tea-1']);
    expect(rankForPerson(inputOf([bought('tea-1', 99)], { allowed: () => false }))).toEqual([]);
  });

  it('never leaks an excluded item, never repeats one, and is sorted by score', () => {
    const skus = fc.constantFrom(...POPULAR.map((item) => item.sku));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(skus, fc.nat(90), fc.integer({ min: 1, max: 5 })), {
          selector: ([sku]) => sku,
        }),
        fc.nat(6),
        (rows, count) => {
          const history = rows.map(([sku, daysAgo, orders]) => bought(sku, daysAgo, orders));
          const ranked = rankForPerson(inputOf(history, { count }));
          expect(ranked.length).toBeLessThanOrEqual(count);
          expect(new Set(ranked.map((item) => item.sku)).size).toBe(ranked.length);
          const recent = history.filter((item) => item.lastAtMs > NOW - 30 * DAY).map((item) => item.sku);
          for (const item of ranked) expect([...recent, 'pill-1']).not.toContain(item.sku);
          expect(ranked.map((item) => item.score)).toEqual(
            ranked.map((item) => item.score).sort((a, b) => b - a),
          );
        },
      ),
    );
  });
});

describe('rebuyScores', () => {
  it('is orders plus a thousandth of popularity', () => {
    const purchases = collectPurchases(
      linesOf([
        [0, 1, 10, 5],
        [0, 1, 11, 9],
        [2, 1, 12, 1],
        [2, 3, 12, 1],
      ]),
    );
    expect([...rebuyScores(purchases, popularity(purchases), 0)]).toEqual([0, 2.001, 0, 0.0005]);
  });
});
