import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createRandom } from '../random/index.ts';
import { normalCdf } from '../special/index.ts';
import {
  applyFloor,
  bestOf,
  boundShares,
  drawAction,
  epsilonGreedyShares,
  greedyShares,
  squareCbShares,
  thompsonBetaShares,
  thompsonNormalShares,
} from './index.ts';

const sumOf = (p: Float64Array): number => p.reduce((sum, value) => sum + value, 0);
const scores = fc
  .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((values) => Float64Array.from(values));
const probabilities = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
  .filter((values) => values.some((value) => value > 1e-6))
  .map((values) => {
    const sum = values.reduce((a, b) => a + b, 0);
    return Float64Array.from(values, (value) => value / sum);
  });

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isEngineError(error)) return error.code;
    throw error;
  }
  return 'no error';
};

describe('rules in closed form', () => {
  it('share ties, and sum to 1', () => {
    expect([...greedyShares([1, 3, 3], new Float64Array(3))]).toEqual([0, 0.5, 0.5]);
    const shares = epsilonGreedyShares({ scores: [0.1, 0.3], epsilon: 0.1, out: new Float64Array(2) });
    expect(shares[0]).toBeCloseTo(0.05, 15);
    expect(shares[1]).toBeCloseTo(0.95, 15);
    const inverse = squareCbShares({ scores: [0.5, 0.1], gamma: 20, out: new Float64Array(2) });
    expect(inverse[1]).toBeCloseTo(0.1, 15);
    expect(codeOf(() => epsilonGreedyShares({ scores: [1], epsilon: 2, out: new Float64Array(1) }))).toBe(
      'probability_out_of_range',
    );
    expect(codeOf(() => squareCbShares({ scores: [1], gamma: -1, out: new Float64Array(1) }))).toBe(
      'out_of_range',
    );
  });

  it('give the better action no less, whatever the scores', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1e4, noNaN: true }), (values, gamma) => {
        for (const p of [
          squareCbShares({ scores: values, gamma, out: new Float64Array(values.length) }),
          epsilonGreedyShares({ scores: values, epsilon: 0.2, out: new Float64Array(values.length) }),
        ]) {
          expect(sumOf(p)).toBeCloseTo(1, 12);
          for (let i = 0; i < p.length; i++) {
            expect(p[i]).toBeGreaterThan(0);
            for (let j = 0; j < p.length; j++)
              if ((values[i] as number) > (values[j] as number))
                expect(p[i] as number).toBeGreaterThanOrEqual((p[j] as number) - 1e-12);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the floor', () => {
  it('holds for everyone, keeps the sum and the order, and changes nothing that is above it', () => {
    expect([...applyFloorTo([1, 0, 0, 0], 0.05)]).toEqual(
      [0.85, 0.05, 0.05, 0.05].map((x) => expect.closeTo(x, 14)),
    );
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0, max: 0.3, noNaN: true }), (p, floor) => {
        const before = p.slice();
        const held = applyFloor(p, floor);
        expect(sumOf(p)).toBeCloseTo(1, 12);
        expect(held).toBe(floor * p.length >= 1 ? 1 / p.length : floor);
        for (let k = 0; k < p.length; k++) expect(p[k] as number).toBeGreaterThanOrEqual(held);
        if (before.every((share) => share > floor) && floor * p.length < 1) expect(p).toEqual(before);
      }),
    );
    expect(codeOf(() => applyFloor(new Float64Array(0), 0.1))).toBe('no_actions');
    expect(codeOf(() => applyFloor(Float64Array.of(1), -0.1))).toBe('out_of_range');
  });

  const applyFloorTo = (values: readonly number[], floor: number): Float64Array => {
    const p = Float64Array.from(values);
    applyFloor(p, floor);
    return p;
  };
});

describe('drawing', () => {
  it('cuts [0, 1) into the probabilities, and never takes what has none', () => {
    expect(drawAction(Float64Array.of(0.2, 0, 0.8), 0.19999)).toBe(0);
    expect(drawAction(Float64Array.of(0.2, 0, 0.8), 0.2)).toBe(2);
    expect(drawAction(Float64Array.of(0.5, 0.4999999, 0), 0.99999999999)).toBe(1);
  });
});

