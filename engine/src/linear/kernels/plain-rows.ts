import { engineError } from '../../errors/index.ts';
import type { Dense, RowSystems } from './kernels.ts';
import { plainCholesky, plainSolveLower, plainSolveLowerTransposed } from './plain-factor.ts';
import { checkRowSystems, checkTurn } from './shapes.ts';

export const plainTurnRows = (x: Dense<Float64Array>, q: Dense<Float64Array>): void => {
  checkTurn(x, q);
  const d = q.rows;
  const turned = new Float64Array(d);
  for (let r = 0; r < x.rows; r++) {
    turned.fill(0);
    for (let k = 0; k < d; k++) {
      const f = x.values[r * d + k] as number;
      for (let c = 0, at = k * d; c < d; c++, at++)
        turned[c] = (turned[c] as number) + f * (q.values[at] as number);
    }
    x.values.set(turned, r * d);
  }
};

/** The normal equations of each row, whatever its length. */
export const plainSolveRows = (systems: RowSystems, out: Dense<Float64Array>): void => {
  checkRowSystems(systems, out);
  const { sparse, fixed, base, ridge, from, to } = systems;
  const { starts, indices, weights } = sparse;
  const d = fixed.columns;
  const h = fixed.values;
  const a: Dense<Float64Array> = { rows: d, columns: d, values: new Float64Array(d * d) };
  const b: Dense<Float64Array> = { rows: d, columns: 1, values: new Float64Array(d) };
  for (let r = from; r < to; r++) {
    a.values.fill(0);
    b.values.fill(0);
    const end = starts[r + 1] as number;
    for (let e = starts[r] as number; e < end; e++) {
      const at = (indices[e] as number) * d;
      const w = weights[e] as number;
      for (let i = 0; i < d; i++) {
        const f = w * (h[at + i] as number);
        b.values[i] = (b.values[i] as number) + f;
        const row = i * d;
        for (let j = 0; j <= i; j++)
          a.values[row + j] = (a.values[row + j] as number) + f * (h[at + j] as number);
      }
    }
    if (end > (starts[r] as number)) {
      for (let i = 0; i < d; i++) {
        const k = i * (d + 1);
        a.values[k] = (a.values[k] as number) + (base[i] as number) + (ridge[r] as number);
      }
      const made = plainCholesky(a, 0);
      if (made.kind !== 'factor')
        throw engineError('not_positive_definite', `row ${r} has no solution`, { row: r });
      plainSolveLower(a, b);
      plainSolveLowerTransposed(a, b);
    }
    out.values.set(b.values, r * d);
  }
};
