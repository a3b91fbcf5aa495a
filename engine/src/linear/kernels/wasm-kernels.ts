import { checkLength } from '../../errors/index.ts';
import { type Arena, createArena } from './arena.ts';
import { type HelperThread, startHelper } from './helper-thread.ts';
import { KERNELS_BASE64 } from './kernels.generated.ts';
import type { Dense, FactorMade, FactorRefused, Kernels } from './kernels.ts';
import {
  checkGram,
  checkSamePrecision,
  checkSolve,
  checkSparse,
  checkSquare,
  checkTopK,
  toleranceFor,
} from './shapes.ts';
import { findWebAssembly } from './web-assembly.ts';

type Values = Float32Array | Float64Array;
type Export = (...args: readonly number[]) => number;

/** Tiles taken in a job, in the shared memory. The control words of the helper follow on another cache line. */
const COUNTER = 1024;
const CONTROL = 1088;
const PANEL = 64;
const PANEL_BYTES = 2048;
/** Elements of one sum's block. */
const DOT_BLOCK = 4096;
/** Vectors that one thread adds up faster than another one wakes up: 10 µs. */
const ALONE = 64 * DOT_BLOCK;
/** Sums of a 64 × 64 tile, one small block, two packed panels of 256 steps (f64). */
const SCRATCH_BYTES = 64 * 64 * 8 + 128 + 2 * 256 * 32 * 16;

const instantiate = (megabytes: number) => {
  try {
    const wasm = findWebAssembly();
    if (wasm === undefined) return undefined;
    const pages = Math.min(65_536, Math.max(16, Math.ceil(megabytes * 16)));
    const memory = new wasm.Memory({ initial: pages, maximum: pages, shared: true });
    const module = new wasm.Module(
      Uint8Array.from(atob(KERNELS_BASE64), (character) => character.charCodeAt(0)),
    );
    const { exports } = new wasm.Instance(module, { env: { memory } });
    return { memory, module, exports: exports as Readonly<Record<string, Export>> };
  } catch {
    // No WebAssembly, no SIMD or threads in it, or no room: the plain twins do the work.
    return undefined;
  }
};

/** How the drivers below see the machine. */
interface Machine {
  readonly arena: Arena;
  readonly exports: Readonly<Record<string, Export>>;
  /** One working space per thread. */
  readonly scratch: readonly [number, number];
  /** Runs a kernel's tiles on all threads; the counter comes as the last argument, and `scratch` before it where asked. */
  readonly job: (name: string, args: readonly number[], withScratch?: boolean) => void;
  /** The address of an array in the kernels' memory, copied in when it lies elsewhere; inside a scope. */
  readonly place: (values: ArrayBufferView) => number;
  /** Copies a placed array back out, when it lies elsewhere. */
  readonly fetch: (at: number, values: ArrayBufferView) => void;
}

const bitsOf = (values: Values): '32' | '64' => (values instanceof Float32Array ? '32' : '64');
const sizeOf = (values: Values): number => values.BYTES_PER_ELEMENT;
const stripsOf = (elements: number, size: number): number => Math.ceil(elements / (32 / size)) * PANEL_BYTES;

