import { micro, nextTile } from './micro';
import { packColumns, packRows, paddedDepth, unpackColumns, unpackRows } from './pack';

// The steps of blocked Cholesky factors and triangular solves: a diagonal block, strips solved against it, and the update of
// what remains. Each step's tiles are independent. A strip of a panel takes `stepBytes` = 64 steps of 32 bytes.

const PANEL: i32 = 64;
const TILE: i32 = 64;
@inline const PANEL_BYTES: usize = 2048;

/**
 * Factors the diagonal block of `n` (up to 64) rows in place and leaves its transpose, row length 64, in `upper`, each row k
 * followed from the diagonal on by L[j][k], with 1/L[k][k] in `inverses`. Returns the first row without a pivot above
 * `tolerance` times `diagonal` (the matrix's own diagonal, kept by the caller), or -1.
 */
@inline
function diagonal<T>(a: usize, ld: i32, n: i32, upper: usize, inverses: usize, floors: usize): i32 {
  const row = <usize>PANEL * sizeof<T>();
  const lanes = <i32>(16 / sizeof<T>());
  memory.fill(upper, 0, row * <usize>PANEL);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      store<T>(upper + <usize>j * row + <usize>i * sizeof<T>(), load<T>(a + (<usize>i * <usize>ld + <usize>j) * sizeof<T>()));
    }
  }
  for (let k = 0; k < n; k++) {
    const rowK = upper + <usize>k * row;
    const pivot = load<T>(rowK + <usize>k * sizeof<T>());
    if (!(pivot > load<T>(floors + <usize>k * sizeof<T>()))) {
      store<T>(inverses, pivot);
      return k;
    }
    const root = sqrt<T>(pivot);
    const inverse = <T>1 / root;
    store<T>(inverses + <usize>k * sizeof<T>(), inverse);
    store<T>(rowK + <usize>k * sizeof<T>(), root);
    for (let j = k + 1; j < n; j++) {
      const at = rowK + <usize>j * sizeof<T>();
      store<T>(at, load<T>(at) * inverse);
    }
    for (let i = k + 1; i < n; i++) {
      const factor = v128.splat<T>(load<T>(rowK + <usize>i * sizeof<T>()));
      const rowI = upper + <usize>i * row;
      // From the vector that holds the diagonal; what is left of it is never read.
      for (let j = i - (i % lanes); j < n; j += lanes) {
        const at = <usize>j * sizeof<T>();
        v128.store(rowI + at, v128.sub<T>(v128.load(rowI + at), v128.mul<T>(factor, v128.load(rowK + at))));
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      store<T>(a + (<usize>i * <usize>ld + <usize>j) * sizeof<T>(), load<T>(upper + <usize>j * row + <usize>i * sizeof<T>()));
    }
  }
  return -1;
}

/** The block of a finished factor as `diagonal` leaves it: transposed (`across` = 0) or as it stands (1), and 1/L[k][k]. */
@inline
function takeDiagonal<T>(l: usize, ld: i32, n: i32, upper: usize, inverses: usize, across: i32): void {
  const row = <usize>PANEL * sizeof<T>();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = load<T>(l + (<usize>i * <usize>ld + <usize>j) * sizeof<T>());
      if (i == j) store<T>(inverses + <usize>i * sizeof<T>(), <T>1 / value);
      if (across) store<T>(upper + <usize>i * row + <usize>j * sizeof<T>(), value);
      else store<T>(upper + <usize>j * row + <usize>i * sizeof<T>(), value);
    }
  }
}

/** One strip: x_k = s_k / L_kk, then s_j -= L_jk x_k for the j after k. */
@inline
function solveForward<T>(strip: usize, n: i32, upper: usize, inverses: usize): void {
  const row = <usize>PANEL * sizeof<T>();
  for (let k = 0; k < n; k++) {
    const at = strip + (<usize>k << 5);
    const inverse = v128.load_splat<T>(inverses + <usize>k * sizeof<T>());
    const x0 = v128.mul<T>(v128.load(at), inverse), x1 = v128.mul<T>(v128.load(at, 16), inverse);
    v128.store(at, x0);
    v128.store(at, x1, 16);
    let to = at + 32;
    const end = strip + (<usize>n << 5);
    let from = upper + <usize>k * row + <usize>(k + 1) * sizeof<T>();
    while (to < end) {
      const factor = v128.load_splat<T>(from);
      v128.store(to, v128.sub<T>(v128.load(to), v128.mul<T>(factor, x0)));
      v128.store(to, v128.sub<T>(v128.load(to, 16), v128.mul<T>(factor, x1)), 16);
      from += sizeof<T>();
      to += 32;
    }
  }
}

