import { checkFinite, checkPositive } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { checkEvents, type TasteEvents } from './events.ts';
import type { Interactions } from './interactions.ts';
import { createOrderReader, type KeptOrders } from './kept-orders.ts';
import { sortPairs } from './sort-pairs.ts';

export interface CollectSettings {
  /** Age in days of 24 hours after which an order counts half, > 0; none by default. */
  readonly halfLifeDays?: number;
  /** The instant ages are counted to, in milliseconds since 1970 (default: the latest event's); a later event has age 0. */
  readonly nowMs?: number;
  /**
   * What a pair weighs: `orders` (default) counts its orders, `weights` sums what was kept of their weights; each times its
   * share of own taste and its decay.
   */
  readonly by?: 'orders' | 'weights';
  /** Every pair once: the largest own taste × decay of its orders, so 1 without these. */
  readonly binary?: boolean;
}

const DAY_MS = 86_400_000;

const latestOf = (atMs: Float64Array): number => {
  let latest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < atMs.length; k++) latest = Math.max(latest, atMs[k] as number);
  return latest;
};

/** The weight of an order by its age: 1 now, 1/2 a half-life ago. */
const createDecay = (events: TasteEvents, { halfLifeDays, nowMs }: CollectSettings) => {
  if (nowMs !== undefined) checkFinite('nowMs', nowMs);
  if (halfLifeDays === undefined) return () => 1;
  // Without the bound, an endless age over an endless half-life would be no number.
  const halfLifeMs = Math.min(Number.MAX_VALUE, checkPositive('halfLifeDays', halfLifeDays) * DAY_MS);
  const now = nowMs ?? latestOf(events.atMs);
  return (atMs: number): number => 0.5 ** (Math.max(0, now - atMs) / halfLifeMs);
};

const createWeigher = (events: TasteEvents, settings: CollectSettings) => {
  const decay = createDecay(events, settings);
  const { by = 'orders', binary = false } = settings;
  return (found: KeptOrders, order: number): number => {
    const share = (found.own[order] as number) * decay(found.atMs[order] as number);
    return by === 'orders' || binary ? share : share * (found.kept[order] as number);
  };
};

/** Events between two words to the watch: some milliseconds. */
const CHUNK = 1 << 15;

/**
 * Events → distinct pairs with one weight: lines of an order are merged, returns take back the latest purchase before
 * them, gifts and age weigh less. The same to the last bit for any order of the events. O(events + people + items), two
 * counting sorts; some 90 bytes an event while it runs, 48 bytes a pair and 4 a person afterwards.
 *
 * Throws what is wrong with a column: `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `probability_out_of_range`; and `cancelled`.
 *
 * @example
 * const interactions = collectInteractions(events, { halfLifeDays: 180, nowMs });
 * historyOf(interactions, 0).weight; // person 0: one weight per item
 */
export const collectInteractions = (
  events: TasteEvents,
  settings: CollectSettings = {},
  watch?: Watch,
): Interactions => {
  tell(watch, 'check', 0);
  checkEvents(events);
  tell(watch, 'check', 0.05);
  const weigh = createWeigher(events, settings);
  const sorted = sortPairs(events, watchPart(watch, 0.05, 0.6));
  const merging = watchPart(watch, 0.6, 0.95);
  const read = createOrderReader(sorted, merging && (() => tell(merging, 'merge', from / n)));
  const { person, item, people, items } = sorted;
  const n = person.length;
  const start = new Uint32Array(people + 1);
  const pairItem = new Uint32Array(n);
  const weight = new Float64Array(n);
  const own = new Float64Array(n);
  const lastOwn = new Float64Array(n);
  const firstAtMs = new Float64Array(n);
  const lastAtMs = new Float64Array(n);
  const orders = new Uint32Array(n);
  let pairs = 0;
  let from = 0;
  let next = 0;
  for (let to = 0; from < n; from = to) {
    if (from >= next) {
      tell(merging, 'merge', from / n);
      next = from + CHUNK;
    }
    const u = person[from] as number;
    const i = item[from] as number;
    to = from + 1;
    while (to < n && person[to] === u && item[to] === i) to += 1;
    const found = read(from, to);
    let total = 0;
    let count = 0;
    let most = 0;
    for (let o = 0; o < found.count; o++) {
      if ((found.kept[o] as number) === 0 || (found.own[o] as number) === 0) continue;
      const one = weigh(found, o);
      total = settings.binary ? Math.max(total, one) : total + one;
      if (count === 0) firstAtMs[pairs] = found.atMs[o] as number;
      lastAtMs[pairs] = found.atMs[o] as number;
      lastOwn[pairs] = found.own[o] as number;
      most = Math.max(most, found.own[o] as number);
      count += 1;
    }
    if (!(total > 0)) continue;
    pairItem[pairs] = i;
    weight[pairs] = checkFinite('the weight of a pair', total);
    own[pairs] = most;
    orders[pairs] = count;
    start[u + 1] = (start[u + 1] as number) + 1;
    pairs += 1;
  }
  for (let u = 0; u < people; u++) start[u + 1] = (start[u + 1] as number) + (start[u] as number);
  let cut = 0;
  /** A column's first `pairs`, as a copy: what was kept for the others is given back. */
  const shorten = <T extends { slice(from: number, to: number): T }>(column: T): T => {
    tell(watch, 'pairs', 0.95 + 0.05 * (cut++ / 7));
    return column.slice(0, pairs);
  };
  const found = {
    people,
    items,
    start,
    item: shorten(pairItem),
    weight: shorten(weight),
    own: shorten(own),
    lastOwn: shorten(lastOwn),
    firstAtMs: shorten(firstAtMs),
    lastAtMs: shorten(lastAtMs),
    orders: shorten(orders),
  };
  tell(watch, 'pairs', 1);
  return found;
};
