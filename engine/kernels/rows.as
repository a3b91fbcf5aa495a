import { micro, nextTile } from './micro';
import { paddedDepth } from './pack';

// One small regularised least-squares problem per row, f64: (D + Σ w h hᵀ) x = Σ w h over the row's entries, D diagonal. With at most
// `d` entries it is solved in the space of the entries, x = D⁻½ Gᵀ (I + G Gᵀ)⁻¹ s with rows s h D⁻½ of G and s = √w (the push-through
// identity): n² d rather than n d² + d³/3. `d` is a multiple of 4; each row's sums run in one order whoever takes it.

const ROWS: i32 = 8;
const CHUNK: i32 = 128;
/** A chunk's strip and one cache line more: strips do not fall on the same lines. */
@inline const CHUNK_BYTES: usize = 4160;

@inline
function low(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}
@inline
function high(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

/** to[j] -= factor · from[j] for j from `j` to `n`. */
@inline
function subtract(to: usize, from: usize, j: i32, n: i32, factor: f64): void {
  const f = f64x2.splat(factor);
  if (j & 1) {
    const at = <usize>j << 3;
    store<f64>(to + at, load<f64>(to + at) - factor * load<f64>(from + at));
    j++;
  }
  for (; j < n; j += 2) {
    const at = <usize>j << 3;
    v128.store(to + at, f64x2.sub(v128.load(to + at), f64x2.mul(f, v128.load(from + at))));
  }
}

/** A = Uᵀ U in place, upper triangle, `n` a multiple of 4, rows of n; 1/U[k][k] is left on the diagonal. Four rows at a time. */
function factor(a: usize, n: i32): void {
  const row = <usize>n << 3;
  for (let k = 0; k < n; k += 4) {
    const r0 = a + <usize>k * row, r1 = r0 + row, r2 = r1 + row, r3 = r2 + row;
    for (let p = k; p < k + 4; p++) {
      const rowP = a + <usize>p * row;
      const inverse = 1 / sqrt<f64>(load<f64>(rowP + (<usize>p << 3)));
      store<f64>(rowP + (<usize>p << 3), inverse);
      for (let j = p + 1; j < n; j++) {
        const at = rowP + (<usize>j << 3);
        store<f64>(at, load<f64>(at) * inverse);
      }
      for (let i = p + 1; i < k + 4; i++) subtract(a + <usize>i * row, rowP, i, n, load<f64>(rowP + (<usize>i << 3)));
    }
    for (let i = k + 4; i < n; i++) {
      const column = <usize>i << 3;
      const f0 = v128.load64_splat(r0 + column), f1 = v128.load64_splat(r1 + column);
      const f2 = v128.load64_splat(r2 + column), f3 = v128.load64_splat(r3 + column);
      const rowI = a + <usize>i * row;
      // From the pair that holds the diagonal; what is left of it is never read.
      for (let at = <usize>(i & ~1) << 3; at < row; at += 16) {
        const s = f64x2.add(
          f64x2.add(f64x2.mul(f0, v128.load(r0 + at)), f64x2.mul(f1, v128.load(r1 + at))),
          f64x2.add(f64x2.mul(f2, v128.load(r2 + at)), f64x2.mul(f3, v128.load(r3 + at))),
        );
        v128.store(rowI + at, f64x2.sub(v128.load(rowI + at), s));
      }
    }
  }
}

/** b becomes A⁻¹ b. */
function solve(u: usize, n: i32, b: usize): void {
  const row = <usize>n << 3;
  for (let k = 0; k < n; k++) {
    const rowK = u + <usize>k * row, at = b + (<usize>k << 3);
    const y = load<f64>(at) * load<f64>(rowK + (<usize>k << 3));
    store<f64>(at, y);
    subtract(b, rowK, k + 1, n, y);
  }
  for (let k = n - 1; k >= 0; k--) {
    const rowK = u + <usize>k * row, at = b + (<usize>k << 3);
    let sum: f64 = 0;
    let j = k + 1;
    if (j & 1) {
      sum = load<f64>(rowK + (<usize>j << 3)) * load<f64>(b + (<usize>j << 3));
      j++;
    }
    let pair = f64x2.splat(0);
    for (; j < n; j += 2) pair = f64x2.add(pair, f64x2.mul(v128.load(rowK + (<usize>j << 3)), v128.load(b + (<usize>j << 3))));
    sum += f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
    store<f64>(at, (load<f64>(at) - sum) * load<f64>(rowK + (<usize>k << 3)));
  }
}

/** Few entries. */
@inline
function byEntries(indices: usize, weights: usize, n: i32, fixed: usize, d: i32, base: usize, ridge: f64, out: usize, roots: usize, z: usize, found: usize, square: usize, packed: usize): void {
  for (let k = 0; k < d; k++) store<f64>(roots + (<usize>k << 3), 1 / sqrt<f64>(load<f64>(base + (<usize>k << 3)) + ridge));
  const m = paddedDepth(n);
  const strip = <usize>d << 5;
  for (let e = 0; e < m; e += 2) {
    // Entries that fill up have the weight 0, and the first entry's row.
    const s0 = e < n ? sqrt<f64>(<f64>load<f32>(weights + (<usize>e << 2))) : 0;
    const s1 = e + 1 < n ? sqrt<f64>(<f64>load<f32>(weights + (<usize>(e + 1) << 2))) : 0;
    store<f64>(z + (<usize>e << 3), s0);
    store<f64>(z + (<usize>e << 3), s1, 8);
    const f0 = f64x2.splat(s0), f1 = f64x2.splat(s1);
    const h0 = fixed + <usize>load<u32>(indices + (<usize>(e < n ? e : 0) << 2)) * <usize>d * 8;
    const h1 = fixed + <usize>load<u32>(indices + (<usize>(e + 1 < n ? e + 1 : 0) << 2)) * <usize>d * 8;
    let to = packed + strip * <usize>(e >> 2) + (<usize>(e & 2) << 3);
    for (let k = 0; k < d; k += 2) {
      const at = <usize>k << 3;
      const root = v128.load(roots + at);
      const a = f64x2.mul(f64x2.mul(v128.load(h0 + at), root), f0), b = f64x2.mul(f64x2.mul(v128.load(h1 + at), root), f1);
      v128.store(to, low(a, b));
      v128.store(to, high(a, b), 32);
      to += 64;
    }
  }
  const row = <usize>m << 3;
  for (let i = 0; i < m; i += 4) {
    for (let j = i; j < m; j += 4) {
      micro<f64>(packed + strip * <usize>(i >> 2), packed + strip * <usize>(j >> 2), d, found);
      let to = square + <usize>i * row + (<usize>j << 3), from = found;
      for (let r = 0; r < 4; r++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        to += row;
        from += 32;
      }
    }
    for (let r = 0; r < 4; r++) {
      const at = square + <usize>(i + r) * (row + 8);
      store<f64>(at, load<f64>(at) + 1);
    }
  }
  factor(square, m);
  solve(square, m, z);
  for (let k = 0; k < d; k += 2) {
    let x = f64x2.splat(0);
    let from = packed + (<usize>k << 5);
    for (let e = 0; e < m; e += 4) {
      const z0 = v128.load(z + (<usize>e << 3)), z1 = v128.load(z + (<usize>e << 3), 16);
      const a = f64x2.add(f64x2.mul(v128.load(from), z0), f64x2.mul(v128.load(from, 16), z1));
      const b = f64x2.add(f64x2.mul(v128.load(from, 32), z0), f64x2.mul(v128.load(from, 48), z1));
      x = f64x2.add(x, f64x2.add(low(a, b), high(a, b)));
      from += strip;
    }
    v128.store(out + (<usize>k << 3), f64x2.mul(x, v128.load(roots + (<usize>k << 3))));
  }
}

/** Many entries: the normal equations, in chunks. */
@inline
function byFactors(indices: usize, weights: usize, n: i32, fixed: usize, d: i32, base: usize, ridge: f64, out: usize, found: usize, square: usize, packed: usize): void {
  const row = <usize>d << 3;
  memory.fill(square, 0, row * <usize>d);
  memory.fill(out, 0, row);
  for (let first = 0; first < n; first += CHUNK) {
    const depth = min(CHUNK, n - first);
    for (let e = 0; e < depth; e++) {
      const weight = <f64>load<f32>(weights + (<usize>(first + e) << 2));
      const w = f64x2.splat(weight), s = f64x2.splat(sqrt<f64>(weight));
      let h = fixed + <usize>load<u32>(indices + (<usize>(first + e) << 2)) * row;
      let to = packed + (<usize>e << 5);
      for (let at = out; at < out + row; at += 32) {
        const h0 = v128.load(h), h1 = v128.load(h, 16);
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(w, h0)));
        v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(w, h1)), 16);
        v128.store(to, f64x2.mul(s, h0));
        v128.store(to, f64x2.mul(s, h1), 16);
        to += CHUNK_BYTES;
        h += 32;
      }
    }
    const padded = paddedDepth(depth);
    if (padded > depth) {
      for (let k = 0; k < d; k += 4) memory.fill(packed + CHUNK_BYTES * <usize>(k >> 2) + (<usize>depth << 5), 0, <usize>(padded - depth) << 5);
    }
    for (let i = 0; i < d; i += 4) {
      for (let j = i; j < d; j += 4) {
        micro<f64>(packed + CHUNK_BYTES * <usize>(i >> 2), packed + CHUNK_BYTES * <usize>(j >> 2), padded, found);
        let to = square + <usize>i * row + (<usize>j << 3), from = found;
        for (let r = 0; r < 4; r++) {
          v128.store(to, f64x2.add(v128.load(to), v128.load(from)));
          v128.store(to, f64x2.add(v128.load(to, 16), v128.load(from, 16)), 16);
          to += row;
          from += 32;
        }
      }
    }
  }
  for (let k = 0; k < d; k++) {
    const at = square + <usize>k * (row + 8);
    store<f64>(at, load<f64>(at) + load<f64>(base + (<usize>k << 3)) + ridge);
  }
  factor(square, d);
  solve(square, d, out);
}

