import { nextTile } from './micro';

// Sums of blocks, each over its elements in the same order whoever computes it; the caller adds the blocks in order.

const BLOCK: i32 = 4096;

@inline
function block<T>(a: usize, b: usize, n: i32): f64 {
  const lanes = <i32>(16 / sizeof<T>());
  let s0 = v128.splat<T>(<T>0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  let i = 0;
  for (const whole = n - (n % (8 * lanes)); i < whole; i += 8 * lanes) {
    s0 = v128.add<T>(s0, v128.mul<T>(v128.load(a), v128.load(b)));
    s1 = v128.add<T>(s1, v128.mul<T>(v128.load(a, 16), v128.load(b, 16)));
    s2 = v128.add<T>(s2, v128.mul<T>(v128.load(a, 32), v128.load(b, 32)));
    s3 = v128.add<T>(s3, v128.mul<T>(v128.load(a, 48), v128.load(b, 48)));
    s4 = v128.add<T>(s4, v128.mul<T>(v128.load(a, 64), v128.load(b, 64)));
    s5 = v128.add<T>(s5, v128.mul<T>(v128.load(a, 80), v128.load(b, 80)));
    s6 = v128.add<T>(s6, v128.mul<T>(v128.load(a, 96), v128.load(b, 96)));
    s7 = v128.add<T>(s7, v128.mul<T>(v128.load(a, 112), v128.load(b, 112)));
    a += 128;
    b += 128;
  }
  const s = v128.add<T>(
    v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)),
    v128.add<T>(v128.add<T>(s4, s5), v128.add<T>(s6, s7)),
  );
  let sum: f64;
  if (sizeof<T>() == 4) {
    sum =
      <f64>f32x4.extract_lane(s, 0) + <f64>f32x4.extract_lane(s, 1) +
      (<f64>f32x4.extract_lane(s, 2) + <f64>f32x4.extract_lane(s, 3));
  } else {
    sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  }
  for (; i < n; i++) {
    sum += <f64>load<T>(a) * <f64>load<T>(b);
    a += sizeof<T>();
    b += sizeof<T>();
  }
  return sum;
}

@inline
function blocks<T>(a: usize, b: usize, n: i32, partials: usize, counter: usize): void {
  const count = (n + BLOCK - 1) / BLOCK;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    const start = t * BLOCK;
    const offset = <usize>start * sizeof<T>();
    store<f64>(partials + (<usize>t << 3), block<T>(a + offset, b + offset, min(BLOCK, n - start)));
  }
}

/** partials[t] = Σ over block t (4096 elements) of a · b. */
export function dot32(a: usize, b: usize, n: i32, partials: usize, counter: usize): void {
  blocks<f32>(a, b, n, partials, counter);
}
export function dot64(a: usize, b: usize, n: i32, partials: usize, counter: usize): void {
  blocks<f64>(a, b, n, partials, counter);
}

/** The whole sum by one thread, blocks in the same order. */
@inline
function whole<T>(a: usize, b: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const offset = <usize>start * sizeof<T>();
    sum += block<T>(a + offset, b + offset, min(BLOCK, n - start));
  }
  return sum;
}
export function dotAlone32(a: usize, b: usize, n: i32): f64 {
  return whole<f32>(a, b, n);
}
export function dotAlone64(a: usize, b: usize, n: i32): f64 {
  return whole<f64>(a, b, n);
}
