import { expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { minimiseLarge, type ValueAndGradient } from './index.ts';

const quadratic =
  (scale: (i: number) => number): ValueAndGradient =>
  (x, gradient) => {
    let value = 0;
    for (let i = 0; i < x.length; i++) {
      const off = (x[i] as number) - i;
      gradient[i] = scale(i) * off;
      value += 0.5 * scale(i) * off * off;
    }
    return value;
  };

it('finds the minimum of a badly scaled bowl of many variables', () => {
  const f = quadratic((i) => 1 + (i % 30) ** 2);
  const found = minimiseLarge(f, new Float64Array(3000), { settled: ({ value }) => value < 1e-8 });
  expect(found.kind).toBe('minimum');
  expect(found.iterations).toBeLessThan(300);
  found.x.forEach((each, i) => expect(each).toBeCloseTo(i, 3));
});

it('finds the minimum of Rosenbrock’s valley, which is not convex', () => {
  const found = minimiseLarge(
    (x, g) => {
      const [a = 0, b = 0] = x;
      g[0] = -400 * a * (b - a * a) - 2 * (1 - a);
      g[1] = 200 * (b - a * a);
      return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    },
    Float64Array.of(-1.2, 1),
  );
  expect(found.kind).toBe('minimum');
  expect(found.x[0]).toBeCloseTo(1, 4);
});

it('gives the same bits again, stops where it is told, and says why it has no minimum', () => {
  const random = createRandom(1);
  const start = Float64Array.from({ length: 50 }, () => random.normal());
  const f = quadratic((i) => 1 + i);
  expect(minimiseLarge(f, start)).toEqual(minimiseLarge(f, start));
  expect(minimiseLarge(f, start, { maxIterations: 3 })).toMatchObject({
    reason: 'too_many_iterations',
    iterations: 3,
  });
  expect(minimiseLarge(() => Number.NaN, start)).toMatchObject({ reason: 'start_not_finite' });
  const lies = minimiseLarge((x, g) => {
    g.fill(1);
    return -(x[0] as number);
  }, Float64Array.of(0));
  expect(lies).toMatchObject({ reason: 'no_descent' });
  let told = 0;
  minimiseLarge(f, start, { each: () => void told++ });
  expect(told).toBeGreaterThan(5);
  expect(() => minimiseLarge(f, new Float64Array(0))).toThrow(
    expect.objectContaining({ code: 'empty_input' }),
  );
});
