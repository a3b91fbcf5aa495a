import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Carriers, carriersOf } from './index.ts';

const found = (answer: ReturnType<typeof carriersOf>): Carriers => {
  if (answer.kind === 'no_answer') throw new Error(answer.reason);
  return answer;
};
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('carriers', () => {
  const before = { key: range(0, 100) };

  it('tell one person from many', () => {
    const one = found(
      carriersOf({
        now: { key: [...range(0, 100), 7], count: [...Array(100).fill(1), 60] },
        before,
        expected: 100,
      }),
    );
    expect(one).toMatchObject({
      observed: 160,
      breadth: 'one',
      carryingHalf: 1,
      effective: 1,
      ratioWithoutFirst: 1,
    });
    expect(one.top[0]).toEqual({ key: 7, observed: 61, expected: 1, share: 1 });
    const many = found(carriersOf({ now: { key: range(0, 160) }, before, expected: 100 }));
    expect(many).toMatchObject({ breadth: 'many', carryingHalf: 30 });
    expect(many.effective).toBeCloseTo(60, 9);
    expect(many.top.map(({ key }) => key)).toEqual(range(100, 110));
    const few = found(
      carriersOf({
        now: { key: [...range(0, 100), 1, 2, 3], count: [...Array(100).fill(1), 20, 20, 20] },
        before,
        expected: 100,
      }),
    );
    expect(few).toMatchObject({ breadth: 'few', carryingHalf: 2 });
    expect(few.effective).toBeCloseTo(3, 9);
  });

  it('name who is missing in a drop', () => {
    const drop = found(
      carriersOf({
        now: { key: range(1, 6) },
        before: { key: range(0, 6), count: [20, 1, 1, 1, 1, 1] },
        expected: 25,
      }),
    );
    expect(drop).toMatchObject({ breadth: 'one', ratioWithoutFirst: 1 });
    expect(drop.top[0]).toMatchObject({ key: 0, observed: 0, expected: 20, share: 1 });
  });

  it('have shares that sum to 1, whatever the order of the rows', () => {
    const rows = fc.array(fc.tuple(fc.nat(20), fc.nat(5)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, rows, fc.double({ min: 0.5, max: 300, noNaN: true }), (now, past, expected) => {
        const counts = (pairs: readonly (readonly [number, number])[]) => ({
          key: pairs.map(([key]) => key),
          count: pairs.map(([, count]) => count),
        });
        const input = { before: counts(past), expected, top: 100 };
        const answer = carriersOf({ ...input, now: counts(now) });
        expect(carriersOf({ ...input, now: counts(now.toReversed()) })).toEqual(answer);
        if (answer.kind === 'no_answer') return;
        expect(answer.top.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
        expect(answer.effective).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(answer.carryingHalf).toBeGreaterThanOrEqual(1);
        expect(Number.isNaN(answer.ratioWithoutFirst)).toBe(false);
      }),
    );
  });

  it('take rounding for no change', () => {
    const key = [1, 2, 3];
    expect(carriersOf({ now: { key }, before: { key }, expected: 3 + 4e-16 })).toEqual({
      kind: 'no_answer',
      reason: 'no_change',
    });
    expect(() => carriersOf({ now: { key }, before: { key }, expected: 1, top: -1 })).toThrow();
  });

  it('say why not', () => {
    expect(carriersOf({ now: { key: [1] }, before: { key: [] }, expected: 2 })).toMatchObject({
      reason: 'no_past',
    });
    expect(carriersOf({ now: { key: [1] }, before, expected: 1 })).toMatchObject({ reason: 'no_change' });
    expect(() => carriersOf({ now: { key: [1] }, before, expected: 0 })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => carriersOf({ now: { key: [1], count: [] }, before, expected: 1 })).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
    expect(() => carriersOf({ now: { key: [1], count: [-1] }, before, expected: 1 })).toThrow(
      expect.objectContaining({ code: 'negative_count' }),
    );
  });
});
