import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import type { Interactions } from '../interactions/index.ts';
import { strongestLinks } from '../models/neighbours/co-occurrence.ts';
import type { Outside } from './line-walk.ts';

/** Who is bought with what, as counts: so that the person who is judged can be left out of them. */
export interface SimilarItems {
  readonly items: number;
  /** People per item. */
  readonly buyers: Float64Array;
  /** Most similar items of item i: `start[i]` to `start[i + 1]`, with the number of people who have both. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  readonly both: Float64Array;
  /** Similarity of an item to one purchase of anybody's, on average. */
  readonly usual: Float64Array;
  /** Added above and below the comparison: little that is known says little. */
  readonly damping: number;
}

/** Items between two words to the watch: a few milliseconds. */
const CHUNK = 2048;
const SHRINK = 10;
const NEIGHBOURS = 100;
/** People who bought more items are resellers; their pairs would cost the square. */
const LONGEST = 2000;
/** Purchases that the damping weighs. */
const DAMPED = 3;

const cosine = (both: number, one: number, other: number): number =>
  both > 0 ? both / (Math.sqrt(Math.max(0, one) * Math.max(0, other)) + SHRINK) : 0;

/** From distinct pairs; their weights do not count. O(Σ_u |I_u|²), people with over 2,000 items left out. */
export const fitSimilarItems = (interactions: Interactions, watch?: Watch): SimilarItems => {
  const { items, item } = interactions;
  const ones = new Float64Array(item.length).fill(1);
  const buyers = new Float64Array(items);
  for (let p = 0; p < item.length; p++) buyers[item[p] as number] = (buyers[item[p] as number] as number) + 1;
  tell(watch, 'neighbours', 0);
  const strength = (both: number, i: number, j: number): number =>
    cosine(both, buyers[i] as number, buyers[j] as number);
  const { links } = strongestLinks(
    { interactions, row: ones, column: ones, strength, neighbours: NEIGHBOURS, longestHistory: LONGEST },
    watchPart(watch, 0, 0.9),
  );
  const both = new Float64Array(links.item.length);
  const usual = new Float64Array(items);
  let damping = 0;
  for (let i = 0; i < items; i++) {
    if (i % CHUNK === 0) tell(watch, 'neighbours', 0.9 + (0.1 * i) / items);
    let sum = 0;
    for (let l = links.start[i] as number; l < (links.start[i + 1] as number); l++) {
      const j = links.item[l] as number;
      const similarity = links.weight[l] as number;
      both[l] = Math.round(similarity * (Math.sqrt((buyers[i] as number) * (buyers[j] as number)) + SHRINK));
      sum += similarity * (buyers[j] as number);
    }
    usual[i] = sum / Math.max(1, item.length);
    damping += (usual[i] as number) * (buyers[i] as number);
  }
  damping = Math.max(1e-12, (DAMPED * damping) / Math.max(1, item.length));
  return { items, buyers, start: links.start, item: links.item, both, usual, damping };
};

/**
 * How much nearer an item is to what the person has in other orders than to as many purchases of anybody's: the logarithm of
 * the ratio, damped; the person's own share in the counts is left out (`own`: they are among the item's buyers), where they have one
 * (`counted`, unless said).
 * NaN where fewer than `LEAST_ITEMS` other items are known. O(neighbours).
 */
export const closeness = (
  similar: SimilarItems,
  outside: Outside,
  { item, own, counted = true }: { readonly item: number; readonly own: boolean; readonly counted?: boolean },
): number => {
  if (outside.size < LEAST_ITEMS) return Number.NaN;
  const { buyers, start, both, damping } = similar;
  const lessOther = counted ? 1 : 0;
  const less = own ? lessOther : 0;
  let sum = 0;
  for (let l = start[item] as number; l < (start[item + 1] as number); l++) {
    const other = similar.item[l] as number;
    if (outside.orders[other] === 0) continue;
    sum += cosine(
      (both[l] as number) - less,
      (buyers[item] as number) - less,
      (buyers[other] as number) - lessOther,
    );
  }
  return Math.log((sum + damping) / (outside.size * (similar.usual[item] as number) + damping));
};

/** Fewer other items say nothing of a taste. */
export const LEAST_ITEMS = 3;
