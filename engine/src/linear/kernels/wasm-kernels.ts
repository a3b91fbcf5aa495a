import { checkLength } from '../../errors/index.ts';
import { createArena } from './arena.ts';
import { type HelperThread, startHelper } from './helper-thread.ts';
import { KERNELS_BASE64 } from './kernels.generated.ts';
import type { Dense, Kernels, RowSystems } from './kernels.ts';
import type { Export, Machine } from './machine.ts';
import {
  checkGram,
  checkInvert,
  checkRowSystems,
  checkSamePrecision,
  checkSolve,
  checkSparse,
  checkSquare,
  checkTopK,
  checkTurn,
  toleranceFor,
} from './shapes.ts';
import { bitsOf, factorInPlace, invertInto, solveInPlace } from './wasm-factor.ts';
import { findWebAssembly } from './web-assembly.ts';

type Values = Float32Array | Float64Array;

/** Tiles taken in a job, in the shared memory. The control words of the helper follow on another cache line. */
const COUNTER = 1024;
const CONTROL = 1088;
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

/** Steps of a chunk of `solveRows`, 32 bytes each, and a cache line. */
const ROWS_STRIP_BYTES = 4160;

const solveRows = ({ arena, job, place, fetch }: Machine, systems: RowSystems, out: Dense): void => {
  const { sparse, fixed, base, ridge, from, to } = systems;
  const d = fixed.columns;
  const bytes = 16 * d + 128 + 8 * d * d + Math.max(8 * d * d, (d / 4) * ROWS_STRIP_BYTES);
  const space = [arena.take(bytes), arena.take(bytes)] as const;
  const target = place(out.values);
  const { starts, indices, weights } = sparse;
  const places = [place(starts), place(indices), place(weights)];
  job('solveRows', [...places, from, to, place(fixed.values), d, place(base), place(ridge), target], space);
  fetch(target, out.values);
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
    job: (name, args, space = false) => {
      Atomics.store(counter, 0, 0);
      const kernel = exports[name] as Export;
      const argumentsFor = (thread: 0 | 1): readonly number[] =>
        space ? [...args, (space === true ? scratch : space)[thread], COUNTER] : [...args, COUNTER];
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
    cholesky: (a, tolerance, told) => {
      checkSquare(a);
      return arena.scope(() =>
        factorInPlace(machine, { a, tolerance: toleranceFor(a.values, tolerance), told }),
      );
    },
    invertFactor: (lower, out, told) => {
      checkInvert(lower, out);
      arena.scope(() => invertInto(machine, { lower, out, told }));
    },
    solveLower: (lower, b) => {
      checkSolve(lower, b);
      arena.scope(() => solveInPlace(machine, { lower, b, backward: false }));
    },
    solveLowerTransposed: (lower, b) => {
      checkSolve(lower, b);
      arena.scope(() => solveInPlace(machine, { lower, b, backward: true }));
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
    solveRows: (systems, out) => {
      checkRowSystems(systems, out);
      arena.scope(() => solveRows(machine, systems, out));
    },
    turnRows: (x, q) => {
      checkTurn(x, q);
      arena.scope(() => {
        const at = place(x.values);
        const space = [arena.take(8 * q.rows), arena.take(8 * q.rows)] as const;
        job('turnRows', [at, x.rows, q.rows, place(q.values)], space);
        fetch(at, x.values);
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
