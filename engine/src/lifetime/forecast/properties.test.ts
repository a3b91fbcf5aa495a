import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { names } from '../../../testing/lifetime.ts';
import {
  aliveAt,
  chanceToBuy,
  expectedPurchases,
  groupRows,
  logLikelihoodAt,
  purchaseRange,
} from '../index.ts';
import { fromLogs } from '../models/parameters.ts';

const logs = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 });
const row = fc
  .record({
    repeats: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1_000_000 })),
    age: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 5000, noNaN: true })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ repeats, age, share }) => ({ repeats, age, recency: repeats === 0 ? 0 : share * age }));
const horizon = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e5, noNaN: true }));

describe('any person under any parameters', () => {
  it.each(names)('%s: finite, >= 0, never more likely than expected, rising with the horizon', (model) => {
    fc.assert(
      fc.property(logs, row, horizon, (point, person, time) => {
        const parameters = fromLogs(model, point);
        const alive = aliveAt(parameters, person);
        const expected = expectedPurchases(parameters, person, time);
        const chance = chanceToBuy(parameters, person, time);
        expect(alive).toBeGreaterThanOrEqual(0);
        expect(alive).toBeLessThanOrEqual(1);
        expect(Number.isFinite(expected)).toBe(true);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(Math.min(1, expected) * (1 + 1e-6) + 1e-12);
        expect(expectedPurchases(parameters, person, 2 * time)).toBeGreaterThanOrEqual(expected * (1 - 1e-6));
      }),
      { numRuns: 400 },
    );
  });

  it.each(names)('%s: the likelihood is a number', (model) => {
    fc.assert(
      fc.property(logs, row, (point, { repeats, recency, age }) => {
        const groups = groupRows({
          repeats: Float64Array.of(repeats),
          recency: Float64Array.of(recency),
          age: Float64Array.of(age),
        });
        expect(Number.isFinite(logLikelihoodAt(fromLogs(model, point), groups))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(names)('%s: ranges are ordered', (model) => {
    const mild = fc.array(fc.double({ min: -3, max: 4, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(mild, row, (point, person) => {
        const parameters = fromLogs(model, point);
        const repeats = person.repeats % 50;
        const one = { repeats, age: person.age, recency: repeats === 0 ? 0 : person.recency };
        const { low, high } = purchaseRange(parameters, [one, 26], 0.8);
        expect(low).toBeLessThanOrEqual(high);
      }),
      { numRuns: 60 },
    );
  });
});
