import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { createKernels, type Dense, type Kernels } from '@mesure/engine/linear';
import { createRandom } from '@mesure/engine/random';
import type { Bench } from '../bench.ts';
import { median, round } from '../measure/median.ts';

type Precision = 'f32' | 'f64';

const rounds = 25;
/** Vectors of 128 kB and 256 kB: in the second-level cache, as a model's factors are. */
const dotLength = 32_768;
const gramShape = { rows: 1024, columns: 512 };
const choleskySize = 1024;
/** People × items of a shop, best 20 each. */
const topShape = { rows: 32, columns: 40_000 };
const best = 20;
const sparseShape = { rows: 4000, columns: 4000, each: 20, factors: 64 };

/** Seconds of each competitor, taken in turn `rounds` times, so that all see the same neighbours. */
const inTurn = (competitors: readonly (() => void)[], times = rounds): readonly number[][] => {
  const seconds: number[][] = competitors.map(() => []);
  for (let turn = 0; turn < times; turn++) {
    competitors.forEach((run, i) => {
      const started = performance.now();
      run();
      seconds[i]?.push((performance.now() - started) / 1000);
    });
  }
  return seconds;
};

const fill = (values: Float32Array | Float64Array, seed: string): void => {
  const random = createRandom(1, seed);
  for (let i = 0; i < values.length; i++) values[i] = random.normal();
};

interface Measured {
  /** GFLOP/s, median, of one thread, two threads, the twin. */
  readonly one: number;
  readonly two: number;
  readonly plain: number;
  readonly oneBest: number;
  readonly twoBest: number;
}

type Trio = readonly [Kernels, Kernels, Kernels];

const measure = (
  work: number,
  prepare: (kernels: Kernels) => () => void,
  [one, two, plain]: Trio,
): Measured => {
  const runs = [one, two, plain].map(prepare);
  for (const run of runs) run();
  const [a = [], b = []] = inTurn(runs.slice(0, 2));
  // The twin is many times slower: fewer turns, each beside one of the kernel's.
  const [, c = []] = inTurn([runs[0] as () => void, runs[2] as () => void], 7);
  const rate = (seconds: number): number => work / seconds / 1e9;
  return {
    one: rate(median(a)),
    two: rate(median(b)),
    plain: rate(median(c)),
    oneBest: rate(Math.min(...a)),
    twoBest: rate(Math.min(...b)),
  };
};

const zeros = (kernels: Kernels, precision: Precision, length: number): Float32Array | Float64Array =>
  precision === 'f32' ? kernels.float32(length) : kernels.float64(length);

const dots = (trio: Trio, precision: Precision): Measured => {
  // One call takes microseconds: a hundred make a sample.
  const repeats = 100;
  let sink = 0;
  const found = measure(
    2 * dotLength * repeats,
    (kernels) => {
      const a = zeros(kernels, precision, dotLength);
      const b = zeros(kernels, precision, dotLength);
      fill(a, 'a');
      fill(b, 'b');
      return () => {
        for (let i = 0; i < repeats; i++) sink += kernels.dot(a, b);
      };
    },
    trio,
  );
  if (Number.isNaN(sink)) throw new Error('a dot product is not a number');
  return found;
};

/** Long vectors, where a second thread is worth its call. */
const longDots = (trio: Trio): Measured => {
  const length = 1_000_000;
  return measure(
    2 * length * 5,
    (kernels) => {
      const a = kernels.float32(length);
      fill(a, 'long');
      return () => {
        for (let i = 0; i < 5; i++) kernels.dot(a, a);
      };
    },
    trio,
  );
};

const grams = (trio: Trio, precision: Precision): Measured => {
  const { rows, columns } = gramShape;
  return measure(
    // One multiplication and one addition per element of the upper triangle and row.
    rows * columns * (columns + 1),
    (kernels) => {
      const x: Dense = { rows, columns, values: zeros(kernels, precision, rows * columns) };
      fill(x.values, 'x');
      const out: Dense = { rows: columns, columns, values: zeros(kernels, precision, columns * columns) };
      return () => kernels.gram(x, out);
    },
    trio,
  );
};

const choleskys = (trio: Trio, precision: Precision): Measured => {
  const n = choleskySize;
  const matrix = new Float64Array(n * n);
  const random = createRandom(1, 'spread');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = random.normal() * 0.3;
    matrix[i * n + i] = n;
  }
  return measure(
    n ** 3 / 3,
    (kernels) => {
      const a: Dense = { rows: n, columns: n, values: zeros(kernels, precision, n * n) };
      // The copy is in the time: 1 % of it, against the kernel.
      return () => {
        a.values.set(matrix);
        if (kernels.cholesky(a).kind !== 'factor') throw new Error('no factor');
      };
    },
    trio,
  );
};

const tops = (trio: Trio): Measured => {
  const { rows, columns } = topShape;
  return measure(
    rows * columns,
    (kernels) => {
      const scores = { rows, columns, values: kernels.float32(rows * columns) };
      fill(scores.values, 'scores');
      return () => void kernels.topK(scores, best);
    },
    trio,
  );
};

