import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countUpperTail } from '../counts/index.ts';
import { componentsOf } from './components.ts';
import { bettingOf, weigh } from './evidence.ts';

const factors = componentsOf({ directions: 'both' });

interface Law {
  readonly mean: number;
  readonly size: number;
  readonly zeros: number;
  /** Share of a swing that is left, what the last one leaves, and what it was under each component. */
  readonly keep: number;
  readonly left: number;
  readonly swing: number;
}

/** E[M] after one count whose true mean is `share` of what the law says, each component by itself. */
const expectedNext = (law: Law, share: number, before: number) => {
  const betting = bettingOf(factors, 50, 0.05);
  const sums = new Float64Array(factors.length);
  const likely = law.mean * (1 + law.left);
  const truth = { ...law, mean: likely * share };
  for (let count = 0; count < 5000; count++) {
    const chance = countUpperTail(truth, count) - countUpperTail(truth, count + 1);
    const evidence = new Float64Array(factors.length).fill(before);
    const swings = new Float64Array(factors.length).fill(law.swing);
    const whole = {
      ...law,
      likely,
      likelySize: law.size,
      variance: 0.1,
      noise: 0.5 / law.size,
      error: 0.05,
      factor: 1,
    };
    weigh({ evidence, swings }, 0, { count, law: whole, betting });
    expect(swings.every(Number.isFinite)).toBe(true);
    evidence.forEach((value, k) => {
      sums[k] = (sums[k] as number) + chance * value;
    });
    if (count > 3 * truth.mean && chance < 1e-16) break;
  }
  return sums;
};

it('is not expected to grow beyond its start while nothing changed, nor on the other side of a change', () => {
  const laws = fc.record({
    mean: fc.double({ min: 0.05, max: 30, noNaN: true }),
    size: fc.double({ min: 0.5, max: 500, noNaN: true }),
    zeros: fc.double({ min: 0, max: 0.2, noNaN: true }),
    keep: fc.constantFrom(0, 0.3, 0.9),
    left: fc.double({ min: -0.9, max: 1, noNaN: true }),
    swing: fc.double({ min: -0.9, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(laws, fc.double({ min: 0, max: 5, noNaN: true }), (law, before) => {
      const limit = 0.98 * before + 0.02;
      for (const share of [0.3, 0.9, 1, 1.05, 3]) {
        expectedNext(law, share, before).forEach((value, k) => {
          const rises = (factors[k] as number) > 1;
          if (rises ? share <= 1.05 : share >= 1 / 1.05) expect(value).toBeLessThanOrEqual(limit + 1e-7);
        });
      }
    }),
    { numRuns: 25 },
  );
});

it('does not bet on a rise below what swings make likely anyway, nor on a drop above it', () => {
  for (const [share, swing, left] of [
    [0.3, -0.9, 0],
    [0.3, -0.9, 0.5],
    [3, 2, 0],
    [3, 2, -0.5],
  ] as const) {
    const law = { mean: 5, size: 20, zeros: 0, keep: 0.9, left, swing };
    expectedNext(law, share, 3).forEach((value, k) => {
      if ((factors[k] as number) > 1 === share < 1) expect(value).toBeLessThanOrEqual(0.98 * 3 + 0.02 + 1e-7);
    });
  }
});

it('grows with a change, is capped, and never NaN', () => {
  const betting = bettingOf(factors, 50, 0.05);
  const quiet = { keep: 0, variance: 0, noise: 0.05, likely: 5, likelySize: 20 };
  const law = { mean: 5, size: 20, zeros: 0.01, error: 0.05, factor: 1, ...quiet };
  const swings = new Float64Array(factors.length);
  const evidence = new Float64Array(factors.length);
  let last = 0;
  for (let day = 0; day < 400; day++) last = weigh({ evidence, swings }, 0, { count: 20, law, betting });
  expect(last).toBeGreaterThan(1e100);
  for (const count of [Number.MAX_SAFE_INTEGER, 0, 0, 0])
    last = weigh({ evidence, swings }, 0, { count, law, betting });
  expect(Number.isFinite(last)).toBe(true);
});
