import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectJoint,
  collectMoments,
  correlation,
  covariance,
  effectiveSampleSize,
  mergeMoments,
  mergeWeightedMoments,
  momentsOf,
  momentsOfCounts,
  NO_MOMENTS,
  sampleVariance,
  standardErrorOfMean,
  weightedMomentsOf,
} from './index.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const close = (found: number, expected: number, scale = Math.abs(expected)): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-10 * Math.max(scale, 1e-10));

describe('moments', () => {
  it('merge to those of all values, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(number, { maxLength: 30 }), { minLength: 1, maxLength: 6 }), (parts) => {
        const all = momentsOf(parts.flat());
        const merged = parts.map((part) => momentsOf(part)).reduce(mergeMoments, NO_MOMENTS);
        const scale = 1e6 * 1e6 * Math.max(1, all.n);
        expect(merged.n).toBe(all.n);
        close(merged.mean, all.mean, 1e6);
        close(merged.m2, all.m2, scale);
      }),
    );
  });

  it('do not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 50 }), (values) => {
        const backwards = momentsOf(values.toReversed());
        close(backwards.mean, momentsOf(values).mean, 1e6);
        close(backwards.m2, momentsOf(values).m2, 1e12 * values.length);
      }),
    );
  });

  it('lose nothing on top of 1e12, in one pass and merged', () => {
    const base = [1, 2, 3, 4, 5, 6, 7];
    const high = base.map((value) => value + 1e12);
    expect(sampleVariance(momentsOf(high))).toBeCloseTo(sampleVariance(momentsOf(base)), 10);
    const merged = mergeMoments(momentsOf(high.slice(0, 3)), momentsOf(high.slice(3)));
    expect(sampleVariance(merged)).toBeCloseTo(sampleVariance(momentsOf(base)), 3);
  });

  it('take counts and repeated values at once', () => {
    const collector = collectMoments();
    collector.addRepeated(0, 6);
    collector.addRepeated(1, 4);
    expect(collector.result()).toEqual(momentsOfCounts(10, 4));
    for (let i = 0; i < 3; i++) collector.add(2);
    const found = collector.result();
    expect(found.n).toBe(13);
    close(found.mean, 10 / 13);
    close(standardErrorOfMean(found), Math.sqrt(found.m2 / 12 / 13));
  });

  it('refuse what has no answer', () => {
    expect(() => momentsOf([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'nan' }));
    expect(() => collectMoments().add(Infinity)).toThrow(expect.objectContaining({ code: 'not_finite' }));
    expect(() => sampleVariance(momentsOf([1]))).toThrow(expect.objectContaining({ code: 'too_few' }));
    expect(() => momentsOfCounts(2, 3)).toThrow(expect.objectContaining({ code: 'count_above_total' }));
    expect(() => momentsOfCounts(-2, 0)).toThrow(expect.objectContaining({ code: 'negative_count' }));
  });
});

describe('joint moments', () => {
  const row = fc.tuple(number, number, number);
  it('merge to those of all rows, and their diagonal is that of each column alone', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 30 }),
        fc.array(row, { minLength: 1, maxLength: 30 }),
        (a, b) => {
          const collect = (rows: readonly (readonly number[])[]) => {
            const collector = collectJoint(3);
            for (const each of rows) collector.add(each);
            return collector;
          };
          const merged = collect(a);
          merged.merge(collect(b).result());
          const all = collect([...a, ...b]).result();
          const found = merged.result();
          const scale = 1e12 * all.n;
          for (let i = 0; i < 9; i++) close(found.comoments[i] as number, all.comoments[i] as number, scale);
          const second = momentsOf([...a, ...b].map((each) => each[1]));
          close(covariance(found, 1, 1), sampleVariance(second), 1e12);
          expect(found.comoments[1]).toBe(found.comoments[3]);
        },
      ),
    );
  });

  it('give the correlation of a line, and none where nothing varies', () => {
    const pairs = collectJoint(2);
    for (let i = 0; i < 10; i++) pairs.add([1e12 + i, -3 * i]);
    close(correlation(pairs.result(), 0, 1), -1);
    const flat = collectJoint(2);
    flat.add([1, 2]);
    flat.add([1, 3]);
    expect(() => correlation(flat.result(), 0, 1)).toThrow(
      expect.objectContaining({ code: 'zero_variance' }),
    );
    expect(() => flat.add([1])).toThrow(expect.objectContaining({ code: 'length_mismatch' }));
    expect(() => covariance(flat.result(), 0, 2)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
  });
});

describe('weighted moments', () => {
  it('with whole weights are those of repeated values, and merge', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (pairs, cut) => {
          const repeated = momentsOf(pairs.flatMap(([value, times]) => Array<number>(times).fill(value)));
          const of = (some: readonly (readonly [number, number])[]) =>
            weightedMomentsOf(
              some.map(([value]) => value),
              some.map(([, weight]) => weight),
            );
          const at = cut % pairs.length;
          for (const found of [
            of(pairs),
            mergeWeightedMoments(of(pairs.slice(0, at)), of(pairs.slice(at))),
          ]) {
            expect(found.weight).toBe(repeated.n);
            close(found.mean, repeated.mean, 1e6);
            close(found.m2, repeated.m2, 1e12 * Math.max(1, repeated.n));
          }
        },
      ),
    );
  });

  it('give the effective sample size', () => {
    expect(effectiveSampleSize(weightedMomentsOf([1, 2, 3], [2, 2, 2]))).toBeCloseTo(3, 12);
    expect(effectiveSampleSize(weightedMomentsOf([1, 2, 3], [0, 9, 0]))).toBeCloseTo(1, 12);
    expect(effectiveSampleSize(weightedMomentsOf([1], [0]))).toBe(0);
    expect(() => weightedMomentsOf([1], [-1])).toThrow(expect.objectContaining({ code: 'negative_weight' }));
  });
});
