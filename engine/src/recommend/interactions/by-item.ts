import { tell, type Watch } from '../../fitting/index.ts';
import type { Interactions } from './interactions.ts';

/** Pairs between two words to the watch: some milliseconds. */
const CHUNK = 1 << 17;

/** The pairs by item, then person: those of item i are at `start[i]` to `start[i + 1]` (CSC). */
export interface ItemPairs {
  readonly people: number;
  readonly items: number;
  /** `items` + 1 values. */
  readonly start: Uint32Array;
  /** Ascending within an item. */
  readonly person: Uint32Array;
  readonly weight: Float64Array;
  /** Where the pair is in the interactions. */
  readonly pair: Uint32Array;
}

/**
 * The transpose. O(pairs + items).
 *
 * @throws EngineError `cancelled`
 * @example const { start, person } = byItem(interactions) // person.subarray(start[i], start[i + 1]) have item i
 */
export const byItem = (interactions: Interactions, watch?: Watch): ItemPairs => {
  const { people, items, item, weight } = interactions;
  const start = new Uint32Array(items + 1);
  for (let p = 0; p < item.length; p++) {
    const next = (item[p] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let i = 0; i < items; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const free = start.slice(0, items);
  const person = new Uint32Array(item.length);
  const weights = new Float64Array(item.length);
  const pair = new Uint32Array(item.length);
  let next = 0;
  for (let u = 0; u < people; u++) {
    const end = interactions.start[u + 1] as number;
    if (end >= next) {
      tell(watch, 'transpose', end / Math.max(1, item.length));
      next = end + CHUNK;
    }
    for (let p = interactions.start[u] as number; p < end; p++) {
      const i = item[p] as number;
      const at = free[i] as number;
      free[i] = at + 1;
      person[at] = u;
      weights[at] = weight[p] as number;
      pair[at] = p;
    }
  }
  return { people, items, start, person, weight: weights, pair };
};
