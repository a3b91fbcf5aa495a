import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countUpperTail } from '../counts/index.ts';
import { componentsOf } from './components.ts';
import { bettingOf, weigh } from './evidence.ts';

const factors = componentsOf({ directions: 'both' });

/** E[M] after one count whose true mean is `share` of what the law says, each component by itself. */
const expectedNext = (law: { mean: number; size: number; zeros: number }, share: number, before: number) => {
  const betting = bettingOf(factors, 50, 0.05);
  const sums = new Float64Array(factors.length);
  const truth = { ...law, mean: law.mean * share };
  for (let count = 0; count < 5000; count++) {
    const chance = countUpperTail(truth, count) - countUpperTail(truth, count + 1);
    const evidence = new Float64Array(factors.length).fill(before);
    weigh(evidence, 0, { count, law: { ...law, error: 0.05, factor: 1 }, betting });
    evidence.forEach((value, k) => {
      sums[k] = (sums[k] as number) + chance * value;
    });
    if (count > 3 * law.mean && chance < 1e-16) break;
  }
  return sums;
};

it('is not expected to grow beyond its start while nothing changed, nor on the other side of a change', () => {
  const laws = fc.record({
    mean: fc.double({ min: 0.05, max: 30, noNaN: true }),
    size: fc.double({ min: 0.5, max: 500, noNaN: true }),
    zeros: fc.double({ min: 0, max: 0.2, noNaN: true }),
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

it('grows with a change, is capped, and never NaN', () => {
  const betting = bettingOf(factors, 50, 0.05);
  const law = { mean: 5, size: 20, zeros: 0.01, error: 0.05, factor: 1 };
  const evidence = new Float64Array(factors.length);
  let last = 0;
  for (let day = 0; day < 400; day++) last = weigh(evidence, 0, { count: 20, law, betting });
  expect(last).toBeGreaterThan(1e100);
  for (const count of [Number.MAX_SAFE_INTEGER, 0, 0, 0]) last = weigh(evidence, 0, { count, law, betting });
  expect(Number.isFinite(last)).toBe(true);
});
