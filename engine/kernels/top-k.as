import { nextTile } from './micro';

// The k largest of each row. 16 scores at a time are compared with the worst of the k best so far, and nearly all are passed over.
// The k best are kept in order, or for a large k in a heap with the worst at its root. Equal scores: the smaller index wins.
// NaN and -Infinity are never taken.

/** Up to this k shifting a sorted list is quicker than a heap, whose branches nobody can predict. */
const SORTED: i32 = 64;
const ROWS: i32 = 16;

/** Whether entry i is worse than entry j: smaller score, or the same and a larger index. */
@inline
function worse(scores: usize, indices: usize, i: i32, j: i32): bool {
  const a = load<f32>(scores + (<usize>i << 2)), b = load<f32>(scores + (<usize>j << 2));
  return a < b || (a == b && load<i32>(indices + (<usize>i << 2)) > load<i32>(indices + (<usize>j << 2)));
}

@inline
function swap(scores: usize, indices: usize, i: i32, j: i32): void {
  const a = load<f32>(scores + (<usize>i << 2)), ia = load<i32>(indices + (<usize>i << 2));
  store<f32>(scores + (<usize>i << 2), load<f32>(scores + (<usize>j << 2)));
  store<i32>(indices + (<usize>i << 2), load<i32>(indices + (<usize>j << 2)));
  store<f32>(scores + (<usize>j << 2), a);
  store<i32>(indices + (<usize>j << 2), ia);
}

function sink(scores: usize, indices: usize, n: i32): void {
  let i = 0;
  while (true) {
    let child = 2 * i + 1;
    if (child >= n) return;
    if (child + 1 < n && worse(scores, indices, child + 1, child)) child++;
    if (!worse(scores, indices, child, i)) return;
    swap(scores, indices, i, child);
    i = child;
  }
}

/** Puts a score where it belongs among `held` sorted ones, behind its equals; the last falls off when there are k. */
@inline
function insertSorted(scores: usize, indices: usize, held: i32, k: i32, value: f32, index: i32): i32 {
  let j = <usize>(held < k ? held : k - 1) << 2;
  while (j > 0 && load<f32>(scores + j - 4) < value) {
    store<f32>(scores + j, load<f32>(scores + j - 4));
    store<i32>(indices + j, load<i32>(indices + j - 4));
    j -= 4;
  }
  store<f32>(scores + j, value);
  store<i32>(indices + j, index);
  return held < k ? held + 1 : k;
}

@inline
function insertHeap(scores: usize, indices: usize, held: i32, k: i32, value: f32, index: i32): i32 {
  if (held == k) {
    store<f32>(scores, value);
    store<i32>(indices, index);
    sink(scores, indices, k);
    return k;
  }
  store<f32>(scores + (<usize>held << 2), value);
  store<i32>(indices + (<usize>held << 2), index);
  let child = held;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!worse(scores, indices, child, parent)) break;
    swap(scores, indices, child, parent);
    child = parent;
  }
  return held + 1;
}

@inline
function row(values: usize, n: i32, k: i32, scores: usize, indices: usize, sorted: bool): i32 {
  const worst = sorted ? <usize>(k - 1) << 2 : 0;
  let held = 0;
  let limit: f32 = -Infinity;
  let limits = f32x4.splat(limit);
  let i = 0;
  while (i < n) {
    let found: i32;
    const at = values + (<usize>i << 2);
    if (i + 16 <= n) {
      const g0 = f32x4.gt(v128.load(at), limits), g1 = f32x4.gt(v128.load(at, 16), limits);
      const g2 = f32x4.gt(v128.load(at, 32), limits), g3 = f32x4.gt(v128.load(at, 48), limits);
      if (!v128.any_true(v128.or(v128.or(g0, g1), v128.or(g2, g3)))) {
        i += 16;
        continue;
      }
      found = i32x4.bitmask(g0) | (i32x4.bitmask(g1) << 4) | (i32x4.bitmask(g2) << 8) | (i32x4.bitmask(g3) << 12);
    } else {
      found = (1 << (n - i)) - 1;
    }
    while (found != 0) {
      const lane = ctz(found);
      found &= found - 1;
      const value = load<f32>(at + (<usize>lane << 2));
      if (!(value > limit)) continue;
      held = sorted
        ? insertSorted(scores, indices, held, k, value, i + lane)
        : insertHeap(scores, indices, held, k, value, i + lane);
      if (held == k) {
        limit = load<f32>(scores + worst);
        limits = f32x4.splat(limit);
      }
    }
    i += 16;
  }
  if (!sorted) {
    for (let last = held - 1; last > 0; last--) {
      swap(scores, indices, 0, last);
      sink(scores, indices, last);
    }
  }
  for (let rest = held; rest < k; rest++) {
    store<f32>(scores + (<usize>rest << 2), -Infinity);
    store<i32>(indices + (<usize>rest << 2), -1);
  }
  return held;
}

/** Row r's best k scores, best first, with their indices, at r·k; what is missing is -1 and -Infinity; counts[r] are there. */
export function topK(values: usize, rows: i32, columns: i32, k: i32, scores: usize, indices: usize, counts: usize, counter: usize): void {
  const count = (rows + ROWS - 1) / ROWS;
  while (true) {
    const t = nextTile(counter);
    if (t >= count) break;
    for (let r = t * ROWS, end = min(rows, r + ROWS); r < end; r++) {
      const at = (<usize>r * <usize>k) << 2;
      const from = values + ((<usize>r * <usize>columns) << 2);
      const held = k <= SORTED
        ? row(from, columns, k, scores + at, indices + at, true)
        : row(from, columns, k, scores + at, indices + at, false);
      store<i32>(counts + (<usize>r << 2), held);
    }
  }
}
