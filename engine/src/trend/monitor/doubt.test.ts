import { expect, it } from 'vitest';
import {
  countReturn,
  DOUBT_SUMS,
  doubtsOf,
  forgetReturns,
  heighten,
  STAGES,
  stageOf,
  worthOf,
} from './doubt.ts';

/** A change whose evidence stood at these peaks by the end of its stages. */
const change = (...values: readonly number[]) => {
  const peaks = new Float64Array(STAGES);
  values.forEach((evidence, stage) => heighten(peaks, 0, { stage, evidence }));
  return { peaks, from: 0, evidence: Math.max(...values) };
};
/** Two groups, seen for 1,000 series and horizons each; in the first `times` changes came back. */
const seen = (times: number, ...peaks: readonly number[]) => {
  const doubt = new Float64Array(2 * DOUBT_SUMS);
  doubt[0] = doubt[DOUBT_SUMS] = 1000;
  for (let k = 0; k < times; k++) countReturn(doubt, 0, change(...peaks));
  return doubt;
};

it('takes evidence for what it is where nothing came back more often than the law has it', () => {
  for (const doubt of [seen(0), seen(5, 1e6), seen(3000, 9), new Float64Array(DOUBT_SUMS)])
    for (const peaks of [[1e12], [1e3, 1e6], [30, 40, 1e9]])
      expect(worthOf(doubtsOf(doubt), 0, change(...peaks))).toBeCloseTo(Math.max(...peaks), -1);
});

it('discounts the stage in which changes come back, and only that', () => {
  // Orders in bulk: one in ten series and horizons.
  const bulk = doubtsOf(seen(100, 1e12));
  expect(worthOf(bulk, 0, change(1e12))).toBeLessThan(100);
  expect(worthOf(bulk, 0, change(50, 1e6, 1e12))).toBeGreaterThan(1e11);
  // Promotions: they grow in their first week.
  const promotions = doubtsOf(seen(100, 5, 1e9));
  expect(worthOf(promotions, 0, change(5, 1e9))).toBeLessThan(200);
  expect(worthOf(promotions, 0, change(5, 1e3, 1e9))).toBeGreaterThan(1e5);
  // More evidence is never worth less.
  let last = 0;
  for (let log = 0; log < 300; log += 3) {
    const worth = worthOf(promotions, 0, change(5, 5 * 10 ** log));
    expect(worth).toBeGreaterThanOrEqual(last * (1 - 1e-9));
    last = worth;
  }
});

it('shrinks a group to all groups, and forgets', () => {
  const doubt = seen(100, 5, 1e9);
  const worth = (group: number): number => worthOf(doubtsOf(doubt), group, change(5, 1e9));
  expect(worth(1)).toBeGreaterThan(worth(0));
  expect(worth(1)).toBeLessThan(1e6);
  const before = worth(0);
  for (let bucket = 0; bucket < 56 * 40; bucket++) forgetReturns(doubt, Float64Array.of(100, 100), 56);
  expect(worth(0)).toBeGreaterThan(10 * before);
});

it('knows a spike from a spell and a stay', () => {
  expect([0, 1, 2, 6, 7, 30].map((buckets) => stageOf(buckets, 7))).toEqual([0, 0, 1, 1, 2, 2]);
  expect([0, 2, 23, 24].map((buckets) => stageOf(buckets, 168))).toEqual([0, 1, 1, 2]);
});
