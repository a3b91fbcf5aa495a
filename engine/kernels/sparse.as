import { nextTile } from './micro';

// Sparse (compressed rows) × dense, f32: each row of the answer is a weighted sum of rows of the dense matrix, in the order of
// the row's entries, 32 columns at a time in registers.

const ROWS: i32 = 32;

@inline
function wide(at: usize, indices: usize, end: usize, weights: usize, stride: usize, out: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  while (indices < end) {
    const from = at + <usize>load<u32>(indices) * stride;
    const w = v128.load32_splat(weights);
    s0 = f32x4.add(s0, f32x4.mul(w, v128.load(from)));
    s1 = f32x4.add(s1, f32x4.mul(w, v128.load(from, 16)));
    s2 = f32x4.add(s2, f32x4.mul(w, v128.load(from, 32)));
    s3 = f32x4.add(s3, f32x4.mul(w, v128.load(from, 48)));
    s4 = f32x4.add(s4, f32x4.mul(w, v128.load(from, 64)));
    s5 = f32x4.add(s5, f32x4.mul(w, v128.load(from, 80)));
    s6 = f32x4.add(s6, f32x4.mul(w, v128.load(from, 96)));
    s7 = f32x4.add(s7, f32x4.mul(w, v128.load(from, 112)));
    indices += 4;
    weights += 4;
  }
  v128.store(out, s0); v128.store(out, s1, 16); v128.store(out, s2, 32); v128.store(out, s3, 48);
  v128.store(out, s4, 64); v128.store(out, s5, 80); v128.store(out, s6, 96); v128.store(out, s7, 112);
}

@inline
function narrow(at: usize, indices: usize, end: usize, weights: usize, stride: usize, out: usize): void {
  let s = f32x4.splat(0);
  while (indices < end) {
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(weights), v128.load(at + <usize>load<u32>(indices) * stride)));
    indices += 4;
    weights += 4;
  }
  v128.store(out, s);
}

@inline
function single(at: usize, indices: usize, end: usize, weights: usize, stride: usize, out: usize): void {
  let s: f32 = 0;
  while (indices < end) {
    s += load<f32>(weights) * load<f32>(at + <usize>load<u32>(indices) * stride);
    indices += 4;
    weights += 4;
  }
  store<f32>(out, s);
}

/** out (rows × columns) = S D. Row r of S has entries starts[r] to starts[r + 1] of `indices` and `weights`. */
export function sparseTimesDense(starts: usize, indices: usize, weights: usize, rows: i32, dense: usize, columns: i32, out: usize, counter: usize): void {
  const stride = <usize>columns << 2;
  const count = (rows + ROWS - 1) / ROWS;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    for (let r = t * ROWS, last = min(rows, r + ROWS); r < last; r++) {
      const first = <usize>load<u32>(starts + (<usize>r << 2)) << 2, after = <usize>load<u32>(starts + (<usize>r << 2), 4) << 2;
      const target = out + <usize>r * stride;
      let c = 0;
      for (; c + 32 <= columns; c += 32) {
        wide(dense + (<usize>c << 2), indices + first, indices + after, weights + first, stride, target + (<usize>c << 2));
      }
      for (; c + 4 <= columns; c += 4) {
        narrow(dense + (<usize>c << 2), indices + first, indices + after, weights + first, stride, target + (<usize>c << 2));
      }
      for (; c < columns; c++) {
        single(dense + (<usize>c << 2), indices + first, indices + after, weights + first, stride, target + (<usize>c << 2));
      }
    }
  }
}
