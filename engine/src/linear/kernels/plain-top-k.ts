import type { Dense, TopK } from './kernels.ts';
import { checkTopK } from './shapes.ts';

/** Heaps over pieces of two arrays; the root is the worst: smaller score, or the same and a larger index. */
const heapOf = (scores: Float32Array, indices: Int32Array) => {
  const worse = (i: number, j: number): boolean => {
    const a = scores[i] as number;
    const b = scores[j] as number;
    return a < b || (a === b && (indices[i] as number) > (indices[j] as number));
  };
  const swap = (i: number, j: number): void => {
    const score = scores[i] as number;
    const index = indices[i] as number;
    scores[i] = scores[j] as number;
    indices[i] = indices[j] as number;
    scores[j] = score;
    indices[j] = index;
  };
  return {
    swap,
    sink: (base: number, n: number): void => {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= n) return;
        if (child + 1 < n && worse(base + child + 1, base + child)) child++;
        if (!worse(base + child, base + i)) return;
        swap(base + i, base + child);
        i = child;
      }
    },
    rise: (base: number, last: number): void => {
      let child = last;
      while (child > 0) {
        const parent = (child - 1) >> 1;
        if (!worse(base + child, base + parent)) return;
        swap(base + child, base + parent);
        child = parent;
      }
    },
  };
};

/** The first column from `column` on whose score is above `limit`; `end` when there is none. The whole scan is here. */
const nextAbove = (row: Float32Array, column: number, limit: number): number => {
  const end = row.length;
  let c = column;
  for (const stop = end - 3; c < stop; c += 4) {
    if (
      (row[c] as number) > limit ||
      (row[c + 1] as number) > limit ||
      (row[c + 2] as number) > limit ||
      (row[c + 3] as number) > limit
    )
      break;
  }
  while (c < end && !((row[c] as number) > limit)) c++;
  return c;
};

export const plainTopK = ({ rows, columns, values }: Dense<Float32Array>, k: number): TopK => {
  checkTopK({ rows, columns, values }, k);
  const scores = new Float32Array(rows * k).fill(-Infinity);
  const indices = new Int32Array(rows * k).fill(-1);
  const counts = new Int32Array(rows);
  const { swap, sink, rise } = heapOf(scores, indices);
  for (let r = 0; r < rows; r++) {
    const base = r * k;
    const start = r * columns;
    let held = 0;
    let limit = -Infinity;
    const row = values.subarray(start, start + columns);
    for (let c = nextAbove(row, 0, limit); c < columns; c = nextAbove(row, c + 1, limit)) {
      const value = row[c] as number;
      if (held < k) {
        scores[base + held] = value;
        indices[base + held] = c;
        rise(base, held);
        held++;
      } else {
        scores[base] = value;
        indices[base] = c;
        sink(base, k);
      }
      if (held === k) limit = scores[base] as number;
    }
    for (let last = held - 1; last > 0; last--) {
      swap(base, base + last);
      sink(base, last);
    }
    counts[r] = held;
  }
  return { indices, scores, counts };
};
