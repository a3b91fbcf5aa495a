import { createRandom } from '@mesure/engine/random';
import { describe, expect, it } from 'vitest';
import { compareArms, earlierOf } from './compare.ts';
import { type ArmOutcomes, collectOutcomes } from './outcomes.ts';
import type { PersonOrders } from './outcomes-read.ts';

const DAY = 86_400_000;
const START = new Date('2026-03-03T09:00:00Z');

const ordersOf = (
  profileId: string,
  rows: readonly (readonly [day: number, revenue: number])[],
): PersonOrders => ({
  profileId,
  atMs: rows.map(([day]) => START.getTime() + day * DAY),
  revenueMinor: rows.map(([, revenue]) => revenue),
  isOrder: rows.map(([, revenue]) => (revenue < 0 ? 0 : 1)),
  otherCurrency: rows.map(() => 0),
});

describe('collectOutcomes', () => {
  it('counts each person once, from eligibility to the end of the window, end excluded', () => {
    const collector = collectOutcomes(
      [
        ordersOf('p1', [
          [0, 1000],
          [6.999, 500],
          [7, 9999],
          [-0.001, 700],
        ]),
        ordersOf('p2', [
          [1, 2000],
          [2, -2000],
        ]),
        ordersOf('p3', [
          [-8, 1],
          [-7, 300],
        ]),
        ordersOf('not in the campaign', [[1, 1]]),
      ],
      7 * DAY,
    );
    for (const profileId of ['p1', 'p2', 'p3', 'p4'])
      collector.add({ profileId, arm: 'a', eligibleAt: START });
    expect(collector.arms.get('a')).toEqual({
      people: 4,
      orderedPeople: 2,
      orders: 3,
      revenueMinor: 1500,
      otherCurrencyOrders: 0,
      revenues: [1500],
      earlierOrderedPeople: 2,
      earlierRevenues: [700, 300],
    });
  });
});

const armWith = (people: number, buyers: number, seed: string): ArmOutcomes => {
  const random = createRandom(seed);
  const revenues = Array.from({ length: buyers }, () => Math.round(random.lognormal(8, 1)));
  return {
    people,
    orderedPeople: buyers,
    orders: buyers,
    revenueMinor: revenues.reduce((sum, revenue) => sum + revenue, 0),
    otherCurrencyOrders: 0,
    revenues,
    earlierOrderedPeople: Math.round(people * 0.05),
    earlierRevenues: Array.from({ length: Math.round(people * 0.05) }, () =>
      Math.round(random.lognormal(8, 1)),
    ),
  };
};

/** Everybody is drawn at once, half and half, and the same share buys in both arms while one looks. */
const alarmsWhilePeeking = (input: { readonly runs: number; readonly people: number }): number => {
  const earlier = earlierOf([]);
  let alarms = 0;
  for (let run = 0; run < input.runs; run += 1) {
    const random = createRandom(`peeking ${run}`);
    const bought = { a: 0, holdout: 0 };
    const armOf = (buyers: number): ArmOutcomes => ({
      ...armWith(0, 0, ''),
      people: input.people / 2,
      orderedPeople: buyers,
    });
    let alarmed = false;
    let nextLook = 50;
    for (let buyer = 1; buyer <= input.people / 10 && !alarmed; buyer += 1) {
      bought[random.uniform() < 0.5 ? 'a' : 'holdout'] += 1;
      if (buyer < nextLook) continue;
      nextLook = buyer * 1.02;
      const arms = new Map([
        ['a', armOf(bought.a)],
        ['holdout', armOf(bought.holdout)],
      ]);
      const found = compareArms({ arms, variants: ['a'], holdout: 'holdout', earlier })[0]?.conversion;
      alarmed = found?.answered === true && found.verdict !== 'not_yet';
    }
    if (alarmed) alarms += 1;
  }
  return alarms;
};

describe('compareArms', () => {
  it('keeps false alarms below 5 % under peeking, also when the time before says nothing', () => {
    // 15 of these 600 runs; with people as time there would be 23.
    expect(alarmsWhilePeeking({ runs: 600, people: 200_000 })).toBeLessThanOrEqual(19);
  });

  const arms = new Map([
    ['holdout', armWith(10_000, 500, 'h')],
    ['a', armWith(10_000, 700, 'a')],
    ['b', armWith(10_000, 520, 'b')],
    ['global_holdout', armWith(1000, 50, 'g')],
  ]);
  const earlier = earlierOf([...arms.values()]);

  it('compares all variants together first, then each, with the holdout', () => {
    const found = compareArms({ arms, variants: ['a', 'b'], holdout: 'holdout', earlier });
    expect(found.map(({ treatment, control }) => [treatment, control])).toEqual([
      ['all', 'holdout'],
      ['a', 'holdout'],
      ['b', 'holdout'],
    ]);
    const [, a, b] = found.map(({ conversion }) => conversion);
    expect(a).toMatchObject({ answered: true, verdict: 'higher' });
    expect(b).toMatchObject({ answered: true, verdict: 'not_yet' });
    expect(found[1]?.revenue).toMatchObject({ answered: true });
  });

  it('compares variants with the first one when nobody was held out, and nothing when there is one variant', () => {
    const found = compareArms({ arms, variants: ['a', 'b'], holdout: 'none', earlier });
    expect(found.map(({ treatment, control }) => [treatment, control])).toEqual([['b', 'a']]);
    expect(compareArms({ arms, variants: ['a'], holdout: 'none', earlier })).toEqual([]);
  });

  it('caps money from the time before, and gives no figure for money without it or with few buyers', () => {
    expect(earlier.moneyCapMinor).toBeGreaterThan(10_000);
    const unknown = earlierOf([]);
    expect(
      compareArms({ arms, variants: ['a'], holdout: 'holdout', earlier: unknown })[0]?.revenue,
    ).toMatchObject({ answered: false, reason: 'no_earlier_data' });
    const small = new Map([
      ['holdout', armWith(400, 20, 'x')],
      ['a', armWith(9600, 480, 'y')],
    ]);
    const found = compareArms({ arms: small, variants: ['a'], holdout: 'holdout', earlier })[0];
    expect(found?.conversion.answered).toBe(true);
    expect(found?.revenue).toEqual({ answered: false, reason: 'too_few_outcomes', needed: 400, have: 20 });
  });
});
