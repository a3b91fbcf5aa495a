import { describe, expect, it } from 'vitest';
import { codeOf, DAY } from '../../../testing/lifetime.ts';
import { createRandom } from '../../random/index.ts';
import { type Orders, RFM_RULES, rfm } from '../index.ts';

describe('RFM', () => {
  const make = (people: number, seed = 1): Orders => {
    const random = createRandom(seed);
    const n = 3 * people;
    return {
      people,
      person: Uint32Array.from({ length: n }, () => random.integer(0, people - 1)),
      atMs: Float64Array.from({ length: n }, () => random.integer(0, 364) * DAY),
      amount: Float64Array.from({ length: n }, () => random.integer(1, 90)),
    };
  };

  it('gives equal values equal scores, about a fifth of the people each', () => {
    const made = rfm(make(2000), { untilMs: 365 * DAY });
    const seen = new Map<number, number>();
    made.daysSince.forEach((days, i) => {
      expect(seen.get(days) ?? made.recency[i]).toBe(made.recency[i]);
      seen.set(days, made.recency[i] as number);
    });
    const top = made.recency.filter((score) => score === 5).length / made.recency.length;
    expect(Math.abs(top - 0.2)).toBeLessThan(0.03);
    made.daysSince.forEach((days, i) => {
      if (made.recency[i] === 5) expect(days).toBeLessThanOrEqual(made.limits.recency[3] as number);
      else expect(days).toBeGreaterThan(made.limits.recency[3] as number);
    });
    expect(made.groups.reduce((sum, { people }) => sum + people, 0)).toBe(made.person.length);
  });

  it('has one group for every pair of recency and frequency, and every rule is reached', () => {
    const reached = new Set<string>();
    for (let r = 1; r <= 5; r++) {
      for (let f = 1; f <= 5; f++) {
        const fits = RFM_RULES.slice(0, -1).find(
          ({ recency = [1, 5], frequency = [1, 5] }) =>
            r >= recency[0] && r <= recency[1] && f >= frequency[0] && f <= frequency[1],
        );
        reached.add(fits?.key ?? 'lost');
      }
    }
    expect([...reached].toSorted()).toEqual(RFM_RULES.map(({ key }) => key).toSorted());
  });

  it('where everybody is the same, everybody has the same score', () => {
    const made = rfm(
      { people: 3, person: Uint32Array.of(0, 1, 2), atMs: new Float64Array(3) },
      { untilMs: 5 * DAY },
    );
    expect([...made.recency, ...made.frequency, ...made.monetary]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0]);
    expect(
      rfm({ people: 2, person: new Uint32Array(), atMs: new Float64Array() }, { untilMs: 0 }).person.length,
    ).toBe(0);
  });

  it('asks for rules where scores are not five: ten of ten would fit none and be lost', () => {
    const orders = make(50);
    expect(codeOf(() => rfm(orders, { untilMs: 365 * DAY, scores: 10 }))).toBe('out_of_range');
    const best = { key: 'best', recency: [9, 10] } as const;
    const made = rfm(orders, { untilMs: 365 * DAY, scores: 10, rules: [best, { key: 'rest' }] });
    expect(made.groups[0]?.people).toBe(made.recency.filter((score) => score >= 9).length);
    expect(made.groups[0]?.people).toBeGreaterThan(5);
    expect(codeOf(() => rfm(orders, { untilMs: 365 * DAY }, () => 'stop'))).toBe('cancelled');
  });

  it('looks only at the days asked for', () => {
    const orders = {
      people: 2,
      person: Uint32Array.of(0, 0, 1, 0),
      atMs: Float64Array.of(0, 5 * DAY, 6 * DAY, 9 * DAY),
      amount: Float64Array.of(1, 2, 4, 8),
    };
    const made = rfm(orders, { untilMs: 8 * DAY, withinDays: 3 });
    expect([...made.person]).toEqual([1]);
    const wider = rfm(orders, { untilMs: 8 * DAY, withinDays: 4 });
    expect([[...wider.daysSince], [...wider.purchases], [...wider.paid]]).toEqual([
      [3, 2],
      [1, 1],
      [2, 4],
    ]);
  });

  it('does not depend on the order of the orders', () => {
    const orders = make(300, 4);
    const order = createRandom(9).shuffle([...orders.person.keys()]);
    const turned = {
      people: orders.people,
      person: Uint32Array.from(order, (k) => orders.person[k] as number),
      atMs: Float64Array.from(order, (k) => orders.atMs[k] as number),
      amount: Float64Array.from(order, (k) => orders.amount?.[k] as number),
    };
    expect(rfm(turned, { untilMs: 365 * DAY })).toEqual(rfm(orders, { untilMs: 365 * DAY }));
  });
});
