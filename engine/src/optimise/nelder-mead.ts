import { engineError } from '../errors/index.ts';
import type { Objective } from './result.ts';

export interface NelderMeadOptions {
  /** Size of the first simplex, per coordinate (default 0.5: parameters in log-space). */
  readonly step?: number;
  /** Default 200 per coordinate. */
  readonly maxEvaluations?: number;
  /** Stops when the simplex's values differ by less than this, relative to max(1, |f|) (default 1e-8). */
  readonly tolerance?: number;
}

export interface SimplexPoint {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

/**
 * Nelder and Mead's simplex (1965) with the dimension-dependent coefficients of Gao and Han (2012): needs no gradient and forgives a
 * rough start. A way to begin, not to end: finish by `minimise`. Points where f is NaN count as infinitely bad.
 *
 * @throws EngineError `empty_input` for no coordinates
 * @example nelderMead((x) => (x[0] - 3) ** 2, Float64Array.of(0)).x // near [3]
 */
export const nelderMead = (
  f: Objective,
  start: Float64Array,
  { step = 0.5, maxEvaluations = 200 * start.length, tolerance = 1e-8 }: NelderMeadOptions = {},
): SimplexPoint => {
  const n = start.length;
  if (n === 0) throw engineError('empty_input', 'nelderMead: there is nothing to vary');
  const expand = 1 + 2 / n;
  const contract = Math.max(0.25, 0.75 - 1 / (2 * n));
  const shrink = n === 1 ? 0.5 : 1 - 1 / n;
  let evaluations = 0;
  const valueAt = (x: Float64Array): number => {
    evaluations++;
    const value = f(x);
    return Number.isNaN(value) ? Infinity : value;
  };
  const points = Array.from({ length: n + 1 }, (_, i) => {
    const x = start.slice();
    if (i > 0) x[i - 1] = (x[i - 1] as number) + step;
    return { x, value: valueAt(x) };
  });
  const towards = (centre: Float64Array, worst: Float64Array, factor: number) => {
    const x = centre.map((c, i) => c + factor * (c - (worst[i] as number)));
    return { x, value: valueAt(x) };
  };
  type Point = (typeof points)[number];
  const isSpent = (): boolean => evaluations >= maxEvaluations;
  while (!isSpent()) {
    points.sort((a, b) => (a.value === b.value ? 0 : a.value - b.value));
    const best = points[0] as Point;
    const worst = points[n] as Point;
    const second = points[n - 1] as Point;
    if (worst.value - best.value <= tolerance * Math.max(1, Math.abs(best.value))) break;
    const centre = new Float64Array(n);
    for (let p = 0; p < n; p++) {
      const { x } = points[p] as Point;
      for (let i = 0; i < n; i++) centre[i] = (centre[i] as number) + (x[i] as number) / n;
    }
    const reflected = towards(centre, worst.x, 1);
    if (reflected.value < best.value) {
      const expanded = towards(centre, worst.x, expand);
      points[n] = expanded.value < reflected.value ? expanded : reflected;
      continue;
    }
    if (reflected.value < second.value) {
      points[n] = reflected;
      continue;
    }
    const contracted = towards(centre, worst.x, reflected.value < worst.value ? contract : -contract);
    if (contracted.value < Math.min(reflected.value, worst.value)) {
      points[n] = contracted;
      continue;
    }
    for (let p = 1; p <= n; p++) {
      const point = points[p] as Point;
      const x = point.x.map((v, i) => (best.x[i] as number) + shrink * (v - (best.x[i] as number)));
      points[p] = { x, value: valueAt(x) };
    }
  }
  points.sort((a, b) => (a.value === b.value ? 0 : a.value - b.value));
  const best = points[0] as Point;
  return { x: best.x, value: best.value, evaluations };
};
