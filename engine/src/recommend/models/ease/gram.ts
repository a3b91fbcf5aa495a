import { tell, type Watch } from '../../../fitting/index.ts';
import { byItem, type Interactions, type ItemPairs } from '../../interactions/index.ts';

/** Products between two words to the watch: some 10 ms. */
const CHUNK = 2e6;

/** The interactions with items that somebody has numbered from 0, both ways round. */
export interface ActivePairs {
  /** Ascending. */
  readonly active: Uint32Array;
  readonly rows: Interactions;
  readonly columns: ItemPairs;
}

export const countActive = ({ items, item }: Interactions): number => {
  const seen = new Uint8Array(items);
  let count = 0;
  for (let p = 0; p < item.length; p++) {
    const i = item[p] as number;
    count += 1 - (seen[i] as number);
    seen[i] = 1;
  }
  return count;
};

export const activePairs = (interactions: Interactions): ActivePairs => {
  const { items, item } = interactions;
  const rank = new Int32Array(items).fill(-1);
  for (let p = 0; p < item.length; p++) rank[item[p] as number] = 0;
  const active = new Uint32Array(countActive(interactions));
  for (let i = 0, r = 0; i < items; i++) {
    if (rank[i] === -1) continue;
    active[r] = i;
    rank[i] = r++;
  }
  const ranks = new Uint32Array(item.length);
  for (let p = 0; p < item.length; p++) ranks[p] = rank[item[p] as number] as number;
  const rows = { ...interactions, items: active.length, item: ranks };
  return { active, rows, columns: byItem(rows) };
};

/**
 * The lower triangle of Xᵀ X + l2 I into `out` (items × items), item by item: a row of sums stays in the cache. Sums run in the
 * order of people, so that nothing depends on the order of events. O(Σ_u |I_u|² / 2).
 */
export const regularisedGram = (
  { rows, columns }: ActivePairs,
  {
    l2,
    out,
    watch,
  }: { readonly l2: number; readonly out: Float64Array | Float32Array; readonly watch: Watch | undefined },
): void => {
  const n = rows.items;
  const { start, item, weight } = rows;
  const sums = new Float64Array(n);
  let spent = 0;
  let products = 0;
  for (let u = 0; u < rows.people; u++)
    products += ((start[u + 1] as number) - (start[u] as number)) ** 2 / 2;
  let done = 0;
  for (let i = 0; i < n; i++) {
    sums.fill(0, 0, i + 1);
    const end = columns.start[i + 1] as number;
    for (let c = columns.start[i] as number; c < end; c++) {
      const last = columns.pair[c] as number;
      const mine = columns.weight[c] as number;
      const first = start[columns.person[c] as number] as number;
      // A person's items ascend: up to this one they are those of the lower triangle.
      for (let p = first; p <= last; p++) {
        const j = item[p] as number;
        sums[j] = (sums[j] as number) + mine * (weight[p] as number);
      }
      spent += last - first + 1;
      if (spent >= CHUNK) {
        done += spent;
        spent = 0;
        tell(watch, 'gram', done / (products + CHUNK));
      }
    }
    out.set(sums.subarray(0, i + 1), i * n);
    out[i * n + i] = (sums[i] as number) + l2;
  }
  tell(watch, 'gram', 1);
};
