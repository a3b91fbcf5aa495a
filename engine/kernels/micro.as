// The one inner loop that all products share: a block of 4 × 2 vectors, both operands packed in strips.
//
// A strip holds, for each k, 32 bytes: 8 f32 or 4 f64 of one operand. `p` points at 4 of them, `q` at all. `depth` is a
// multiple of 4 (packing fills up with zeros). Eight accumulators, two loads and four splats a step fit the 16 registers of SSE.

@inline export const STRIP_BYTES: usize = 32;

/** out (8 vectors, row by row) = Σ_k p[k][0..4) ⊗ q[k][0..2 vectors). Every sum runs over k in order. */
export function micro<T>(p: usize, q: usize, depth: i32, out: usize): void {
  let c00 = v128.splat<T>(<T>0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = q + (<usize>depth << 5);
  while (q < end) {
    {
      const b0 = v128.load(q), b1 = v128.load(q, 16);
      let a = v128.load_splat<T>(p);
      c00 = v128.add<T>(c00, v128.mul<T>(a, b0)); c01 = v128.add<T>(c01, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, sizeof<T>());
      c10 = v128.add<T>(c10, v128.mul<T>(a, b0)); c11 = v128.add<T>(c11, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, 2 * sizeof<T>());
      c20 = v128.add<T>(c20, v128.mul<T>(a, b0)); c21 = v128.add<T>(c21, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, 3 * sizeof<T>());
      c30 = v128.add<T>(c30, v128.mul<T>(a, b0)); c31 = v128.add<T>(c31, v128.mul<T>(a, b1));
    }
    {
      const b0 = v128.load(q, 32), b1 = v128.load(q, 48);
      let a = v128.load_splat<T>(p, 32);
      c00 = v128.add<T>(c00, v128.mul<T>(a, b0)); c01 = v128.add<T>(c01, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, 32 + sizeof<T>());
      c10 = v128.add<T>(c10, v128.mul<T>(a, b0)); c11 = v128.add<T>(c11, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, 32 + 2 * sizeof<T>());
      c20 = v128.add<T>(c20, v128.mul<T>(a, b0)); c21 = v128.add<T>(c21, v128.mul<T>(a, b1));
      a = v128.load_splat<T>(p, 32 + 3 * sizeof<T>());
      c30 = v128.add<T>(c30, v128.mul<T>(a, b0)); c31 = v128.add<T>(c31, v128.mul<T>(a, b1));
    }
    p += 64;
    q += 64;
  }
  v128.store(out, c00); v128.store(out, c01, 16);
  v128.store(out, c10, 32); v128.store(out, c11, 48);
  v128.store(out, c20, 64); v128.store(out, c21, 80);
  v128.store(out, c30, 96); v128.store(out, c31, 112);
}

/** Takes the next tile of a job: whoever comes takes it, and what a tile computes does not depend on who. */
@inline
export function nextTile(counter: usize): i32 {
  return atomic.add<i32>(counter, 1);
}
