import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { createKernels, type Dense, type Kernels, type SparseRows } from '../index.ts';

const one = createKernels({ megabytes: 64 });
const two = createKernels({ megabytes: 64, threads: 2 });
const plain = createKernels({ kind: 'plain' });
afterAll(() => two.close());

type Values = Float32Array | Float64Array;
type Precision = 'f32' | 'f64';
const precisions: readonly Precision[] = ['f32', 'f64'];
/** Of Σ|xy|: what the two may differ by. */
const unit = { f32: 1e-6, f64: 1e-14 };

const zeros = (precision: Precision, length: number): Values =>
  precision === 'f32' ? new Float32Array(length) : new Float64Array(length);

const noise = (precision: Precision, length: number, seed = 1): Values => {
  const random = createRandom(seed, `${precision}${length}`);
  const values = zeros(precision, length);
  for (let i = 0; i < length; i++) values[i] = random.normal();
  return values;
};

const far = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs((a[i] as number) - (b[i] as number));
    if (!(distance <= worst)) worst = distance;
  }
  return worst;
};

/** The same work by one thread, two threads and the twin: the first two must agree to the last bit. */
const byAll = <T>(work: (kernels: Kernels) => T): readonly [T, T] => {
  const alone = work(one);
  expect(work(two)).toEqual(alone);
  return [alone, work(plain)];
};

const positive = (precision: Precision, n: number): Values => {
  const x = noise(precision, 2 * n * n, 3);
  const a = zeros(precision, n * n);
  plain.gram({ rows: 2 * n, columns: n, values: x }, { rows: n, columns: n, values: a });
  for (let i = 0; i < n; i++) a[i * n + i] = (a[i * n + i] as number) + n / 4;
  return a;
};

it('runs WebAssembly here, and really on two threads', async () => {
  expect([one.kind, one.threads, two.kind, two.threads, plain.kind]).toEqual(['wasm', 1, 'wasm', 2, 'plain']);
  while (!two.helperReady()) await new Promise((resolve) => setImmediate(resolve));
});

describe.each(precisions)('%s', (precision) => {
  it.each([0, 1, 7, 31, 32, 33, 100, 4095, 4096, 4097, 70_001, 300_001])('dot of %i', (n) => {
    const a = noise(precision, n, 1);
    const b = noise(precision, n, 2);
    let exact = 0;
    let scale = 0;
    for (let i = 0; i < n; i++) {
      exact += (a[i] as number) * (b[i] as number);
      scale += Math.abs((a[i] as number) * (b[i] as number));
    }
    for (const found of byAll((kernels) => kernels.dot(a, b)))
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(unit[precision] * scale);
  });

  it('dot of arrays in place is that of arrays elsewhere', () => {
    one.scope(() => {
      const values = noise(precision, 9001);
      const inside = precision === 'f32' ? one.float32(9001) : one.float64(9001);
      inside.set(values);
      expect(one.dot(inside, inside)).toBe(one.dot(values, values));
      expect(one.dot(inside, values)).toBe(one.dot(values, values));
    });
  });

  it.each([
    [1, 1],
    [3, 2],
    [256, 64],
    [257, 65],
    [300, 61],
    [519, 130],
    [0, 5],
  ])('gram of %i × %i', (rows, columns) => {
    const x: Dense = { rows, columns, values: noise(precision, rows * columns) };
    const absolute: Dense = { rows, columns, values: x.values.map(Math.abs) };
    const run = (kernels: Kernels, of: Dense): Values => {
      const out = zeros(precision, columns * columns).fill(9);
      kernels.gram(of, { rows: columns, columns, values: out });
      return out;
    };
    const [found, twin] = byAll((kernels) => run(kernels, x));
    const scale = run(plain, absolute);
    for (let i = 0; i < found.length; i++)
      expect(Math.abs((found[i] as number) - (twin[i] as number))).toBeLessThanOrEqual(
        unit[precision] * (scale[i] as number),
      );
  });

  it.each([1, 2, 5, 8, 63, 64, 65, 128, 150])('cholesky and both solves, n = %i', (n) => {
    const a = positive(precision, n);
    const largest = Array.from(a).reduce((worst, value) => Math.max(worst, value), 0);
    const [found, twin] = byAll((kernels) => {
      const values = a.slice();
      expect(kernels.cholesky({ rows: n, columns: n, values })).toEqual({ kind: 'factor' });
      return values;
    });
    expect(far(found, twin)).toBeLessThan(20 * unit[precision] * Math.sqrt(largest));
    const [inverse, itsTwin] = byAll((kernels) => {
      const values = zeros(precision, n * n).fill(7);
      const said: number[] = [];
      kernels.invertFactor({ rows: n, columns: n, values: twin }, { rows: n, columns: n, values }, (done) =>
        said.push(done),
      );
      expect(said).toEqual(said.toSorted((x, y) => x - y));
      expect(said.at(-1)).toBe(1);
      return values;
    });
    expect(far(inverse, itsTwin)).toBeLessThan(10 * unit[precision]);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) expect(inverse[i * n + j]).toBe(inverse[j * n + i]);
    for (const columns of [1, 7, 8, 33]) {
      const b = noise(precision, n * columns);
      const lower: Dense = { rows: n, columns: n, values: twin };
      const [ours, theirs] = byAll((kernels) => {
        const values = b.slice();
        const sides: Dense = { rows: n, columns, values };
        kernels.solveLower(lower, sides);
        const half = values.slice();
        kernels.solveLowerTransposed(lower, sides);
        return [half, values] as const;
      });
      expect(far(ours[0], theirs[0])).toBeLessThan(10 * unit[precision]);
      expect(far(ours[1], theirs[1])).toBeLessThan(10 * unit[precision]);
    }
  });

  it('refuses a matrix that is not positive definite, at the same row', () => {
    const n = 90;
    const a = positive(precision, n);
    a[70 * n + 70] = -1;
    const [found, twin] = byAll((kernels) => kernels.cholesky({ rows: n, columns: n, values: a.slice() }));
    expect(found).toMatchObject({ kind: 'not_positive_definite', row: 70 });
    expect(twin).toMatchObject({ kind: 'not_positive_definite', row: 70 });
    const bad = a.slice();
    bad[3 * n + 3] = Number.NaN;
    expect(one.cholesky({ rows: n, columns: n, values: bad })).toMatchObject({ row: 3 });
  });
});

