import { describe, expect, it } from 'vitest';
import { dailyBuckets, hourlyBuckets } from './index.ts';

describe('calendars', () => {
  it('know weekdays, special days and days of 23 hours', () => {
    expect(dailyBuckets({ firstWeekday: 5, days: 3, holiday: [0, 1, 0], hours: [24, 23, 25] })).toEqual([
      { slot: 5, holiday: 0, exposure: 1 },
      { slot: 6, holiday: 1, exposure: 23 / 24 },
      { slot: 0, holiday: 0, exposure: 25 / 24 },
    ]);
  });

  it('count every elapsed hour once where clocks change', () => {
    // Paris, Sunday 29 March 2026: 2 h does not exist; Sunday 25 October: 2 h comes twice. Both at 1 h UTC.
    const spring = Date.UTC(2026, 2, 29, 1);
    const autumn = Date.UTC(2026, 9, 25, 1);
    const offsetMinutes = (atMs: number): number => (atMs >= spring && atMs < autumn ? 120 : 60);
    const slots = (startMs: number): number[] =>
      hourlyBuckets({ startMs, hours: 4, offsetMinutes }).map(({ slot }) => slot - 6 * 24);
    expect(slots(spring - 2 * 3_600_000)).toEqual([0, 1, 3, 4]);
    expect(slots(autumn - 2 * 3_600_000)).toEqual([1, 2, 2, 3]);
    expect(hourlyBuckets({ startMs: 0, hours: 1, offsetMinutes: () => 60 })[0]?.slot).toBe(3 * 24 + 1);
    expect(hourlyBuckets({ startMs: -3_600_000, hours: 1, offsetMinutes: () => 0 })[0]?.slot).toBe(
      2 * 24 + 23,
    );
  });

  it.each([
    ['out_of_range', () => dailyBuckets({ firstWeekday: 7, days: 1 })],
    ['length_mismatch', () => dailyBuckets({ firstWeekday: 0, days: 2, holiday: [0] })],
    ['out_of_range', () => dailyBuckets({ firstWeekday: 0, days: 1e10 })],
    ['out_of_range', () => dailyBuckets({ firstWeekday: 0, days: 1, hours: [-3] })],
    ['nan', () => dailyBuckets({ firstWeekday: 0, days: 1, hours: [Number.NaN] })],
    ['nan', () => dailyBuckets({ firstWeekday: 0, days: 1, holiday: [Number.NaN] })],
    [
      'negative_count',
      () => hourlyBuckets({ startMs: 0, hours: 1, offsetMinutes: () => 0, holidayAt: () => 0.5 }),
    ],
    ['out_of_range', () => hourlyBuckets({ startMs: 0, hours: 1, offsetMinutes: () => 1e9 })],
    ['nan', () => hourlyBuckets({ startMs: Number.NaN, hours: 1, offsetMinutes: () => 0 })],
    ['nan', () => hourlyBuckets({ startMs: 0, hours: 1, offsetMinutes: () => Number.NaN })],
  ])('throw %s', (code, work) => {
    expect(work).toThrow(expect.objectContaining({ code }));
  });
});
