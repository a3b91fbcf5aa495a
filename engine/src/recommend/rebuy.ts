import type { Purchases } from './purchases.ts';

/** Popularity only orders items that were bought equally often: it never outweighs one more order. */
const POPULARITY_WEIGHT = 0.001;

/**
 * How strongly a past purchase speaks for buying the same again: (decayed) number of orders that held the item, ties
 * broken by popularity. `popularityShare` is the item's people divided by the most popular item's, in [0, 1].
 */
export const rebuyScore = (orders: number, popularityShare: number): number =>
  orders + POPULARITY_WEIGHT * popularityShare;

/**
 * Scores of one person for every item, dense: REBUY of the published comparison where the person bought the item,
 * popularity alone elsewhere. Higher is better; rank ties by item index.
 */
export const rebuyScores = (purchases: Purchases, popular: Uint32Array, person: number): Float64Array => {
  const most = Math.max(
    1,
    popular.reduce((a, b) => Math.max(a, b), 0),
  );
  const scores = Float64Array.from(popular, (people) => rebuyScore(0, people / most));
  const end = purchases.start[person + 1] as number;
  for (let pair = purchases.start[person] as number; pair < end; pair++) {
    const item = purchases.item[pair] as number;
    scores[item] = rebuyScore(purchases.weight[pair] as number, (popular[item] as number) / most);
  }
  return scores;
};

/** Indices of the `k` largest scores, best first, ties by lower index; -Infinity is never taken. Cost O(n log k). */
export const topItems = (scores: Float64Array, k: number): number[] => {
  const heap: number[] = [];
  // True when a comes after b in the final order, so that the heap's root is the one to drop.
  const worse = (a: number, b: number): boolean => {
    const left = scores[a] as number;
    const right = scores[b] as number;
    return left < right || (left === right && a > b);
  };
  const swap = (i: number, j: number): void => {
    const held = heap[i] as number;
    heap[i] = heap[j] as number;
    heap[j] = held;
  };
  const sink = (from: number): void => {
    let i = from;
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && worse(heap[child] as number, heap[least] as number)) least = child;
      }
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };
  for (let item = 0; item < scores.length; item++) {
    if (scores[item] === Number.NEGATIVE_INFINITY) continue;
    if (heap.length < k) {
      heap.push(item);
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!worse(heap[i] as number, heap[parent] as number)) break;
        swap(i, parent);
        i = parent;
      }
    } else if (k > 0 && worse(heap[0] as number, item)) {
      heap[0] = item;
      sink(0);
    }
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
};