const cholesky = (machine: Machine, a: Dense, tolerance: number): FactorMade | FactorRefused => {
  const { arena, job, exports } = machine;
  const n = a.rows;
  const size = sizeOf(a.values);
  const bits = bitsOf(a.values);
  const at = machine.place(a.values);
  const upper = arena.take(PANEL * PANEL * size);
  const inverses = arena.take(PANEL * size);
  const packed = arena.take(stripsOf(n, size));
  const limits = a.values instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) limits[i] = Math.max(0, tolerance * (a.values[i * n + i] as number));
  const floors = machine.place(limits);
  for (let k = 0; k < n; k += PANEL) {
    const depth = Math.min(PANEL, n - k);
    const below = k + depth;
    const corner = at + (k * n + k) * size;
    const bad = (exports[`diagonal${bits}`] as Export)(corner, n, depth, upper, inverses, floors + k * size);
    if (bad >= 0) {
      const pivot = limits.slice(0, 1);
      machine.fetch(inverses, pivot);
      return { kind: 'not_positive_definite', row: k + bad, pivot: pivot[0] as number };
    }
    const rows = n - below;
    if (rows === 0) break;
    job(`rowStrips${bits}`, [at + (below * n + k) * size, n, rows, depth, upper, inverses, packed]);
    job(`update${bits}`, [at + (below * n + below) * size, n, rows, rows, depth, packed, packed, 1], true);
  }
  machine.fetch(at, a.values);
  for (let i = 0; i < n; i++) a.values.fill(0, i * n + i + 1, (i + 1) * n);
  return { kind: 'factor' };
};

interface SolveInput {
  readonly lower: Dense;
  readonly b: Dense;
  /** L⁻ᵀ rather than L⁻¹. */
  readonly backward: boolean;
}

const solve = (machine: Machine, { lower, b, backward }: SolveInput): void => {
  const { arena, job, exports } = machine;
  const n = lower.rows;
  const m = b.columns;
  const size = sizeOf(b.values);
  const bits = bitsOf(b.values);
  const l = machine.place(lower.values);
  const at = machine.place(b.values);
  const block = arena.take(PANEL * PANEL * size);
  const inverses = arena.take(PANEL * size);
  const panel = arena.take(stripsOf(n, size));
  const solved = arena.take(stripsOf(m, size));
  const across = backward ? 1 : 0;
  const panels = Math.ceil(n / PANEL);
  for (let step = 0; step < panels; step++) {
    const k = (backward ? panels - 1 - step : step) * PANEL;
    const depth = Math.min(PANEL, n - k);
    const below = k + depth;
    const count = backward ? k : n - below;
    (exports[`takeDiagonal${bits}`] as Export)(l + (k * n + k) * size, n, depth, block, inverses, across);
    job(`columnStrips${bits}`, [at + k * m * size, m, depth, block, inverses, across, solved]);
    if (count === 0) continue;
    const source = backward ? l + k * n * size : l + (below * n + k) * size;
    job(`panelStrips${bits}`, [source, n, count, depth, across, panel]);
    const target = backward ? at : at + below * m * size;
    job(`update${bits}`, [target, m, count, m, depth, panel, solved, 0], true);
  }
  machine.fetch(at, b.values);
};

const createMachine = (megabytes: number, threads: 1 | 2) => {
  const made = instantiate(megabytes);
  if (made === undefined) return undefined;
  const { memory, module, exports } = made;
  const names = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
  const arena = createArena(memory.buffer.byteLength);
  const scratch = [arena.take(SCRATCH_BYTES), arena.take(SCRATCH_BYTES)] as const;
  const counter = new Int32Array(memory.buffer, COUNTER, 1);
  let helper: HelperThread | undefined =
    threads === 2 ? startHelper({ module, memory, names, at: CONTROL }) : undefined;
  const bytesOf = (values: ArrayBufferView): Uint8Array =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const machine: Machine = {
    arena,
    exports,
    scratch,
    job: (name, args, withScratch = false) => {
      Atomics.store(counter, 0, 0);
      const kernel = exports[name] as Export;
      const argumentsFor = (thread: 0 | 1): readonly number[] =>
        withScratch ? [...args, scratch[thread], COUNTER] : [...args, COUNTER];
      const own = (): void => void kernel(...argumentsFor(0));
      if (helper === undefined) own();
      else helper.run(names.indexOf(name), argumentsFor(1), own);
    },
    place: (values) => {
      if (values.buffer === memory.buffer) return values.byteOffset;
      const at = arena.take(values.byteLength);
      new Uint8Array(memory.buffer, at, values.byteLength).set(bytesOf(values));
      return at;
    },
    fetch: (at, values) => {
      if (values.buffer !== memory.buffer)
        bytesOf(values).set(new Uint8Array(memory.buffer, at, values.byteLength));
    },
  };
  return {
    machine,
    buffer: memory.buffer,
    threads: helper === undefined ? (1 as const) : (2 as const),
    helperReady: () => helper?.ready() ?? false,
    close: () => {
      helper?.close();
      helper = undefined;
    },
  };
};

