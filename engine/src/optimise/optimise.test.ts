import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { digamma, logGamma } from '../special/index.ts';
import {
  checkGradient,
  findRoot,
  minimise,
  minimisePositive,
  nelderMead,
  numericalHessian,
  type Objective,
} from './index.ts';

const at = (x: Float64Array, i: number): number => x[i] as number;

/** Rosenbrock 1960; minimum 0 at (1, 1). */
const rosenbrock: Objective = (x) => 100 * (at(x, 1) - at(x, 0) ** 2) ** 2 + (1 - at(x, 0)) ** 2;
const rosenbrockGradient = (x: Float64Array, out: Float64Array): void => {
  out[0] = -400 * at(x, 0) * (at(x, 1) - at(x, 0) ** 2) - 2 * (1 - at(x, 0));
  out[1] = 200 * (at(x, 1) - at(x, 0) ** 2);
};

/** Powell's singular function: the Hessian at the minimum (0, 0, 0, 0) has rank 2. */
const powell: Objective = (x) =>
  (at(x, 0) + 10 * at(x, 1)) ** 2 +
  5 * (at(x, 2) - at(x, 3)) ** 2 +
  (at(x, 1) - 2 * at(x, 2)) ** 4 +
  10 * (at(x, 0) - at(x, 3)) ** 4;

describe('minimise', () => {
  it('finds the banana valley’s end, with and without a gradient', () => {
    for (const options of [{}, { gradient: rosenbrockGradient, tolerance: 1e-9 }]) {
      const made = minimise(rosenbrock, Float64Array.of(-1.2, 1), options);
      expect(made.kind).toBe('minimum');
      expect(at(made.x, 0)).toBeCloseTo(1, 5);
      expect(at(made.x, 1)).toBeCloseTo(1, 5);
      expect(made.iterations).toBeLessThan(80);
    }
  });

  it('finds a minimum with a singular Hessian', () => {
    const made = minimise(powell, Float64Array.of(3, -1, 0, 1));
    expect(made.kind).toBe('minimum');
    expect(made.value).toBeLessThan(1e-6);
  });

  it('walks around points without a value', () => {
    const made = minimise((x) => at(x, 0) - Math.log(at(x, 0)), Float64Array.of(9));
    expect(made.kind).toBe('minimum');
    expect(at(made.x, 0)).toBeCloseTo(1, 6);
  });

  it('says why there is no minimum', () => {
    expect(minimise((x) => -at(x, 0), Float64Array.of(0))).toMatchObject({
      kind: 'no_minimum',
      reason: 'unbounded',
    });
    expect(minimise(() => Number.NaN, Float64Array.of(0))).toMatchObject({ reason: 'start_not_finite' });
    expect(minimise(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 3 })).toMatchObject({
      reason: 'too_many_iterations',
    });
    // A gradient with the wrong sign leads up.
    const wrong = (x: Float64Array, out: Float64Array): void => {
      out[0] = -2 * at(x, 0);
    };
    expect(minimise((x) => at(x, 0) ** 2, Float64Array.of(2), { gradient: wrong })).toMatchObject({
      reason: 'no_descent',
    });
    expect(() => minimise(rosenbrock, new Float64Array(0))).toThrow(
      expect.objectContaining({ code: 'empty_input' }),
    );
  });
});

describe('derivatives', () => {
  it('tell a right gradient from a wrong one', () => {
    const x = Float64Array.of(-0.7, 1.9);
    expect(checkGradient(rosenbrock, rosenbrockGradient, x)).toBeLessThan(1e-8);
    const wrong = (point: Float64Array, out: Float64Array): void => {
      rosenbrockGradient(point, out);
      out[1] = at(out, 1) * 1.01;
    };
    expect(checkGradient(rosenbrock, wrong, x)).toBeGreaterThan(1e-3);
  });

  it('give the Hessian of Rosenbrock’s function at its minimum', () => {
    const hessian = numericalHessian(rosenbrock, Float64Array.of(1, 1));
    [802, -400, -400, 200].forEach((value, i) =>
      expect(Math.abs(at(hessian, i) / value - 1)).toBeLessThan(1e-5),
    );
  });
});

describe('nelderMead', () => {
  it('comes near from far away', () => {
    const { x, evaluations } = nelderMead(rosenbrock, Float64Array.of(-8, 20), { maxEvaluations: 2000 });
    expect(at(x, 0)).toBeCloseTo(1, 1);
    expect(evaluations).toBeLessThan(2000);
  });
});

describe('minimisePositive', () => {
  const random = createRandom(5);
  const values = Array.from({ length: 4000 }, () => random.gamma(2.5, 4));
  const n = values.length;
  const sum = values.reduce((a, b) => a + b, 0);
  const logs = values.reduce((a, b) => a + Math.log(b), 0);
  /** Minus the log-likelihood of a gamma sample: shape, scale. */
  const loss: Objective = (t) =>
    n * (logGamma(at(t, 0)) + at(t, 0) * Math.log(at(t, 1))) - (at(t, 0) - 1) * logs + sum / at(t, 1);
  const gradient = (t: Float64Array, out: Float64Array): void => {
    out[0] = n * (digamma(at(t, 0)) + Math.log(at(t, 1))) - logs;
    out[1] = (n * at(t, 0)) / at(t, 1) - sum / at(t, 1) ** 2;
  };

  it('fits a gamma distribution from several starts, with the same answer', () => {
    const starts = [Float64Array.of(1, 1), Float64Array.of(20, 0.01)];
    const made = minimisePositive(loss, { starts, gradient });
    expect(made.kind).toBe('minimum');
    expect(made.atBound).toEqual([]);
    expect(Math.abs((made.values[0] as number) - (made.values[1] as number))).toBeLessThan(1e-5);
    // The first-order condition: mean = shape × scale.
    expect(at(made.x, 0) * at(made.x, 1)).toBeCloseTo(sum / n, 4);
    expect(Math.abs(at(made.x, 0) - 2.5)).toBeLessThan(0.25);
    expect(checkGradient(loss, gradient, made.x)).toBeLessThan(1e-6);
  });

  it('names a parameter that runs to its bound', () => {
    const made = minimisePositive((t) => 1 / at(t, 0), { starts: [Float64Array.of(1)], ceiling: 1e4 });
    expect(made.atBound).toEqual([0]);
  });
});

describe('findRoot', () => {
  it('finds roots to the last digits, also flat and steep ones', () => {
    expect(findRoot((x) => x * x - 2, [0, 2])).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => Math.exp(x) - 1e-5, [-700, 10])).toBeCloseTo(Math.log(1e-5), 12);
    expect(findRoot((x) => (x - 1) ** 9, [0, 5])).toBeCloseTo(1, 1);
    expect(() => findRoot((x) => x * x + 1, [-1, 1])).toThrow(
      expect.objectContaining({ code: 'no_convergence' }),
    );
  });
});
