import type { Dense, FactorMade, FactorRefused, Told } from './kernels.ts';
import type { Export, Machine } from './machine.ts';
import { mirrorLower } from './shapes.ts';

type Values = Float32Array | Float64Array;

const PANEL = 64;
const PANEL_BYTES = 2048;

export const bitsOf = (values: Values): '32' | '64' => (values instanceof Float32Array ? '32' : '64');
const sizeOf = (values: Values): number => values.BYTES_PER_ELEMENT;
const stripsOf = (elements: number, size: number): number => Math.ceil(elements / (32 / size)) * PANEL_BYTES;

interface FactorInput {
  readonly a: Dense;
  readonly tolerance: number;
  readonly told: Told | undefined;
}

export const factorInPlace = (
  machine: Machine,
  { a, tolerance, told }: FactorInput,
): FactorMade | FactorRefused => {
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
    told?.(1 - (rows / n) ** 3);
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
  /** B is square and only its lower triangle is of interest; forward, what lies above it is 0. A third of the work. */
  readonly triangular?: boolean;
  readonly told?: Told | undefined;
}

export const solveInPlace = (
  machine: Machine,
  { lower, b, backward, triangular = false, told }: SolveInput,
): void => {
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
    const width = triangular ? below : m;
    job(`columnStrips${bits}`, [at + k * m * size, m, width, depth, block, inverses, across, solved]);
    told?.((step + 1) / panels);
    if (count === 0) continue;
    const source = backward ? l + k * n * size : l + (below * n + k) * size;
    job(`panelStrips${bits}`, [source, n, count, depth, across, panel]);
    const target = backward ? at : at + below * m * size;
    const [columns, half] = triangular && backward ? [count, 1] : [width, 0];
    job(`update${bits}`, [target, m, count, columns, depth, panel, solved, half], true);
  }
  machine.fetch(at, b.values);
};

interface InvertInput {
  readonly lower: Dense;
  readonly out: Dense;
  readonly told: Told | undefined;
}

/** L⁻ᵀ L⁻¹: half of each product is known to be 0, or the mirror of the other half. */
export const invertInto = (machine: Machine, { lower, out, told }: InvertInput): void => {
  out.values.fill(0);
  for (let i = 0; i < out.rows; i++) out.values[i * out.rows + i] = 1;
  const half = { lower, b: out, triangular: true };
  solveInPlace(machine, { ...half, backward: false, told: told && ((done) => told(done / 2)) });
  solveInPlace(machine, { ...half, backward: true, told: told && ((done) => told(0.5 + done / 2)) });
  mirrorLower(out);
};