/** undefined where WebAssembly with SIMD and shared memory is missing. */
export const createWasmKernels = (megabytes: number, threads: 1 | 2): Kernels | undefined => {
  const made = createMachine(megabytes, threads);
  if (made === undefined) return undefined;
  const { machine, buffer, helperReady, close } = made;
  const { arena, job, place, fetch, exports } = machine;
  const dotAlone = { '32': exports['dotAlone32'] as Export, '64': exports['dotAlone64'] as Export };
  const zeroed = <V extends Values | Int32Array>(values: V): V => {
    values.fill(0);
    return values;
  };
  return {
    kind: 'wasm',
    threads: made.threads,
    helperReady,
    close,
    scope: arena.scope,
    float32: (length) => zeroed(new Float32Array(buffer, arena.take(length * 4), length)),
    float64: (length) => zeroed(new Float64Array(buffer, arena.take(length * 8), length)),
    int32: (length) => zeroed(new Int32Array(buffer, arena.take(length * 4), length)),
    dot: (a, b) => {
      checkLength('b', b.length, a.length);
      checkSamePrecision(a, b);
      const n = a.length;
      if (a.buffer === buffer && b.buffer === buffer && (made.threads === 1 || n <= ALONE))
        return dotAlone[bitsOf(a)](a.byteOffset, b.byteOffset, n);
      return arena.scope(() => {
        const blocks = Math.ceil(n / DOT_BLOCK);
        const partials = new Float64Array(buffer, arena.take(blocks * 8), blocks);
        job(`dot${bitsOf(a)}`, [place(a), place(b), n, partials.byteOffset]);
        let sum = 0;
        for (let t = 0; t < blocks; t++) sum += partials[t] as number;
        return sum;
      });
    },
    gram: (x, out) => {
      checkGram(x, out);
      arena.scope(() => {
        const target = place(out.values);
        job(`gram${bitsOf(x.values)}`, [place(x.values), x.rows, x.columns, target], true);
        fetch(target, out.values);
      });
    },
    cholesky: (a, tolerance) => {
      checkSquare(a);
      return arena.scope(() => cholesky(machine, a, toleranceFor(a.values, tolerance)));
    },
    solveLower: (lower, b) => {
      checkSolve(lower, b);
      arena.scope(() => solve(machine, { lower, b, backward: false }));
    },
    solveLowerTransposed: (lower, b) => {
      checkSolve(lower, b);
      arena.scope(() => solve(machine, { lower, b, backward: true }));
    },
    topK: (scores, k) => {
      checkTopK(scores, k);
      return arena.scope(() => {
        const found = {
          indices: new Int32Array(scores.rows * k),
          scores: new Float32Array(scores.rows * k),
          counts: new Int32Array(scores.rows),
        };
        const values = place(scores.values);
        const best = arena.take(found.scores.byteLength);
        const indices = arena.take(found.indices.byteLength);
        const counts = arena.take(found.counts.byteLength);
        job('topK', [values, scores.rows, scores.columns, k, best, indices, counts]);
        fetch(best, found.scores);
        fetch(indices, found.indices);
        fetch(counts, found.counts);
        return found;
      });
    },
    sparseTimesDense: (s, dense, out) => {
      checkSparse(s, dense, out);
      arena.scope(() => {
        const target = place(out.values);
        job('sparseTimesDense', [
          place(s.starts),
          place(s.indices),
          place(s.weights),
          s.rows,
          place(dense.values),
          dense.columns,
          target,
        ]);
        fetch(target, out.values);
      });
    },
  };
};
