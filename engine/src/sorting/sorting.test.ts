import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createRandom } from '../random/index.ts';
import { type SortKey, sortRows } from './index.ts';

/** Compared one by one, the slow way. */
const naive = (keys: readonly SortKey[]): number[] =>
  [...(keys[0] ?? new Uint8Array(0)).keys()].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [key[a] as number, key[b] as number];
      if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
      if (x !== y && !Number.isNaN(x)) return x - y;
    }
    return a - b;
  });

describe('rows by columns', () => {
  it('is what comparing finds, for few rows and for many', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -0, Infinity, -Infinity, Number.NaN, 5e-324, -5e-324, 1, -1),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.integer({ min: 0, max: 3 }), fc.nat()), { maxLength: 40 }),
        fc.constantFrom(1, 40),
        (tuples, times) => {
          const rows = Array.from({ length: times }, () => tuples).flat();
          const keys = [
            Uint8Array.from(rows, ([, small]) => small),
            Float64Array.from(rows, ([value]) => value),
            Float32Array.from(rows, ([, , whole]) => -whole),
            Uint32Array.from(rows, ([, , whole]) => whole),
          ];
          expect([...sortRows(keys)]).toEqual(naive(keys));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('sorts bits that are spread over the whole number', () => {
    const random = createRandom('spread');
    const wide = Float64Array.from({ length: 5000 }, () => random.normal() * 10 ** random.integer(-200, 200));
    const whole = Uint32Array.from({ length: 5000 }, () => random.integer(0, 2 ** 32 - 1));
    expect([...sortRows([wide])]).toEqual(naive([wide]));
    expect([...sortRows([whole])]).toEqual(naive([whole]));
  });

  it('keeps equal rows in their order, and answers for none', () => {
    expect([...sortRows([new Uint32Array(2000)])]).toEqual([...new Uint32Array(2000).keys()]);
    expect(sortRows([]).length).toBe(0);
    expect(sortRows([new Float64Array(0)]).length).toBe(0);
  });

  it('says where it is, never going back, and stops', () => {
    const key = Float64Array.from({ length: 300_000 }, (_, k) => Math.sin(k));
    const told: number[] = [];
    sortRows([key, key], ({ done }) => void told.push(done));
    expect(told.length).toBeGreaterThan(20);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    let words = 0;
    const stop = (): 'stop' | undefined => (++words === 5 ? 'stop' : undefined);
    try {
      sortRows([key], stop);
      expect.unreachable();
    } catch (error) {
      expect(isEngineError(error, 'cancelled')).toBe(true);
    }
    expect(words).toBe(5);
  });

  it('refuses keys of different lengths', () => {
    expect(() => sortRows([new Uint8Array(1), new Uint8Array(2)])).toThrow('key 1');
  });
});
