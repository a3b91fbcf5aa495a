import { engineError } from '../../errors/index.ts';
import { type SortKey, sortRows } from '../../sorting/index.ts';
import type { TasteEvents } from './events.ts';

/** The orders of one pair, oldest first, with what is left of each after returns. The arrays are used again. */
export interface KeptOrders {
  count: number;
  atMs: Float64Array;
  /** Quantity that was kept; 0 where all of it went back. */
  kept: Float64Array;
  own: Float64Array;
}

/** What is left below this share of an order is the rounding of fractions that were taken back. */
const ROUNDING = 1e-9;
/** Up to here an insertion sort is faster than a call. */
const SHORT = 24;
/** From here on, comparing would be silent for too long. */
const LONG = 4096;

type Compare = (a: number, b: number) => number;

/** Sorts the first `count`. */
const sortFirst = (rows: Uint32Array, count: number, compare: Compare): void => {
  if (count > SHORT) {
    rows.subarray(0, count).sort(compare);
    return;
  }
  for (let k = 1; k < count; k++) {
    const row = rows[k] as number;
    let at = k;
    while (at > 0 && compare(rows[at - 1] as number, row) > 0) {
      rows[at] = rows[at - 1] as number;
      at -= 1;
    }
    rows[at] = row;
  }
};

/**
 * A function that reads the orders of the pair in rows `from` to `to` (not included). What it finds does not depend on the
 * order of these rows: they are sorted by everything that is summed. A return takes back the latest purchase before it (its decay and its
 * share of own taste go with it); a return of something bought before the data begin takes back nothing. `alive` is called now and
 * then within a pair of very many rows.
 */
export const createOrderReader = (events: TasteEvents, alive: () => void = () => undefined) => {
  const { atMs, weight, order, own } = events;
  const weightOf = (row: number): number => (weight ? (weight[row] as number) : 1);
  const ownOf = (row: number): number => (own ? (own[row] as number) : 1);
  const sameOrder = (a: number, b: number): boolean => (order ? order[a] === order[b] : atMs[a] === atMs[b]);
  const byOrder: Compare = (a, b) =>
    (order ? (order[a] as number) - (order[b] as number) : 0) ||
    (atMs[a] as number) - (atMs[b] as number) ||
    weightOf(b) - weightOf(a) ||
    ownOf(a) - ownOf(b);

  const found: KeptOrders = {
    count: 0,
    atMs: new Float64Array(SHORT),
    kept: new Float64Array(SHORT),
    own: new Float64Array(SHORT),
  };
  // Groups of rows of one order: instant, net quantity, and own taste before they are put in order of time.
  let instants = new Float64Array(SHORT);
  let nets = new Float64Array(SHORT);
  let owns = new Float64Array(SHORT);
  let sequence = new Uint32Array(SHORT);
  let stack = new Uint32Array(SHORT);
  let rows = new Uint32Array(SHORT);
  const makeRoom = (length: number): void => {
    if (instants.length >= length) return;
    const room = 2 * length;
    [instants, nets, owns] = [new Float64Array(room), new Float64Array(room), new Float64Array(room)];
    [sequence, stack, rows] = [new Uint32Array(room), new Uint32Array(room), new Uint32Array(room)];
    found.atMs = new Float64Array(room);
    found.kept = new Float64Array(room);
    found.own = new Float64Array(room);
  };
  const byTime: Compare = (a, b) =>
    (instants[a] as number) - (instants[b] as number) ||
    (nets[b] as number) - (nets[a] as number) ||
    (owns[a] as number) - (owns[b] as number);

  /** Both sorts of a pair of very many rows, by columns. */
  const sortMany = (into: Uint32Array, from: number, keys: readonly (SortKey | undefined)[]): void => {
    const sorted = sortRows(
      keys.filter((key) => key !== undefined),
      alive,
    );
    for (let k = 0; k < sorted.length; k++) into[k] = from + (sorted[k] as number);
  };

  /** Without a weight column an order counts once, however many lines it has. */
  const readGroups = (count: number): number => {
    let groups = 0;
    let looked = 0;
    for (let k = 0; k < count; ) {
      if (++looked % LONG === 0) alive();
      const first = rows[k] as number;
      let at = atMs[first] as number;
      let bought = 0;
      let ownTaste = 0;
      let returned = 0;
      for (; k < count && sameOrder(first, rows[k] as number); k++) {
        const row = rows[k] as number;
        const quantity = weightOf(row);
        at = Math.min(at, atMs[row] as number);
        if (quantity > 0) {
          bought += quantity;
          ownTaste += quantity * ownOf(row);
        } else returned -= quantity;
      }
      const net = weight ? bought - returned : 1;
      if (net - net !== 0 || ownTaste - ownTaste !== 0)
        throw engineError('not_finite', 'the weights of one order sum to more than a number can hold');
      instants[groups] = at;
      nets[groups] = net;
      owns[groups] = bought > 0 ? Math.min(1, ownTaste / bought) : 0;
      groups += 1;
    }
    return groups;
  };

  /** By far the most pairs have one event. */
  const readOne = (row: number): KeptOrders => {
    const quantity = weightOf(row);
    found.count = quantity > 0 ? 1 : 0;
    found.atMs[0] = atMs[row] as number;
    found.kept[0] = quantity;
    found.own[0] = ownOf(row);
    return found;
  };

  return (from: number, to: number): KeptOrders => {
    if (to - from === 1) return readOne(from);
    makeRoom(to - from);
    const count = to - from;
    if (count > LONG) {
      const negative = weight?.subarray(from, to).map((quantity) => -quantity);
      const [orders, instant, share] = [order, atMs, own].map((column) => column?.subarray(from, to));
      sortMany(rows, from, [orders, instant, negative, share]);
    } else {
      for (let k = from; k < to; k++) rows[k - from] = k;
      sortFirst(rows, count, byOrder);
    }
    const groups = readGroups(count);
    if (groups > LONG) {
      const negative = nets.subarray(0, groups).map((net) => -net);
      sortMany(sequence, 0, [instants.subarray(0, groups), negative, owns.subarray(0, groups)]);
    } else {
      for (let g = 0; g < groups; g++) sequence[g] = g;
      sortFirst(sequence, groups, byTime);
    }
    found.count = 0;
    let open = 0;
    for (let g = 0; g < groups; g++) {
      if (g % LONG === 0 && g > 0) alive();
      const group = sequence[g] as number;
      let back = -(nets[group] as number);
      if (back < 0) {
        found.atMs[found.count] = instants[group] as number;
        found.kept[found.count] = -back;
        found.own[found.count] = owns[group] as number;
        stack[open++] = found.count++;
      }
      while (back > 0 && open > 0) {
        const last = stack[open - 1] as number;
        const kept = found.kept[last] as number;
        if (kept > back * (1 + ROUNDING)) {
          found.kept[last] = kept - back;
          break;
        }
        found.kept[last] = 0;
        back -= kept;
        open -= 1;
      }
    }
    return found;
  };
};