/** One strip against the transposed block: from the last k up, s_j -= L_kj x_k for the j before k. `block` is L itself. */
@inline
function solveBackward<T>(strip: usize, n: i32, block: usize, inverses: usize): void {
  const row = <usize>PANEL * sizeof<T>();
  for (let k = n - 1; k >= 0; k--) {
    const at = strip + (<usize>k << 5);
    const inverse = v128.load_splat<T>(inverses + <usize>k * sizeof<T>());
    const x0 = v128.mul<T>(v128.load(at), inverse), x1 = v128.mul<T>(v128.load(at, 16), inverse);
    v128.store(at, x0);
    v128.store(at, x1, 16);
    let to = strip;
    let from = block + <usize>k * row;
    while (to < at) {
      const factor = v128.load_splat<T>(from);
      v128.store(to, v128.sub<T>(v128.load(to), v128.mul<T>(factor, x0)));
      v128.store(to, v128.sub<T>(v128.load(to, 16), v128.mul<T>(factor, x1)), 16);
      from += sizeof<T>();
      to += 32;
    }
  }
}

/** Rows below a diagonal block: packed, solved, written back; the packed strips stay for the update. */
@inline
function rowStrips<T>(a: usize, ld: i32, rows: i32, n: i32, upper: usize, inverses: usize, packed: usize, counter: usize): void {
  const full = <i32>(32 / sizeof<T>());
  const count = (rows + full - 1) / full;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    const first = t * full;
    const strip = packed + <usize>t * PANEL_BYTES;
    const source = a + <usize>first * <usize>ld * sizeof<T>();
    packRows<T>(source, ld, n, min(full, rows - first), strip);
    solveForward<T>(strip, n, upper, inverses);
    unpackRows<T>(strip, n, min(full, rows - first), source, ld);
  }
}

/** `n` rows of right-hand sides, `ld` apart: columns packed, solved, written back, kept packed. */
@inline
function columnStrips<T>(b: usize, ld: i32, columns: i32, n: i32, block: usize, inverses: usize, backward: i32, packed: usize, counter: usize): void {
  const full = <i32>(32 / sizeof<T>());
  const count = (columns + full - 1) / full;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    const first = t * full;
    const strip = packed + <usize>t * PANEL_BYTES;
    const source = b + <usize>first * sizeof<T>();
    const width = min(full, columns - first);
    packColumns<T>(source, ld, n, width, strip);
    if (backward) solveBackward<T>(strip, n, block, inverses);
    else solveForward<T>(strip, n, block, inverses);
    unpackColumns<T>(strip, n, width, source, ld);
  }
}

/** Packs the panel of a factor that an update reads: rows below the block (`across` = 0) or columns left of it (1). */
@inline
function panelStrips<T>(l: usize, ld: i32, count: i32, n: i32, across: i32, packed: usize, counter: usize): void {
  const full = <i32>(32 / sizeof<T>());
  const strips = (count + full - 1) / full;
  while (true) {
    const t = nextTile(counter);
    if (t >= strips) break;
    const first = t * full;
    const strip = packed + <usize>t * PANEL_BYTES;
    const width = min(full, count - first);
    if (across) packColumns<T>(l + <usize>first * sizeof<T>(), ld, n, width, strip);
    else packRows<T>(l + <usize>first * <usize>ld * sizeof<T>(), ld, n, width, strip);
  }
}

@inline
function subtract<T>(c: usize, ld: i32, found: usize, rows: i32, columns: i32): void {
  const full = <i32>(32 / sizeof<T>());
  const stride = <usize>ld * sizeof<T>();
  if (columns == full) {
    for (let i = 0; i < rows; i++) {
      v128.store(c, v128.sub<T>(v128.load(c), v128.load(found)));
      v128.store(c, v128.sub<T>(v128.load(c, 16), v128.load(found, 16)), 16);
      c += stride;
      found += 32;
    }
  } else {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = c + <usize>j * sizeof<T>();
        store<T>(at, load<T>(at) - load<T>(found + <usize>j * sizeof<T>()));
      }
      c += stride;
      found += 32;
    }
  }
}