const sparses = (trio: Trio): Measured => {
  const { rows, columns, each, factors } = sparseShape;
  const entries = rows * each;
  return measure(
    2 * entries * factors,
    (kernels) => {
      const random = createRandom(1, 'sparse');
      const sparse = {
        rows,
        columns,
        starts: kernels.int32(rows + 1),
        indices: kernels.int32(entries),
        weights: kernels.float32(entries),
      };
      for (let r = 0; r <= rows; r++) sparse.starts[r] = r * each;
      for (let e = 0; e < entries; e++) sparse.indices[e] = random.integer(0, columns - 1);
      fill(sparse.weights, 'weights');
      const dense = { rows: columns, columns: factors, values: kernels.float32(columns * factors) };
      fill(dense.values, 'dense');
      const out = { rows, columns: factors, values: kernels.float32(rows * factors) };
      return () => kernels.sparseTimesDense(sparse, dense, out);
    },
    trio,
  );
};

/** The largest |f32 - f64| / Σ|xy| over dot products of many lengths and a Gram matrix of 20,000 rows, positive and mixed. */
const largestError = ([one]: Trio): number =>
  one.scope(() => {
    let worst = 0;
    const random = createRandom(2, 'error');
    for (const length of [100, 1000, 10_000, 100_000, 1_000_000]) {
      for (const shift of [0, 0.5]) {
        const a = Float32Array.from({ length }, () => random.uniform() - shift);
        const b = Float32Array.from({ length }, () => random.uniform() - shift);
        let exact = 0;
        let scale = 0;
        for (let i = 0; i < length; i++) {
          const product = (a[i] as number) * (b[i] as number);
          exact += product;
          scale += Math.abs(product);
        }
        worst = Math.max(worst, Math.abs(one.dot(a, b) - exact) / scale);
      }
    }
    const rows = 20_000;
    const columns = 48;
    const x = Float32Array.from({ length: rows * columns }, () => random.uniform());
    const g = new Float32Array(columns * columns);
    const exact = new Float64Array(columns * columns);
    one.gram({ rows, columns, values: x }, { rows: columns, columns, values: g });
    one.gram({ rows, columns, values: Float64Array.from(x) }, { rows: columns, columns, values: exact });
    // All terms are positive: the sum is its own scale.
    for (let i = 0; i < g.length; i++)
      worst = Math.max(worst, Math.abs((g[i] as number) / (exact[i] as number) - 1));
    return worst;
  });

const figuresOf = (name: string, found: Measured) => ({
  [`gflops${name}`]: round(found.one, 2),
  [`gflops${name}Best`]: round(found.oneBest, 2),
  [`gflops${name}TwoThreads`]: round(found.two, 2),
  [`gflops${name}Twin`]: round(found.plain, 2),
  [`speedup${name}`]: round(found.one / found.plain, 2),
});

export const kernelSpeed: Bench = {
  name: 'kernels',
  about: 'each WebAssembly kernel against its TypeScript twin, one thread and two (in turn, medians)',
  run: async ({ say }) => {
    const one = createKernels({ megabytes: 256 });
    const two = createKernels({ megabytes: 256, threads: 2 });
    const trio: Trio = [one, two, createKernels({ kind: 'plain' })];
    if (one.kind === 'plain') throw new Error('skipped: no WebAssembly with SIMD and threads here');
    for (let i = 0; i < 200 && !two.helperReady(); i++) await wait(10);
    const load = loadavg()[0] ?? 0;
    const each = <T>(name: string, run: () => T): T => {
      const found = one.scope(() => two.scope(run));
      say(
        `${name}: ${JSON.stringify(found, (_, value) => (typeof value === 'number' ? round(value, 2) : value))}`,
      );
      return found;
    };
    try {
      const dot = each('dot f32', () => dots(trio, 'f32'));
      const long = each('dot f32, a million', () => longDots(trio));
      const gram = each('gram f32', () => grams(trio, 'f32'));
      const cholesky = each('cholesky f32', () => choleskys(trio, 'f32'));
      const top = each('top-k', () => tops(trio));
      const sparse = each('sparse × dense', () => sparses(trio));
      const dot64 = each('dot f64', () => dots(trio, 'f64'));
      const gram64 = each('gram f64', () => grams(trio, 'f64'));
      const cholesky64 = each('cholesky f64', () => choleskys(trio, 'f64'));
      return {
        figures: {
          ...figuresOf('Dot', dot),
          ...figuresOf('Gram', gram),
          ...figuresOf('Cholesky', cholesky),
          ...figuresOf('Sparse', sparse),
          ...figuresOf('Dot64', dot64),
          ...figuresOf('Gram64', gram64),
          ...figuresOf('Cholesky64', cholesky64),
          speedupTopK: round(top.one / top.plain, 2),
          scoresPerSecondTopK: round(top.one * 1e9, 0),
          twoThreadGain: round(gram.two / gram.one, 2),
          twoThreadGainBest: round(gram.twoBest / gram.oneBest, 2),
          twoThreadGainCholesky: round(cholesky.two / cholesky.one, 2),
          twoThreadGainLongDot: round(long.two / long.one, 2),
          twoThreadGainTopK: round(top.two / top.one, 2),
          maxError: Number(largestError(trio).toExponential(2)),
          helperStood: two.helperReady(),
          loadAverage: round(load, 1),
        },
        notes: [
          'twoThreadGain is that of the Gram matrix; both threads need a core of their own (…Best: the quickest turns, when they had).',
          `Sizes: dot ${dotLength}, gram ${gramShape.rows} × ${gramShape.columns}, cholesky ${choleskySize}, top ${best} of ${topShape.columns}.`,
          'OpenBLAS is not run here.',
        ],
      };
    } finally {
      two.close();
    }
  },
};