/** X becomes X Q for X rows × d and Q d × d, a row at a time, 16 columns in registers. scratch: one row. */
export function turnRows(x: usize, rows: i32, d: i32, q: usize, scratch: usize, counter: usize): void {
  const row = <usize>d << 3;
  const count = (rows + 63) / 64;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    for (let r = t * 64, last = min(rows, r + 64); r < last; r++) {
      const at = x + <usize>r * row;
      memory.copy(scratch, at, row);
      let c: usize = 0;
      for (; c + 128 <= row; c += 128) {
        let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        let from = q + c;
        for (let k = scratch; k < scratch + row; k += 8) {
          const f = v128.load64_splat(k);
          s0 = f64x2.add(s0, f64x2.mul(f, v128.load(from)));
          s1 = f64x2.add(s1, f64x2.mul(f, v128.load(from, 16)));
          s2 = f64x2.add(s2, f64x2.mul(f, v128.load(from, 32)));
          s3 = f64x2.add(s3, f64x2.mul(f, v128.load(from, 48)));
          s4 = f64x2.add(s4, f64x2.mul(f, v128.load(from, 64)));
          s5 = f64x2.add(s5, f64x2.mul(f, v128.load(from, 80)));
          s6 = f64x2.add(s6, f64x2.mul(f, v128.load(from, 96)));
          s7 = f64x2.add(s7, f64x2.mul(f, v128.load(from, 112)));
          from += row;
        }
        const to = at + c;
        v128.store(to, s0); v128.store(to, s1, 16); v128.store(to, s2, 32); v128.store(to, s3, 48);
        v128.store(to, s4, 64); v128.store(to, s5, 80); v128.store(to, s6, 96); v128.store(to, s7, 112);
      }
      for (; c < row; c += 16) {
        let s = f64x2.splat(0);
        let from = q + c;
        for (let k = scratch; k < scratch + row; k += 8) {
          s = f64x2.add(s, f64x2.mul(v128.load64_splat(k), v128.load(from)));
          from += row;
        }
        v128.store(at + c, s);
      }
    }
  }
}

/** Rows `from` to `to`. scratch: 2·8·d bytes, 128 of a block, 8·d², and the larger of 8·d² and d/4 strips of a chunk. */
export function solveRows(starts: usize, indices: usize, weights: usize, from: i32, to: i32, fixed: usize, d: i32, base: usize, ridge: usize, out: usize, scratch: usize, counter: usize): void {
  const row = <usize>d << 3;
  const roots = scratch, z = roots + row, found = z + row, square = found + 128, packed = square + row * <usize>d;
  const count = (to - from + ROWS - 1) / ROWS;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    for (let r = from + t * ROWS, last = min(to, r + ROWS); r < last; r++) {
      const first = load<i32>(starts + (<usize>r << 2)), n = load<i32>(starts + (<usize>r << 2), 4) - first;
      const at = indices + (<usize>first << 2), w = weights + (<usize>first << 2);
      const target = out + <usize>r * row;
      const own = load<f64>(ridge + (<usize>r << 3));
      if (n == 0) memory.fill(target, 0, row);
      else if (n <= d) byEntries(at, w, n, fixed, d, base, own, target, roots, z, found, square, packed);
      else byFactors(at, w, n, fixed, d, base, own, target, found, square, packed);
    }
  }
}
