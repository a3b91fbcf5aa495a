import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors/index.ts';
import { createRandom } from '../random/index.ts';
import { createQuantileSketch, sampleQuantile } from './index.ts';

// What is within 1e-300 of 0 is 0 to a sketch.
const value = fc
  .oneof(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
    fc.integer({ min: -20, max: 20 }),
    fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
  )
  .map((each) => (Math.abs(each) <= 1e-300 ? 0 : each));

const sketchOf = (values: readonly number[], error = 0.01) => {
  const sketch = createQuantileSketch(error);
  for (const each of values) sketch.add(each);
  return sketch;
};

const exact = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] as number;

describe('the sketch', () => {
  it('is within its error of the exact quantile, and its bounds hold it', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.001, 0.01, 0.1),
        (values, share, error) => {
          const found = sketchOf(values, error).quantile(share);
          const truth = exact(values, share);
          expect(found).toBeDefined();
          if (!found) return;
          expect(Math.abs(found.value - truth)).toBeLessThanOrEqual(
            error * Math.abs(truth) * (1 + 1e-9) + 1e-300,
          );
          expect(found.low).toBeLessThanOrEqual(truth);
          expect(found.high).toBeGreaterThanOrEqual(truth);
        },
      ),
    );
  });

  it('merges to exactly what all values together give, in any order', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 100 }), fc.array(value, { maxLength: 100 }), (left, right) => {
        const merged = sketchOf(left);
        merged.merge(sketchOf(right).state());
        expect(merged.state()).toEqual(sketchOf([...right, ...left].toReversed()).state());
      }),
    );
  });

  it('says between which counts the rank of a value lies', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 100 }), value, (values, asked) => {
        const truth = values.filter((each) => each <= asked).length;
        const { atLeast, atMost } = sketchOf(values).rank(asked);
        expect(atLeast).toBeLessThanOrEqual(truth);
        expect(atMost).toBeGreaterThanOrEqual(truth);
      }),
    );
  });

  it('stays small over twelve powers of ten', () => {
    const random = createRandom(1);
    const sketch = createQuantileSketch(0.01);
    for (let i = 0; i < 20_000; i++) sketch.add(10 ** random.between(-6, 6));
    expect(sketch.state().positive.counts.length).toBeLessThan(1400);
  });

  it('refuses what has no answer', () => {
    expect(createQuantileSketch().quantile(0.5)).toBeUndefined();
    expect(() => createQuantileSketch(0)).toThrow(EngineError);
    expect(() => createQuantileSketch().add(Number.NaN)).toThrow(expect.objectContaining({ code: 'nan' }));
    expect(() => createQuantileSketch().quantile(1.1)).toThrow(
      expect.objectContaining({ code: 'probability_out_of_range' }),
    );
    expect(() => createQuantileSketch(0.01).merge(createQuantileSketch(0.02).state())).toThrow(
      expect.objectContaining({ code: 'not_mergeable' }),
    );
  });
});

describe('sampleQuantile', () => {
  it('interpolates as numpy does', () => {
    const values = Float64Array.of(7, 1, 3, 15, 9);
    expect(sampleQuantile(values, 0)).toBe(1);
    expect(sampleQuantile(values, 0.3)).toBeCloseTo(3.8, 12);
    expect(sampleQuantile(values, 1)).toBe(15);
    expect(() => sampleQuantile(new Float64Array(0), 0.5)).toThrow(
      expect.objectContaining({ code: 'empty_input' }),
    );
  });
});
