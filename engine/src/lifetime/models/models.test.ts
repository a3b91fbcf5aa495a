import { describe, expect, it } from 'vitest';
import { names, rowsOf, shopOf } from '../../../testing/lifetime.ts';
import { checkGradient } from '../../optimise/index.ts';
import { withPrior } from '../fit/descend.ts';
import { priorOf } from '../fit/starts.ts';
import { expectedPurchases, groupRows } from '../index.ts';
import { objectiveOf } from '../models/objective.ts';
import { spendObjective } from '../spend/gamma-gamma.ts';

describe('likelihoods', () => {
  const groups = groupRows(rowsOf(shopOf('pareto_nbd', 300).orders));
  const points = [
    [-0.5, 2, -0.3, 2.2],
    [0.4, 1, 1.2, -1],
    [-2, 3, -5, 6],
    [0, 2, 0, 2],
  ].map((each) => Float64Array.from(each));

  it.each(names)('%s: the gradient is that of the value', (model) => {
    const objective = withPrior(objectiveOf(model, groups), priorOf(model, 30));
    const scratch = new Float64Array(4);
    for (const point of points) {
      const at = model === 'nbd' ? point.slice(0, 2) : point;
      const off = checkGradient(
        (x) => objective(x, scratch),
        (x, out) => void objective(x, out),
        at,
      );
      expect(off).toBeLessThan(1e-6);
    }
  });

  it('Gamma-Gamma: the same', () => {
    const { repeats, meanSpend } = rowsOf(shopOf('pareto_nbd', 300).orders);
    const kept = [...repeats.keys()].filter((i) => (repeats[i] as number) > 0);
    const objective = spendObjective({
      repeats: Float64Array.from(kept, (i) => repeats[i] as number),
      meanSpend: Float64Array.from(kept, (i) => meanSpend[i] as number),
    });
    const scratch = new Float64Array(3);
    for (const at of [Float64Array.of(0.5, 1, 2), Float64Array.of(2, 0.1, 4)])
      expect(
        checkGradient(
          (x) => objective(x, scratch),
          (x, out) => void objective(x, out),
          at,
        ),
      ).toBeLessThan(1e-6);
  });

  it('Pareto/NBD is continuous through alpha = beta and for years of silence', () => {
    const row = { repeats: 80, recency: 400, age: 2000 };
    for (const alpha of [0.01, 8, 500]) {
      const at = (beta: number): number =>
        expectedPurchases({ model: 'pareto_nbd', r: 0.5, alpha, s: 0.7, beta }, row, 39);
      expect(at(alpha * (1 + 1e-9)) / at(alpha)).toBeCloseTo(1, 6);
      expect(at(alpha)).toBeGreaterThan(0);
    }
  });
});
