import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capMoney,
  collectMoments,
  mergeMoments,
  momentsOf,
  momentsOfCounts,
  moneyCapFrom,
  NO_MOMENTS,
  varianceOf,
} from './index.ts';

const outcome = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('moments', () => {
  it('merge gives what one pass gives, in any split', () => {
    fc.assert(
      fc.property(fc.array(outcome), fc.array(outcome), (left, right) => {
        const whole = momentsOf([...left, ...right]);
        const merged = mergeMoments(momentsOf(left), momentsOf(right));
        expect(merged.n).toBe(whole.n);
        expect(merged.nonZero).toBe(whole.nonZero);
        expect(merged.mean).toBeCloseTo(whole.mean, 6);
        expect(Math.abs(merged.m2 - whole.m2)).toBeLessThanOrEqual(1e-9 * Math.max(1, whole.m2));
      }),
    );
  });

  it('does not cancel on large sums', () => {
    expect(varianceOf(momentsOf([1e12 + 1, 1e12 + 2, 1e12 + 3]))).toBeCloseTo(1, 6);
  });

  it('adds zeros at once as one by one', () => {
    const atOnce = collectMoments();
    atOnce.add(3);
    atOnce.addZeros(4);
    const slow = momentsOf([3, 0, 0, 0, 0]);
    expect(atOnce.result().m2).toBeCloseTo(slow.m2, 12);
    expect(atOnce.result()).toMatchObject({ n: 5, nonZero: 1 });
    expect(atOnce.result().mean).toBeCloseTo(0.6, 12);
  });

  it('knows proportions, nothing, and what it cannot take', () => {
    expect(momentsOfCounts(4, 1).m2).toBeCloseTo(momentsOf([1, 0, 0, 0]).m2, 12);
    expect(mergeMoments(NO_MOMENTS, NO_MOMENTS)).toEqual(NO_MOMENTS);
    expect(() => momentsOf([Number.NaN])).toThrow(RangeError);
    expect(() => momentsOfCounts(1, 2)).toThrow(RangeError);
  });
});

describe('moneyCapFrom', () => {
  it('is a quantile of the positive amounts', () => {
    const amounts = Array.from({ length: 200 }, (_, i) => i - 99);
    expect(moneyCapFrom(amounts, 0.5)).toEqual({ cap: 50, quantile: 0.5, from: 100 });
    expect(moneyCapFrom([1, 2, 3])).toEqual({ reason: 'too_little_earlier_data', needed: 100, have: 3 });
    expect([capMoney(900, 50), capMoney(-900, 50), capMoney(7, 50)]).toEqual([50, -50, 7]);
  });
});
