import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';
import type { Matrix } from './matrix.ts';

/** A = Q diag(values) Qᵀ: column k of `vectors` belongs to `values[k]`, and columns are orthonormal. */
export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** Householder's reduction to a tridiagonal matrix (EISPACK's tred2): `v` becomes the basis, `d` the diagonal, `e` beside it. */
const tridiagonal = (v: Float64Array, d: Float64Array, e: Float64Array): void => {
  const n = d.length;
  for (let j = 0; j < n; j++) d[j] = v[(n - 1) * n + j] as number;
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k] as number);
    if (scale === 0) {
      e[i] = d[i - 1] as number;
      for (let j = 0; j < i; j++) {
        d[j] = v[(i - 1) * n + j] as number;
        v[i * n + j] = 0;
        v[j * n + i] = 0;
      }
      d[i] = h;
      continue;
    }
    for (let k = 0; k < i; k++) {
      d[k] = (d[k] as number) / scale;
      h += (d[k] as number) ** 2;
    }
    const f = d[i - 1] as number;
    const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    e[i] = scale * g;
    h -= f * g;
    d[i - 1] = f - g;
    e.fill(0, 0, i);
    for (let j = 0; j < i; j++) {
      const dj = d[j] as number;
      v[j * n + i] = dj;
      let sum = (e[j] as number) + (v[j * n + j] as number) * dj;
      for (let k = j + 1; k < i; k++) {
        sum += (v[k * n + j] as number) * (d[k] as number);
        e[k] = (e[k] as number) + (v[k * n + j] as number) * dj;
      }
      e[j] = sum;
    }
    let total = 0;
    for (let j = 0; j < i; j++) {
      e[j] = (e[j] as number) / h;
      total += (e[j] as number) * (d[j] as number);
    }
    const half = total / (h + h);
    for (let j = 0; j < i; j++) e[j] = (e[j] as number) - half * (d[j] as number);
    for (let j = 0; j < i; j++) {
      const dj = d[j] as number;
      const ej = e[j] as number;
      for (let k = j; k < i; k++)
        v[k * n + j] = (v[k * n + j] as number) - (dj * (e[k] as number) + ej * (d[k] as number));
      d[j] = v[(i - 1) * n + j] as number;
      v[i * n + j] = 0;
    }
    d[i] = h;
  }
  gather(v, d);
  e[0] = 0;
};

/** The product of the reflections, into `v`; the diagonal into `d`. */
const gather = (v: Float64Array, d: Float64Array): void => {
  const n = d.length;
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i] as number;
    v[i * n + i] = 1;
    const h = d[i + 1] as number;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = (v[k * n + i + 1] as number) / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += (v[k * n + i + 1] as number) * (v[k * n + j] as number);
        for (let k = 0; k <= i; k++) v[k * n + j] = (v[k * n + j] as number) - g * (d[k] as number);
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j] as number;
    v[(n - 1) * n + j] = 0;
  }
  v[n * n - 1] = 1;
};

/** Turns two columns of the basis, which lie as rows in `rows`. */
const turn = (rows: Float64Array, at: number, { n, c, s }: { n: number; c: number; s: number }): void => {
  for (let k = at, other = at + n; k < at + n; k++, other++) {
    const h = rows[other] as number;
    const own = rows[k] as number;
    rows[other] = s * own + c * h;
    rows[k] = c * own - s * h;
  }
};

/** Sweeps of the implicit QL iteration for one eigenvalue; two or three are usual. */
const MOST_SWEEPS = 60;

/** Implicit QL on the tridiagonal matrix (EISPACK's tql2); `rows` holds the basis transposed, so that turns are contiguous. */
const implicitQl = (rows: Float64Array, d: Float64Array, e: Float64Array): void => {
  const n = d.length;
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  // Of the whole matrix: measured row by row, as tql2 does, a corner of rounding noise is iterated down to 0/0.
  let size = 0;
  for (let k = 0; k < n; k++) size = Math.max(size, Math.abs(d[k] as number) + Math.abs(e[k] as number));
  const small = Number.EPSILON * size;
  for (let l = 0; l < n; l++) {
    let m = l;
    while (m < n - 1 && Math.abs(e[m] as number) > small) m++;
    for (let sweep = 0; Math.abs(e[l] as number) > small; sweep++) {
      if (sweep === MOST_SWEEPS)
        throw engineError('no_convergence', 'the eigenvalues did not settle', { row: l });
      const g = d[l] as number;
      const el = e[l] as number;
      const p = ((d[l + 1] as number) - g) / (2 * el);
      const r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
      d[l] = el / (p + r);
      d[l + 1] = el * (p + r);
      const next = d[l + 1] as number;
      const moved = g - (d[l] as number);
      for (let i = l + 2; i < n; i++) d[i] = (d[i] as number) - moved;
      shift += moved;
      let q = d[m] as number;
      let c = 1;
      let c2 = 1;
      let c3 = 1;
      const beside = e[l + 1] as number;
      let s = 0;
      let s2 = 0;
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        const gi = c * (e[i] as number);
        const h = c * q;
        const length = Math.hypot(q, e[i] as number);
        e[i + 1] = s * length;
        s = (e[i] as number) / length;
        c = q / length;
        q = c * (d[i] as number) - s * gi;
        d[i + 1] = h + s * (c * gi + s * (d[i] as number));
        turn(rows, i * n, { n, c, s });
      }
      const last = (-s * s2 * c3 * beside * (e[l] as number)) / next;
      e[l] = s * last;
      d[l] = c * last;
    }
    d[l] = (d[l] as number) + shift;
    e[l] = 0;
  }
};

/**
 * All eigenvalues and eigenvectors of a symmetric matrix; only its lower triangle is read. Householder reduction and implicit QL
 * (Bowdler, Martin, Reinsch, Wilkinson 1968): about 9 n³ flops, errors of some 1e-15 of the largest |eigenvalue|.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `no_convergence`
 * @example symmetricEigen(matrixOf([[2, 1], [1, 2]])).values // 1, 3
 */
export const symmetricEigen = (a: Matrix): SymmetricEigen => {
  const n = a.rows;
  checkLength('columns of a square matrix', a.columns, n);
  checkLength('values', a.values.length, n * n);
  checkAllFinite('a', a.values);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(a.values[i * n + j] as number));
  // Elements near the ends of the range of doubles would lose their squares.
  const unit = largest || 1;
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) v[i * n + j] = v[j * n + i] = (a.values[i * n + j] as number) / unit;
  if (n > 0) tridiagonal(v, d, e);
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rows[j * n + i] = v[i * n + j] as number;
  if (n > 0) implicitQl(rows, d, e);
  const order = Uint32Array.from(d, (_, k) => k).sort((x, y) => (d[x] as number) - (d[y] as number));
  const vectors = { rows: n, columns: n, values: new Float64Array(n * n) };
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors.values[i * n + to] = rows[from * n + i] as number;
  });
  return { values: Float64Array.from(order, (k) => unit * (d[k] as number)), vectors };
};