describe('Thompson sampling without sampling', () => {
  it('knows the closed form of two normals', () => {
    for (const [gap, a, b] of [
      [1, 1, 1],
      [0.3, 0.01, 2],
      [3, 0.5, 0.2],
      [0, 1, 1e-6],
    ] as const) {
      const found = thompsonNormalShares(Float64Array.of(gap, 0), Float64Array.of(a, b), 0.05);
      const truth = normalCdf(gap / Math.hypot(a, b));
      expect(Math.abs((found.probabilities[0] as number) - truth)).toBeLessThan(2e-4);
      expect(Math.abs((found.probabilities[0] as number) - truth)).toBeLessThanOrEqual(found.bound);
    }
  });

  it('agrees with a million draws of six normals, inside its proven bound', () => {
    const means = Float64Array.of(0, 0.2, 0.4, -1, 0.39, 0.1);
    const sds = Float64Array.of(1, 0.5, 0.05, 2, 0.3, 0.01);
    const found = thompsonNormalShares(means, sds);
    const random = createRandom('six normals');
    const counts = new Float64Array(6);
    const draws = 200_000;
    for (let i = 0; i < draws; i++) {
      let best = 0;
      let most = -Infinity;
      for (let k = 0; k < 6; k++) {
        const value = random.normal(means[k], sds[k]);
        if (value > most) {
          most = value;
          best = k;
        }
      }
      counts[best] = (counts[best] as number) + 1 / draws;
    }
    for (let k = 0; k < 6; k++) {
      const p = found.probabilities[k] as number;
      expect(Math.abs(p - (counts[k] as number))).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws) + 1e-3);
    }
    expect(sumOf(found.probabilities)).toBeCloseTo(1, 14);
    expect(found.bound).toBeLessThan(0.05);
  });

  it('knows the closed form of two betas with whole parameters, also when one is U-shaped', () => {
    // P(X > Y), X ~ Beta(a, b), Y ~ Beta(c, 1): E[X^c] = Π (a + i)/(a + b + i).
    const above = (a: number, b: number, c: number): number => {
      let p = 1;
      for (let i = 0; i < c; i++) p *= (a + i) / (a + b + i);
      return p;
    };
    for (const [a, b, c] of [
      [2, 1, 1],
      [30, 970, 1],
      [0.5, 0.5, 2],
      [500, 500, 3],
      [1, 1, 40],
    ] as const) {
      const found = thompsonBetaShares(Float64Array.of(a, c), Float64Array.of(b, 1));
      expect(Math.abs((found.probabilities[0] as number) - above(a, b, c))).toBeLessThan(1e-3);
      expect(Math.abs((found.probabilities[0] as number) - above(a, b, c))).toBeLessThanOrEqual(
        found.bound + 1e-12,
      );
    }
  });

  it('is fair to equals, greedy without doubt, and refuses nonsense', () => {
    const equal = thompsonNormalShares(new Float64Array(7), new Float64Array(7).fill(2));
    for (const p of equal.probabilities) expect(p).toBeCloseTo(1 / 7, 12);
    expect([...thompsonNormalShares(Float64Array.of(1, 1, 0), new Float64Array(3)).probabilities]).toEqual([
      0.5, 0.5, 0,
    ]);
    expect(codeOf(() => thompsonNormalShares(Float64Array.of(1), Float64Array.of(-1)))).toBe('out_of_range');
    expect(codeOf(() => thompsonNormalShares(Float64Array.of(1, 2), Float64Array.of(1)))).toBe(
      'length_mismatch',
    );
    expect(codeOf(() => thompsonBetaShares(Float64Array.of(0), Float64Array.of(1)))).toBe('out_of_range');
    expect(codeOf(() => bestOf({ count: 0, cdf: () => 0, nodes: new Float64Array(0) }))).toBe('no_actions');
  });

  it('does not depend on the order of the actions', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: -3, max: 3, noNaN: true }),
            fc.double({ min: 0.01, max: 3, noNaN: true }),
          ),
          {
            minLength: 2,
            maxLength: 6,
          },
        ),
        (arms) => {
          const there = thompsonNormalShares(
            Float64Array.from(arms, ([mean]) => mean),
            Float64Array.from(arms, ([, sd]) => sd),
          );
          const turned = arms.toReversed();
          const back = thompsonNormalShares(
            Float64Array.from(turned, ([mean]) => mean),
            Float64Array.from(turned, ([, sd]) => sd),
          );
          there.probabilities.forEach((p, k) =>
            expect(back.probabilities[arms.length - 1 - k]).toBeCloseTo(p, 10),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('bounds on shares', () => {
  it('are kept when they leave room, and said to be relaxed when they do not', () => {
    const p = Float64Array.of(0.9, 0.1);
    expect(boundShares({ p, low: Float64Array.of(0.4, 0.4), high: Float64Array.of(0.6, 0.6) })).toBe('yes');
    expect(p[0]).toBeCloseTo(0.6, 12);
    const q = Float64Array.of(0.9, 0.1);
    expect(boundShares({ p: q, low: Float64Array.of(0, 0), high: Float64Array.of(0.2, 0.2) })).toBe(
      'relaxed',
    );
    expect(sumOf(q)).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0, max: 0.2, noNaN: true }), (shares, width) => {
        const n = shares.length;
        const low = new Float64Array(n).fill(Math.max(0, 1 / n - width));
        const high = new Float64Array(n).fill(Math.min(1, 1 / n + width));
        boundShares({ p: shares, low, high });
        expect(sumOf(shares)).toBeCloseTo(1, 12);
        for (let k = 0; k < n; k++) {
          expect(shares[k] as number).toBeGreaterThanOrEqual((low[k] as number) - 1e-9);
          expect(shares[k] as number).toBeLessThanOrEqual((high[k] as number) + 1e-9);
        }
      }),
    );
  });
});
