import { engineError } from '../errors/index.ts';

/**
 * A zero of a continuous function between two points of opposite sign, by Brent's method (1973):
 * never slower than bisection by more than a constant. About 10 evaluations to full precision.
 *
 * @throws EngineError `no_convergence` when the signs do not differ or f has no value there
 * @example findRoot((x) => x * x - 2, [0, 2]) // 1.414213562373095
 */
export const findRoot = (
  f: (x: number) => number,
  bracket: readonly [number, number],
  tolerance = 4 * Number.EPSILON,
): number => {
  let [a, b] = bracket;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0) && !(Math.sign(fa) * Math.sign(fb) < 0))
    throw engineError('no_convergence', `findRoot: no change of sign between ${a} (${fa}) and ${b} (${fb})`, {
      a,
      b,
    });
  let c = a;
  let fc = fa;
  let step = b - a;
  let before = step;
  for (let i = 0; i < 300; i++) {
    if (Math.sign(fb) === Math.sign(fc)) {
      c = a;
      fc = fa;
      step = b - a;
      before = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const room = 0.5 * tolerance * Math.max(Math.abs(b), Number.MIN_VALUE);
    const half = 0.5 * (c - b);
    if (Math.abs(half) <= room || fb === 0) return b;
    if (Math.abs(before) >= room && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const u = fa / fc;
        const r = fb / fc;
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(room * q), Math.abs(before * q))) {
        before = step;
        step = p / q;
      } else {
        step = half;
        before = half;
      }
    } else {
      step = half;
      before = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > room ? step : Math.sign(half) * room;
    fb = f(b);
    if (Number.isNaN(fb)) throw engineError('no_convergence', `findRoot: f(${b}) is NaN`, { b });
  }
  return b;
};