describe('topK', () => {
  it('gives the best, ties by the smaller column, and never NaN or -Infinity', () => {
    const rows = 37;
    const columns = 211;
    const random = createRandom(4);
    // Few distinct values: ties everywhere.
    const values = Float32Array.from({ length: rows * columns }, () => random.integer(0, 30));
    values.fill(-Infinity, 2 * columns, 3 * columns - 4);
    values.fill(Number.NaN, 5 * columns, 6 * columns);
    for (const k of [1, 5, 20, 300]) {
      const [found, twin] = byAll((kernels) => kernels.topK({ rows, columns, values }, k));
      expect(found).toEqual(twin);
      expect(found.counts[5]).toBe(0);
      expect(found.counts[2]).toBe(Math.min(k, 4));
      const row = [...values.subarray(0, columns)]
        .map((score, column) => ({ score, column }))
        .sort((a, b) => b.score - a.score || a.column - b.column);
      expect([...found.indices.subarray(0, Math.min(k, columns))]).toEqual(
        row.slice(0, k).map(({ column }) => column),
      );
    }
    expect(() => one.topK({ rows: 1, columns: 1, values: Float32Array.of(1) }, 0)).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });
});

describe('sparseTimesDense', () => {
  it.each([1, 3, 4, 31, 64, 70])('%i columns', (columns) => {
    const random = createRandom(columns);
    const rows = 80;
    const inner = 50;
    const starts = new Int32Array(rows + 1);
    const indices: number[] = [];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < inner; c++) if (random.chance(0.1)) indices.push(c);
      starts[r + 1] = indices.length;
    }
    const sparse: SparseRows = {
      rows,
      columns: inner,
      starts,
      indices: Int32Array.from(indices),
      weights: Float32Array.from(indices, () => random.normal()),
    };
    const dense = { rows: inner, columns, values: noise('f32', inner * columns) as Float32Array };
    const [found, twin] = byAll((kernels) => {
      const values = new Float32Array(rows * columns).fill(5);
      kernels.sparseTimesDense(sparse, dense, { rows, columns, values });
      return values;
    });
    expect(far(found, twin)).toBeLessThan(1e-5);
    const wrong = { ...sparse, indices: sparse.indices.map(() => inner) };
    expect(() =>
      one.sparseTimesDense(wrong, dense, { rows, columns, values: new Float32Array(rows * columns) }),
    ).toThrow(expect.objectContaining({ code: 'out_of_range' }));
  });
});

describe('memory', () => {
  it('is given back by scopes, and its end is an error with a name', () => {
    const small = createKernels({ megabytes: 2 });
    for (let i = 0; i < 50; i++) small.scope(() => small.float64(50_000));
    expect(() => small.float64(1e6)).toThrow(expect.objectContaining({ code: 'out_of_memory' }));
    expect(() => small.dot(new Float32Array(2), new Float64Array(2))).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
  });

  it('goes on with one thread after the second has ended', () => {
    const kernels = createKernels({ megabytes: 8, threads: 2 });
    kernels.close();
    const x = noise('f32', 40_000) as Float32Array;
    expect(kernels.dot(x, x)).toBe(one.dot(x, x));
  });
});
