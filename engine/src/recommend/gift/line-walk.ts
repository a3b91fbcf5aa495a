import { tell, type Watch } from '../../fitting/index.ts';
import { SAID_GIFT } from './gift-lines.ts';
import { type SortedLines, sameOrder } from './sorted-lines.ts';

/** Mean and spread of a logarithm, updatable both ways. */
export interface LogSums {
  n: number;
  sum: number;
  squares: number;
}

/** What a person has outside the order that is looked at, but for what they said was a gift. The arrays are used again. */
export interface Outside {
  /** Per item, in how many other orders. */
  readonly orders: Uint32Array;
  /** Distinct items. */
  size: number;
  /** Orders of the person before and after this one. */
  earlier: number;
  later: number;
  readonly price: LogSums;
  readonly quantity: LogSums;
}

/** Rows of one order and what the person has besides. */
export type VisitOrder = (rows: Uint32Array, outside: Outside) => void;

/** Lines between two words to the watch: some milliseconds where each is compared with a hundred neighbours. */
const CHUNK = 1024;

const move = (sums: LogSums, value: number, sign: 1 | -1): void => {
  if (!(value > 0 && value < Infinity)) return;
  const log = Math.log(value);
  sums.n += sign;
  sums.sum += sign * log;
  sums.squares += sign * log * log;
};

const clear = (sums: LogSums): void => {
  sums.n = 0;
  sums.sum = 0;
  sums.squares = 0;
};

/**
 * Calls `visit` for every order of every person, the earliest first, with what the person bought in other orders: a gift of several
 * things must not be its own evidence. O(lines); the order of the rows does not matter.
 */
export const walkOrders = ({ lines, sorted }: SortedLines, visit: VisitOrder, watch?: Watch): void => {
  const { events, price, said } = lines;
  const { person, item, weight } = events;
  const outside: Outside = {
    orders: new Uint32Array(events.items),
    size: 0,
    earlier: 0,
    later: 0,
    price: { n: 0, sum: 0, squares: 0 },
    quantity: { n: 0, sum: 0, squares: 0 },
  };
  const { orders } = outside;
  const shift = (rows: Uint32Array, sign: 1 | -1): void => {
    let before = -1;
    for (const row of rows) {
      if (said?.[row] === SAID_GIFT) continue;
      if (price) move(outside.price, price[row] as number, sign);
      if (weight) move(outside.quantity, weight[row] as number, sign);
      const i = item[row] as number;
      if (i === before) continue;
      before = i;
      const count = (orders[i] as number) + sign;
      orders[i] = count;
      if (sign === 1 && count === 1) outside.size += 1;
      if (sign === -1 && count === 0) outside.size -= 1;
    }
  };
  let spent = 0;
  const alive = (count: number, at: number): void => {
    spent += count;
    if (spent < CHUNK) return;
    spent = 0;
    tell(watch, 'lines', at / sorted.length);
  };
  /** Calls back for each order in rows `from` to `to`. */
  const eachOrder = (from: number, to: number, work: (rows: Uint32Array, start: number) => void): void => {
    for (let start = from, end = from; start < to; start = end) {
      const first = sorted[start] as number;
      for (end = start + 1; end < to && sameOrder(events, first, sorted[end] as number); end++);
      work(sorted.subarray(start, end), start);
    }
  };
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const u = person[sorted[from] as number];
    for (to = from + 1; to < sorted.length && person[sorted[to] as number] === u; to++);
    let count = 0;
    eachOrder(from, to, (rows) => {
      shift(rows, 1);
      count += 1;
      alive(1 + (rows.length >> 3), from);
    });
    outside.earlier = 0;
    eachOrder(from, to, (rows, start) => {
      outside.later = count - 1 - outside.earlier;
      shift(rows, -1);
      visit(rows, outside);
      shift(rows, 1);
      outside.earlier += 1;
      alive(rows.length, start);
    });
    for (let k = from; k < to; k++) orders[item[sorted[k] as number] as number] = 0;
    outside.size = 0;
    clear(outside.price);
    clear(outside.quantity);
  }
};
