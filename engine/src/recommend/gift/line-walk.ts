import { checkEvents, type TasteEvents } from '../interactions/events.ts';
import { type GiftLines, SAID_GIFT } from './gift-lines.ts';

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
  readonly price: LogSums;
  readonly quantity: LogSums;
}

/** Rows of purchases by person, order, item; equal ones by price and quantity, so that sums do not depend on the order of rows. */
const sortedRows = ({ events, price }: GiftLines): Uint32Array => {
  const { person, item, atMs, order, weight } = events;
  const rows = Uint32Array.from(person.keys());
  const kept = weight ? rows.filter((row) => (weight[row] as number) > 0) : rows;
  const key = order ?? atMs;
  // Differences of NaN and of infinities compare with nothing: prices that are not known are one price.
  const priceOf = (row: number): number => {
    const known = price?.[row] ?? 0;
    return known > 0 && known < Infinity ? known : 0;
  };
  return kept.sort(
    (a, b) =>
      (person[a] as number) - (person[b] as number) ||
      (key[a] as number) - (key[b] as number) ||
      (item[a] as number) - (item[b] as number) ||
      priceOf(a) - priceOf(b) ||
      (weight ? (weight[a] as number) - (weight[b] as number) : 0),
  );
};

/** Rows of one order and what the person has besides. */
export type VisitOrder = (rows: Uint32Array, outside: Outside) => void;

export const sameOrder = ({ order, atMs }: TasteEvents, a: number, b: number): boolean =>
  order ? order[a] === order[b] : atMs[a] === atMs[b];

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

/** Where each run of rows ends that `same` holds together. */
const runs = function* (rows: Uint32Array, same: (a: number, b: number) => boolean): Generator<Uint32Array> {
  for (let from = 0, to = 0; from < rows.length; from = to) {
    for (to = from + 1; to < rows.length && same(rows[from] as number, rows[to] as number); to++);
    yield rows.subarray(from, to);
  }
};

/**
 * Calls `visit` for every order of every person, with what the person bought in other orders: a gift of several things must
 * not be its own evidence. O(lines log lines); the order of the rows does not matter.
 */
export const walkOrders = (lines: GiftLines, visit: VisitOrder): void => {
  const { events, price, said } = lines;
  checkEvents(events);
  const { person, item, weight } = events;
  const outside: Outside = {
    orders: new Uint32Array(events.items),
    size: 0,
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
  for (const mine of runs(sortedRows(lines), (a, b) => person[a] === person[b])) {
    const ordersOfPerson = [...runs(mine, (a, b) => sameOrder(events, a, b))];
    for (const rows of ordersOfPerson) shift(rows, 1);
    for (const rows of ordersOfPerson) {
      shift(rows, -1);
      visit(rows, outside);
      shift(rows, 1);
    }
    for (const row of mine) orders[item[row] as number] = 0;
    outside.size = 0;
    clear(outside.price);
    clear(outside.quantity);
  }
};
