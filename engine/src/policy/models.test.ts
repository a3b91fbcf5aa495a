import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, matrix, solveCholesky } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import { logistic } from '../special/index.ts';
import { createGaussianArm, createSupport, fillSupport, gaussianSumsLength } from './index.ts';
import { logisticStep } from './logistic-step.ts';

interface Row {
  readonly x: Float64Array;
  readonly y: number;
}

const armOf = (d: number, precision: number) => {
  const targets = [new Float64Array(gaussianSumsLength(d))];
  const arm = createGaussianArm(d, { prior: { precision }, targets: () => targets });
  const support = createSupport(d);
  return {
    arm,
    at: (x: Float64Array) => {
      fillSupport(support, x);
      return { mean: arm.meanAt(support), form: arm.formAt(support) };
    },
    learn: ({ x, y }: Row, kind: 'linear' | 'logistic' = 'linear') => {
      fillSupport(support, x);
      arm.absorb(support, (step) => {
        step.weight = 1;
        step.coefficient = y;
        if (kind === 'logistic') logisticStep(step, y);
      });
    },
  };
};

/** (Λ₀ + Σ w x xᵀ) by definition, and its factor. */
const batch = (
  rows: readonly Row[],
  d: number,
  { precision, weights }: { precision: number; weights?: readonly number[] },
) => {
  const all = matrix(d, d);
  const moment = new Float64Array(d);
  for (let i = 0; i < d; i++) all.values[i * d + i] = precision;
  rows.forEach(({ x, y }, r) => {
    for (let i = 0; i < d; i++) {
      moment[i] = (moment[i] as number) + y * (x[i] as number);
      for (let j = 0; j < d; j++)
        all.values[i * d + j] =
          (all.values[i * d + j] as number) + (weights?.[r] ?? 1) * (x[i] as number) * (x[j] as number);
    }
  });
  const factor = cholesky(all);
  if (factor.kind !== 'factor') throw new Error('the test needs a positive definite matrix');
  return { factor, moment };
};

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const rowsOf = (seed: number, n: number, d: number): Row[] => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const x = Float64Array.from({ length: d }, () => (random.chance(0.3) ? 0 : random.normal()));
    return { x, y: random.normal(x[0] ?? 0, 0.5) };
  });
};

describe('linear model of one action', () => {
  it('is ridge regression, whatever the order, with sparse and dense contexts', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (seed, d, n) => {
        const rows = rowsOf(seed, n, d);
        const one = armOf(d, 0.7);
        for (const row of rows) one.learn(row);
        const other = armOf(d, 0.7);
        for (const row of rows.toReversed()) other.learn(row);
        const { factor, moment } = batch(rows, d, { precision: 0.7 });
        const weights = solveCholesky(factor, moment);
        const probe = rowsOf(seed + 1, 1, d)[0] as Row;
        const form = dot(probe.x, solveCholesky(factor, probe.x));
        for (const found of [one.at(probe.x), other.at(probe.x)]) {
          expect(found.mean).toBeCloseTo(dot(weights, probe.x), 9);
          expect(found.form).toBeCloseTo(form, 9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is surer with every round', () => {
    const rows = rowsOf(5, 60, 4);
    const { at, learn } = armOf(4, 1);
    const probe = Float64Array.of(1, -1, 0.5, 2);
    let before = at(probe).form;
    for (const row of rows) {
      learn(row);
      const { form } = at(probe);
      expect(form).toBeLessThanOrEqual(before + 1e-15);
      before = form;
    }
  });

  it('sees the drift of an updated inverse and factors again', () => {
    // Nearly collinear, far from 0, hardly a prior: Sherman and Morrison lose digits quickly here.
    const { arm, learn, at } = armOf(6, 1e-6);
    const random = createRandom('drift');
    const rows: Row[] = [];
    for (let i = 0; i < 3000; i++) {
      const base = random.normal(1000, 1);
      const x = Float64Array.from({ length: 6 }, () => base + random.normal(0, 0.05));
      const row = { x, y: random.normal() };
      rows.push(row);
      learn(row);
    }
    expect(arm.health.worstDrift).toBeGreaterThan(1e-9);
    expect(arm.health.drifted).toBeGreaterThan(0);
    arm.rebuild();
    const { factor } = batch(rows, 6, { precision: 1e-6 });
    const probe = Float64Array.of(1, 0, 0, 0, 0, -1);
    const truth = dot(probe, solveCholesky(factor, probe));
    expect(Math.abs(at(probe).form / truth - 1)).toBeLessThan(1e-4);
  });

  it('factors again every 1,000 rounds without drift', () => {
    const { arm, learn } = armOf(3, 1);
    for (const row of rowsOf(9, 2100, 3)) learn(row);
    expect(arm.health.factored).toBe(2);
    expect(arm.health.drifted).toBe(0);
    expect(arm.health.worstDrift).toBeLessThan(1e-11);
  });
});

describe('logistic model of one action, by Laplace', () => {
  it('solves the mode of one observation to rounding, also far out', () => {
    for (const [mean, form, y] of [
      [0, 4, 1],
      [30, 1e4, 0],
      [-700, 2, 1],
      [2, 1e-9, 0.3],
      [0, 1e8, 0],
    ] as const) {
      const step = logisticStep({ weight: 0, coefficient: 0, mean, form }, y);
      // coefficient = s + w mode with s = y - σ(mode), mode = mean + form s.
      const s = (step.coefficient - step.weight * mean) / (1 + step.weight * form);
      const mode = mean + form * s;
      expect(Math.abs(y - logistic(mode) - s)).toBeLessThan(1e-9);
      expect(step.weight).toBeGreaterThanOrEqual(0);
    }
  });

  it('comes close to the mode and the curvature of all observations together', () => {
    const random = createRandom('logistic');
    const truth = Float64Array.of(-1, 0.8, -0.5);
    const rows: Row[] = Array.from({ length: 1500 }, () => {
      const x = Float64Array.of(1, random.normal(), random.normal());
      return { x, y: random.chance(logistic(dot(truth, x))) ? 1 : 0 };
    });
    const { arm, learn, at } = armOf(3, 1);
    for (const row of rows) learn(row, 'logistic');
    // Newton's method on all rows.
    let mode = new Float64Array(3);
    let curvature = batch(rows, 3, { precision: 1 }).factor;
    for (let round = 0; round < 20; round++) {
      const p = rows.map(({ x }) => logistic(dot(mode, x)));
      const made = batch(
        rows.map(({ x, y }, i) => ({ x, y: y - (p[i] as number) })),
        3,
        { precision: 1, weights: p.map((share) => share * (1 - share)) },
      );
      curvature = made.factor;
      const gradient = made.moment.map((value, i) => value - (mode[i] as number));
      mode = mode.map((value, i) => value + (solveCholesky(made.factor, gradient)[i] as number));
    }
    const probe = Float64Array.of(1, 0.3, -0.3);
    const sd = Math.sqrt(dot(probe, solveCholesky(curvature, probe)));
    // One pass of assumed-density filtering: within a quarter of a standard deviation, its width within 10 %.
    expect(Math.abs(at(probe).mean - dot(mode, probe))).toBeLessThan(0.25 * sd);
    expect(Math.abs(Math.sqrt(at(probe).form) / sd - 1)).toBeLessThan(0.1);
    expect(arm.weights[1]).toBeGreaterThan(0.5);
  });
});