/** C (rows × columns) -= P Q from packed strips of depth n; only tiles that touch the lower triangle when `lower` is 1. */
@inline
function update<T>(c: usize, ld: i32, rows: i32, columns: i32, n: i32, p: usize, q: usize, lower: i32, scratch: usize, counter: usize): void {
  const full = <i32>(32 / sizeof<T>());
  const across = (columns + TILE - 1) / TILE;
  const down = (rows + TILE - 1) / TILE;
  const count = lower ? (down * (down + 1)) / 2 : down * across;
  const padded = paddedDepth(n);
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    let bi: i32, bj: i32;
    if (lower) {
      // Long rows of tiles first would help nobody: any order, the tiles are equal.
      bi = 0;
      bj = t;
      while (bj > bi) {
        bi++;
        bj -= bi;
      }
    } else {
      bi = t / across;
      bj = t % across;
    }
    const i1 = min(rows, (bi + 1) * TILE), j1 = min(columns, (bj + 1) * TILE);
    for (let j = bj * TILE; j < j1; j += full) {
      const stripQ = q + <usize>(j / full) * PANEL_BYTES;
      for (let i = bi * TILE; i < i1; i += 4) {
        if (lower && i + 4 <= j) continue;
        micro<T>(p + <usize>(i / full) * PANEL_BYTES + <usize>(i % full) * sizeof<T>(), stripQ, padded, scratch);
        subtract<T>(c + (<usize>i * <usize>ld + <usize>j) * sizeof<T>(), ld, scratch, min(4, i1 - i), min(full, j1 - j));
      }
    }
  }
}

export function diagonal32(a: usize, ld: i32, n: i32, upper: usize, inverses: usize, floors: usize): i32 {
  return diagonal<f32>(a, ld, n, upper, inverses, floors);
}
export function diagonal64(a: usize, ld: i32, n: i32, upper: usize, inverses: usize, floors: usize): i32 {
  return diagonal<f64>(a, ld, n, upper, inverses, floors);
}
export function takeDiagonal32(l: usize, ld: i32, n: i32, upper: usize, inverses: usize, across: i32): void {
  takeDiagonal<f32>(l, ld, n, upper, inverses, across);
}
export function takeDiagonal64(l: usize, ld: i32, n: i32, upper: usize, inverses: usize, across: i32): void {
  takeDiagonal<f64>(l, ld, n, upper, inverses, across);
}
export function rowStrips32(a: usize, ld: i32, rows: i32, n: i32, upper: usize, inverses: usize, packed: usize, counter: usize): void {
  rowStrips<f32>(a, ld, rows, n, upper, inverses, packed, counter);
}
export function rowStrips64(a: usize, ld: i32, rows: i32, n: i32, upper: usize, inverses: usize, packed: usize, counter: usize): void {
  rowStrips<f64>(a, ld, rows, n, upper, inverses, packed, counter);
}
export function columnStrips32(b: usize, ld: i32, columns: i32, n: i32, block: usize, inverses: usize, backward: i32, packed: usize, counter: usize): void {
  columnStrips<f32>(b, ld, columns, n, block, inverses, backward, packed, counter);
}
export function columnStrips64(b: usize, ld: i32, columns: i32, n: i32, block: usize, inverses: usize, backward: i32, packed: usize, counter: usize): void {
  columnStrips<f64>(b, ld, columns, n, block, inverses, backward, packed, counter);
}
export function panelStrips32(l: usize, ld: i32, count: i32, n: i32, across: i32, packed: usize, counter: usize): void {
  panelStrips<f32>(l, ld, count, n, across, packed, counter);
}
export function panelStrips64(l: usize, ld: i32, count: i32, n: i32, across: i32, packed: usize, counter: usize): void {
  panelStrips<f64>(l, ld, count, n, across, packed, counter);
}
export function update32(c: usize, ld: i32, rows: i32, columns: i32, n: i32, p: usize, q: usize, lower: i32, scratch: usize, counter: usize): void {
  update<f32>(c, ld, rows, columns, n, p, q, lower, scratch, counter);
}
export function update64(c: usize, ld: i32, rows: i32, columns: i32, n: i32, p: usize, q: usize, lower: i32, scratch: usize, counter: usize): void {
  update<f64>(c, ld, rows, columns, n, p, q, lower, scratch, counter);
}
