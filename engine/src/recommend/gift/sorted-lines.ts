import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { sortRows } from '../../sorting/index.ts';
import { checkEvents, type TasteEvents } from '../interactions/events.ts';
import type { GiftLines } from './gift-lines.ts';

/** Rows between two words to the watch: some milliseconds, even where each is far from the last. */
const CHUNK = 1 << 16;

export const sameOrder = ({ order, atMs }: TasteEvents, a: number, b: number): boolean =>
  order ? order[a] === order[b] : atMs[a] === atMs[b];

const isPurchase = (weight: Float64Array | undefined, row: number): boolean =>
  weight === undefined || (weight[row] as number) > 0;

/** Per row the earliest instant of its order, which one person has; returns do not count. */
const orderInstants = (
  { person, order, atMs, weight }: TasteEvents,
  watch: Watch | undefined,
): Float64Array => {
  if (!order) return atMs;
  const rows = sortRows([person, order], watchPart(watch, 0, 0.7));
  const out = new Float64Array(atMs.length);
  let next = 0;
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const first = rows[from] as number;
    let earliest = Infinity;
    for (to = from; to < rows.length; to++) {
      const row = rows[to] as number;
      if (person[row] !== person[first] || order[row] !== order[first]) break;
      if (isPurchase(weight, row)) earliest = Math.min(earliest, atMs[row] as number);
    }
    for (let k = from; k < to; k++) out[rows[k] as number] = earliest;
    if (from >= next) {
      tell(watch, 'orders', 0.7 + (0.3 * from) / rows.length);
      next = from + CHUNK;
    }
  }
  return out;
};

export interface SortedLines {
  readonly lines: GiftLines;
  /** Rows of purchases by person, order (the earliest first) and item. */
  readonly sorted: Uint32Array;
}

/** Prices that are not known are one price. */
const knownPrices = (price: Float64Array): Float64Array => {
  const out = new Float64Array(price.length);
  for (let k = 0; k < price.length; k++) {
    const value = price[k] as number;
    out[k] = value > 0 && value < Infinity ? value : 0;
  }
  return out;
};

/**
 * Equal rows are sorted by price and quantity too, so that sums do not depend on the order of rows. O(lines), by digits.
 *
 * @throws EngineError what is wrong with the events, `cancelled`
 */
export const sortLines = (lines: GiftLines, watch?: Watch): SortedLines => {
  const { events, price } = lines;
  tell(watch, 'check', 0);
  checkEvents(events);
  const { person, item, atMs, order, weight } = events;
  const instants = orderInstants(events, watchPart(watch, 0, 0.3));
  const keys = [person, instants, order ?? atMs, item];
  tell(watch, 'sort', 0.3);
  const rows = sortRows(
    [...keys, ...(price ? [knownPrices(price)] : []), ...(weight ? [weight] : [])],
    watchPart(watch, 0.3, 1),
  );
  if (!weight) return { lines, sorted: rows };
  let kept = 0;
  for (let k = 0; k < rows.length; k++) {
    if (k % CHUNK === 0) tell(watch, 'purchases', 1);
    const row = rows[k] as number;
    if (isPurchase(weight, row)) rows[kept++] = row;
  }
  tell(watch, 'purchases', 1);
  return { lines, sorted: rows.subarray(0, kept) };
};
