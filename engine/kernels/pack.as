// Packing: strips of 32 bytes a step (8 f32 or 4 f64), steps filled up with zeros to a multiple of 4.

@inline
export function paddedDepth(depth: i32): i32 {
  return (depth + 3) & ~3;
}

/** `width` (1 to one strip) columns of `depth` rows: step k holds row k's elements. `ld` is the row length in elements. */
@inline
export function packColumns<T>(source: usize, ld: i32, depth: i32, width: i32, strip: usize): void {
  const stride = <usize>ld * sizeof<T>();
  const full = <i32>(32 / sizeof<T>());
  if (width == full) {
    for (let k = 0; k < depth; k++) {
      v128.store(strip, v128.load(source));
      v128.store(strip, v128.load(source, 16), 16);
      source += stride;
      strip += 32;
    }
  } else {
    for (let k = 0; k < depth; k++) {
      memory.fill(strip, 0, 32);
      for (let j = 0; j < width; j++) {
        store<T>(strip + <usize>j * sizeof<T>(), load<T>(source + <usize>j * sizeof<T>()));
      }
      source += stride;
      strip += 32;
    }
  }
  memory.fill(strip, 0, <usize>(paddedDepth(depth) - depth) << 5);
}

/** `width` rows of `depth` columns: step k holds column k's elements. */
@inline
export function packRows<T>(source: usize, ld: i32, depth: i32, width: i32, strip: usize): void {
  const stride = <usize>ld * sizeof<T>();
  const full = <i32>(32 / sizeof<T>());
  for (let j = 0; j < full; j++) {
    let to = strip + <usize>j * sizeof<T>();
    if (j < width) {
      let from = source + <usize>j * stride;
      for (let k = 0; k < depth; k++) {
        store<T>(to, load<T>(from));
        from += sizeof<T>();
        to += 32;
      }
    } else {
      for (let k = 0; k < depth; k++) {
        store<T>(to, <T>0);
        to += 32;
      }
    }
  }
  memory.fill(strip + (<usize>depth << 5), 0, <usize>(paddedDepth(depth) - depth) << 5);
}

/** Back from a strip to `width` rows of `depth` columns. */
@inline
export function unpackRows<T>(strip: usize, depth: i32, width: i32, target: usize, ld: i32): void {
  const stride = <usize>ld * sizeof<T>();
  for (let j = 0; j < width; j++) {
    let from = strip + <usize>j * sizeof<T>();
    let to = target + <usize>j * stride;
    for (let k = 0; k < depth; k++) {
      store<T>(to, load<T>(from));
      from += 32;
      to += sizeof<T>();
    }
  }
}

/** Back from a strip to `width` columns of `depth` rows. */
@inline
export function unpackColumns<T>(strip: usize, depth: i32, width: i32, target: usize, ld: i32): void {
  const stride = <usize>ld * sizeof<T>();
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < width; j++) {
      store<T>(target + <usize>j * sizeof<T>(), load<T>(strip + <usize>j * sizeof<T>()));
    }
    target += stride;
    strip += 32;
  }
}
