import { describe, expect, it } from 'vitest';
import { codeOf, DAY } from '../../../testing/lifetime.ts';
import { buyingDays, summarise } from '../index.ts';

describe('orders', () => {
  it('merge by day, leave the first purchase out, forget what came later', () => {
    const at = [0, 3, 7.1, 7.9, 14, 30].map((day) => day * DAY);
    const orders = {
      people: 3,
      person: Uint32Array.of(0, 1, 0, 0, 0, 0),
      atMs: Float64Array.from(at),
      amount: Float64Array.of(100, 5, 10, 20, 40, 1000),
    };
    const rows = summarise(orders, { untilMs: 21 * DAY + 5 });
    expect([...rows.person]).toEqual([0, 1]);
    expect([...rows.repeats]).toEqual([2, 0]);
    expect([...rows.recency]).toEqual([2, 0]);
    expect([...rows.age]).toEqual([3, 18 / 7]);
    expect([...rows.meanSpend]).toEqual([35, 0]);
    expect(rows.counts).toEqual({
      orders: 6,
      mergedSameDay: 1,
      daysOfReturns: 0,
      withoutPurchase: 1,
      later: 1,
    });
  });

  it('days begin where the calendar says, weeks are days over seven', () => {
    const orders = {
      people: 1,
      person: Uint32Array.of(0, 0),
      atMs: Float64Array.of(22.5 * 3.6e6, 23.5 * 3.6e6),
    };
    expect(summarise(orders, { untilMs: 0 }).repeats[0]).toBe(0);
    expect(summarise(orders, { untilMs: 5 * DAY, utcOffsetMinutes: 60 }).repeats[0]).toBe(1);
    const days = summarise(orders, { untilMs: 14 * DAY, unitDays: 1 });
    expect([days.age[0], summarise(orders, { untilMs: 14 * DAY }).age[0]]).toEqual([14, 2]);
  });

  it('a day on which more came back than was bought is no purchase; a free one is', () => {
    const orders = {
      people: 1,
      person: Uint32Array.of(0, 0, 0, 0),
      atMs: Float64Array.of(0, DAY, DAY, 2 * DAY),
      amount: Float64Array.of(5, 5, -6, 0),
    };
    const rows = summarise(orders, { untilMs: 9 * DAY });
    expect([rows.repeats[0], rows.counts.daysOfReturns]).toEqual([1, 1]);
  });

  it('a day on which all came back is a purchase of nothing, whatever rounding leaves of it', () => {
    const paid = [0.7, 0.1, -0.8];
    expect(paid.toSorted((a, b) => a - b).reduce((a, b) => a + b, 0)).not.toBe(0);
    const orders = {
      people: 1,
      person: Uint32Array.of(0, 0, 0, 0),
      atMs: Float64Array.of(0, DAY, DAY, DAY),
      amount: Float64Array.of(5, ...paid),
    };
    const rows = summarise(orders, { untilMs: 9 * DAY });
    expect([rows.repeats[0], rows.meanSpend[0], rows.counts.daysOfReturns]).toEqual([1, 0, 0]);
  });

  it.each([
    ['nan', { utcOffsetMinutes: Number.NaN }, 0],
    ['out_of_range', { utcOffsetMinutes: 1e9 }, 0],
    ['out_of_range', {}, 1e20],
    ['out_of_range', {}, -1e300],
  ])('refuses a calendar or an instant that has no day: %s', (code, calendar, atMs) => {
    const orders = { people: 1, person: Uint32Array.of(0), atMs: Float64Array.of(atMs) };
    expect(codeOf(() => summarise(orders, { untilMs: 0, ...calendar }))).toBe(code);
    expect(codeOf(() => buyingDays(orders, calendar))).toBe(code);
  });

  it.each([
    ['length_mismatch', { people: 1, person: Uint32Array.of(0), atMs: new Float64Array() }],
    ['nan', { people: 1, person: Uint32Array.of(0), atMs: Float64Array.of(Number.NaN) }],
    ['out_of_range', { people: 1, person: Uint32Array.of(1), atMs: Float64Array.of(0) }],
    ['negative_count', { people: -1, person: new Uint32Array(), atMs: new Float64Array() }],
    [
      'nan',
      { people: 1, person: Uint32Array.of(0), atMs: Float64Array.of(0), amount: Float64Array.of(Number.NaN) },
    ],
  ])('refuses: %s', (code, orders) => {
    expect(codeOf(() => summarise(orders, { untilMs: 0 }))).toBe(code);
  });
});
