import { checkLength, engineError } from '../errors/index.ts';
import type { CholeskyFactor } from './cholesky.ts';
import type { Matrix } from './matrix.ts';

/**
 * Factor of A + x xᵀ from that of A, in place (Givens rotations; Gill, Golub, Murray, Saunders 1974, method C3). O(n²); stable,
 * unlike an updated inverse. `scratch` (length n) is overwritten; give it to avoid the allocation.
 */
export const updateCholesky = (factor: CholeskyFactor, x: Float64Array, scratch = x.slice()): void => {
  const n = factor.lower.rows;
  const l = factor.lower.values;
  checkLength('x', x.length, n);
  if (scratch !== x) scratch.set(x);
  for (let k = 0; k < n; k++) {
    const diagonal = l[k * n + k] as number;
    const value = scratch[k] as number;
    if (value === 0) continue;
    const r = Math.hypot(diagonal, value);
    const c = r / diagonal;
    const s = value / diagonal;
    l[k * n + k] = r;
    for (let i = k + 1; i < n; i++) {
      const at = i * n + k;
      const updated = ((l[at] as number) + s * (scratch[i] as number)) / c;
      scratch[i] = c * (scratch[i] as number) - s * updated;
      l[at] = updated;
    }
  }
};

/**
 * A⁻¹ becomes (A + weight · x xᵀ)⁻¹ in place (Sherman and Morrison 1950). O(n²). Errors add up over many updates: measure them
 * with `inverseDrift` and factor again.
 *
 * @throws EngineError `singular` when 1 + weight · xᵀ A⁻¹ x is not above 0
 */
export const shermanMorrison = (inverse: Matrix, x: Float64Array, weight = 1): void => {
  const n = inverse.rows;
  const v = inverse.values;
  checkLength('x', x.length, n);
  const y = new Float64Array(n);
  let form = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0, at = i * n; j < n; j++, at++) sum += (v[at] as number) * (x[j] as number);
    y[i] = sum;
    form += sum * (x[i] as number);
  }
  const below = 1 + weight * form;
  if (!(below > 0)) throw engineError('singular', 'shermanMorrison: the update has no inverse', { below });
  const factor = weight / below;
  for (let i = 0; i < n; i++) {
    const scaled = factor * (y[i] as number);
    for (let j = 0, at = i * n; j <= i; j++, at++) {
      const updated = (v[at] as number) - scaled * (y[j] as number);
      v[at] = updated;
      v[j * n + i] = updated;
    }
  }
};

/** max |A A⁻¹ - I| over one column (0 <= column < n): a spot check of a drifting inverse in O(n²). */
export const inverseDrift = (a: Matrix, inverse: Matrix, column: number): number => {
  const n = a.rows;
  checkLength('rows of the inverse', inverse.rows, n);
  let worst = 0;
  for (let i = 0; i < n; i++) {
    let sum = i === column ? -1 : 0;
    for (let k = 0; k < n; k++)
      sum += (a.values[i * n + k] as number) * (inverse.values[k * n + column] as number);
    worst = Math.max(worst, Math.abs(sum));
  }
  return worst;
};
