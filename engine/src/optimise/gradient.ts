import type { Gradient, Objective } from './result.ts';

const CUBE_ROOT = Math.cbrt(2 ** -52);
const FOURTH_ROOT = 2 ** -13;

/**
 * Central differences with the step ε^(1/3) · max(1, |x|), which balances truncation and rounding (error about 1e-10 of the
 * function's scale). 2 n evaluations. One-sided where a side has no value.
 */
export const numericalGradient = (f: Objective): Gradient => {
  let moved = new Float64Array(0);
  return (x, out) => {
    if (moved.length !== x.length) moved = new Float64Array(x.length);
    moved.set(x);
    for (let i = 0; i < x.length; i++) {
      const at = x[i] as number;
      const step = CUBE_ROOT * Math.max(1, Math.abs(at));
      const right = at + step;
      const left = at - step;
      moved[i] = right;
      let above = f(moved);
      moved[i] = left;
      let below = f(moved);
      moved[i] = at;
      let width = right - left;
      if (!Number.isFinite(above)) {
        above = f(moved);
        width = at - left;
      } else if (!Number.isFinite(below)) {
        below = f(moved);
        width = right - at;
      }
      out[i] = (above - below) / width;
    }
  };
};

/**
 * The largest difference between a written gradient and central differences, relative to the larger of 1 and either: about 1e-8
 * when it is right, of the order of 1 when it is not. For tests, and before a long fit.
 *
 * @example checkGradient((x) => x[0] ** 2, (x, out) => { out[0] = 2 * x[0]; }, Float64Array.of(3)) // about 1e-10
 */
export const checkGradient = (f: Objective, gradient: Gradient, x: Float64Array): number => {
  const written = new Float64Array(x.length);
  const measured = new Float64Array(x.length);
  gradient(x, written);
  numericalGradient(f)(x, measured);
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    const a = written[i] as number;
    const b = measured[i] as number;
    const difference = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
};

/**
 * Second derivatives by central differences (n × n, row-major, symmetric): the observed information at a maximum likelihood, whose
 * inverse is the covariance of the estimates. 2 n² + 1 evaluations; relative error about 1e-6.
 */
export const numericalHessian = (f: Objective, x: Float64Array): Float64Array => {
  const n = x.length;
  const hessian = new Float64Array(n * n);
  const moved = x.slice();
  const steps = x.map((value) => FOURTH_ROOT * Math.max(1, Math.abs(value)));
  const middle = f(moved);
  const at =
    (i: number, si: number, j: number) =>
    (sj: number): number => {
      moved[i] = (moved[i] as number) + si * (steps[i] as number);
      moved[j] = (moved[j] as number) + sj * (steps[j] as number);
      const value = f(moved);
      moved.set(x);
      return value;
    };
  for (let i = 0; i < n; i++) {
    const h = steps[i] as number;
    hessian[i * n + i] = (at(i, 1, i)(0) - 2 * middle + at(i, -1, i)(0)) / (h * h);
    for (let j = 0; j < i; j++) {
      const k = steps[j] as number;
      const mixed = (at(i, 1, j)(1) - at(i, 1, j)(-1) - at(i, -1, j)(1) + at(i, -1, j)(-1)) / (4 * h * k);
      hessian[i * n + j] = mixed;
      hessian[j * n + i] = mixed;
    }
  }
  return hessian;
};
