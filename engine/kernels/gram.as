import { micro, nextTile } from './micro';
import { packColumns, paddedDepth } from './pack';

// Xᵀ X in tiles of 64 × 64. A tile goes through all rows of X in chunks of 256, with f64 sums of the chunks' (f32) sums: long
// columns lose nothing. Tiles are independent, so that the answer does not depend on how many threads take them.

const TILE: i32 = 64;
const CHUNK: i32 = 256;

@inline
function addTo<T>(sums: usize, found: usize, row: i32): void {
  if (sizeof<T>() == 4) {
    for (let i = 0; i < 4; i++) {
      const at = sums + (<usize>((row + i) * TILE) << 3);
      const v0 = v128.load(found), v1 = v128.load(found, 16);
      v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(v0)));
      v128.store(at, f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(i8x16.shuffle(v0, v0, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))), 16);
      v128.store(at, f64x2.add(v128.load(at, 32), f64x2.promote_low_f32x4(v1)), 32);
      v128.store(at, f64x2.add(v128.load(at, 48), f64x2.promote_low_f32x4(i8x16.shuffle(v1, v1, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))), 48);
      found += 32;
    }
  } else {
    for (let i = 0; i < 4; i++) {
      const at = sums + (<usize>((row + i) * TILE) << 3);
      v128.store(at, f64x2.add(v128.load(at), v128.load(found)));
      v128.store(at, f64x2.add(v128.load(at, 16), v128.load(found, 16)), 16);
      found += 32;
    }
  }
}

/** scratch: 64·64·8 bytes of sums, 128 of a block, then two packed panels of 256 steps × 64 elements. */
@inline
function tiles<T>(x: usize, rows: i32, columns: i32, out: usize, scratch: usize, counter: usize): void {
  const strip = <i32>(32 / sizeof<T>());
  const stripBytes = <usize>CHUNK << 5;
  const found = scratch + (<usize>(TILE * TILE) << 3);
  const left = found + 128;
  const right = left + stripBytes * <usize>(TILE / strip);
  const side = (columns + TILE - 1) / TILE;
  const count = (side * (side + 1)) / 2;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    let bi = 0, bj = t;
    // Row by row over the upper triangle.
    while (bj >= side - bi) {
      bj -= side - bi;
      bi++;
    }
    bj += bi;
    const i0 = bi * TILE, j0 = bj * TILE;
    const width = min(TILE, columns - i0), height = min(TILE, columns - j0);
    memory.fill(scratch, 0, <usize>(TILE * TILE) << 3);
    for (let r = 0; r < rows; r += CHUNK) {
      const depth = min(CHUNK, rows - r);
      const source = x + <usize>r * <usize>columns * sizeof<T>();
      for (let s = 0; s < width; s += strip) {
        packColumns<T>(source + <usize>(i0 + s) * sizeof<T>(), columns, depth, min(strip, width - s), left + stripBytes * <usize>(s / strip));
      }
      const other = bi == bj ? left : right;
      if (bi != bj) {
        for (let s = 0; s < height; s += strip) {
          packColumns<T>(source + <usize>(j0 + s) * sizeof<T>(), columns, depth, min(strip, height - s), right + stripBytes * <usize>(s / strip));
        }
      }
      const padded = paddedDepth(depth);
      for (let j = 0; j < height; j += strip) {
        const q = other + stripBytes * <usize>(j / strip);
        for (let i = 0; i < width; i += 4) {
          // On the diagonal only what touches the upper triangle.
          if (bi == bj && i >= j + strip) break;
          micro<T>(left + stripBytes * <usize>(i / strip) + <usize>(i % strip) * sizeof<T>(), q, padded, found);
          addTo<T>(scratch + (<usize>j << 3), found, i);
        }
      }
    }
    for (let i = 0; i < width; i++) {
      for (let j = bi == bj ? i : 0; j < height; j++) {
        const value = <T>load<f64>(scratch + (<usize>(i * TILE + j) << 3));
        store<T>(out + (<usize>(i0 + i) * <usize>columns + <usize>(j0 + j)) * sizeof<T>(), value);
        store<T>(out + (<usize>(j0 + j) * <usize>columns + <usize>(i0 + i)) * sizeof<T>(), value);
      }
    }
  }
}

/** out (columns × columns) = Xᵀ X for X rows × columns, row-major. `scratch` belongs to one thread. */
export function gram32(x: usize, rows: i32, columns: i32, out: usize, scratch: usize, counter: usize): void {
  tiles<f32>(x, rows, columns, out, scratch, counter);
}
export function gram64(x: usize, rows: i32, columns: i32, out: usize, scratch: usize, counter: usize): void {
  tiles<f64>(x, rows, columns, out, scratch, counter);
}
