import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { createKernels, type Kernels, type RowSystems } from '../index.ts';

const one = createKernels({ megabytes: 64 });
const two = createKernels({ megabytes: 64, threads: 2 });
const plain = createKernels({ kind: 'plain' });
afterAll(() => two.close());

const far = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, k) => {
    const distance = Math.abs(value - (b[k] as number));
    return distance <= most ? most : distance;
  }, 0);

const byAll = (work: (kernels: Kernels) => Float64Array): readonly [Float64Array, Float64Array] => {
  const alone = work(one);
  expect(work(two)).toEqual(alone);
  return [alone, work(plain)];
};

const systemsOf = (d: number, lengths: readonly number[]): RowSystems => {
  const random = createRandom(d);
  const columns = 700;
  const starts = Int32Array.from([0, ...lengths]);
  for (let r = 1; r < starts.length; r++) starts[r] = (starts[r] as number) + (starts[r - 1] as number);
  const entries = starts.at(-1) ?? 0;
  const draw = <T extends Float64Array | Float32Array>(values: T, of: () => number): T => values.map(of) as T;
  return {
    sparse: {
      rows: lengths.length,
      columns,
      starts,
      indices: Int32Array.from({ length: entries }, () => random.integer(0, columns - 1)),
      // Weights of 0 are pairs that say nothing.
      weights: draw(new Float32Array(entries), () => (random.chance(0.1) ? 0 : 3 * random.uniform())),
    },
    fixed: {
      rows: columns,
      columns: d,
      values: draw(new Float64Array(columns * d), () => random.normal(0, 0.3)),
    },
    base: draw(new Float64Array(d), () => (random.chance(0.2) ? 0 : random.uniform())),
    ridge: draw(new Float64Array(lengths.length), () => 0.01 + random.uniform()),
    from: 0,
    to: lengths.length,
  };
};

describe('solveRows', () => {
  it.each([4, 8, 12, 16, 64, 100])('d = %i: fewer entries than d, as many, more, none', (d) => {
    const systems = systemsOf(d, [0, 1, 2, 3, 4, 5, d - 1, d, d + 1, 2 * d, 127, 128, 129, 600, 0]);
    const [found, twin] = byAll((kernels) => {
      const values = new Float64Array(systems.sparse.rows * d).fill(7);
      kernels.solveRows(systems, { rows: systems.sparse.rows, columns: d, values });
      return values;
    });
    expect(far(found, twin)).toBeLessThan(1e-11);
  });

  it('solves the rows that are asked, and no other', () => {
    const systems = systemsOf(
      8,
      Array.from({ length: 40 }, (_, r) => r),
    );
    const solve = (from: number, to: number): Float64Array => {
      const values = new Float64Array(40 * 8).fill(7);
      one.solveRows({ ...systems, from, to }, { rows: 40, columns: 8, values });
      return values;
    };
    const part = solve(11, 30);
    expect(part.subarray(88, 240)).toEqual(solve(0, 40).subarray(88, 240));
    expect(part.subarray(0, 88).every((v) => v === 7) && part.subarray(240).every((v) => v === 7)).toBe(true);
  });

  it('refuses indices outside, other shapes, and d that is not a multiple of 4', () => {
    const systems = systemsOf(8, [3]);
    const out = { rows: 1, columns: 8, values: new Float64Array(8) };
    const wrong = { ...systems.sparse, indices: Int32Array.of(0, 700, 1) };
    for (const kernels of [one, plain]) {
      expect(() => kernels.solveRows({ ...systems, sparse: wrong }, out)).toThrow(
        expect.objectContaining({ code: 'out_of_range' }),
      );
      expect(() => kernels.solveRows({ ...systems, to: 2 }, out)).toThrow(
        expect.objectContaining({ code: 'out_of_range' }),
      );
      expect(() => kernels.solveRows({ ...systems, ridge: new Float64Array(2) }, out)).toThrow(
        expect.objectContaining({ code: 'length_mismatch' }),
      );
      expect(() =>
        kernels.solveRows(systemsOf(6, [3]), { rows: 1, columns: 6, values: new Float64Array(6) }),
      ).toThrow(expect.objectContaining({ code: 'out_of_range' }));
    }
  });
});

describe('turnRows', () => {
  it.each([4, 12, 16, 20, 64])('d = %i', (d) => {
    const random = createRandom(d);
    const x = Float64Array.from({ length: 150 * d }, () => random.normal());
    const q = { rows: d, columns: d, values: Float64Array.from({ length: d * d }, () => random.normal()) };
    const [found, twin] = byAll((kernels) => {
      const values = x.slice();
      kernels.turnRows({ rows: 150, columns: d, values }, q);
      return values;
    });
    expect(far(found, twin)).toBeLessThan(1e-12 * d);
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (x[5 * d + k] as number) * (q.values[k * d + 2] as number);
    expect(found[5 * d + 2]).toBeCloseTo(sum, 10);
  });
});
