import { checkFinite } from '../../errors/index.ts';
import { checkOrders, type Orders } from './orders.ts';

const DAY_MS = 86_400_000;

export interface Calendar {
  /** Local time less UTC, in minutes, where a day begins and ends; 0 unless said. */
  readonly utcOffsetMinutes?: number;
}

/** The whole day (days since 1970-01-01, local) of an instant. */
export const dayOf = (atMs: number, { utcOffsetMinutes = 0 }: Calendar): number =>
  Math.floor((checkFinite('atMs', atMs) + utcOffsetMinutes * 60_000) / DAY_MS);

/** Buying days by person, then day: all orders of a day are one purchase. */
export interface BuyingDays {
  /** Length people + 1: the days of person p are start[p] to start[p + 1] - 1. */
  readonly start: Uint32Array;
  readonly day: Int32Array;
  /** What was paid that day, >= 0; 0 without amounts. */
  readonly paid: Float64Array;
  readonly hasAmounts: boolean;
  readonly counts: {
    readonly orders: number;
    readonly mergedSameDay: number;
    /** Days on which more came back than was bought: no purchase. */
    readonly daysOfReturns: number;
  };
}

/** Orders by person, by counting; O(n + people). */
const byPerson = ({ people, person }: Orders) => {
  const first = new Uint32Array(people + 1);
  for (const p of person) first[p + 1] = (first[p + 1] as number) + 1;
  for (let p = 0; p < people; p++) first[p + 1] = (first[p + 1] as number) + (first[p] as number);
  const next = first.slice();
  const order = new Uint32Array(person.length);
  for (let k = 0; k < person.length; k++) {
    const p = person[k] as number;
    order[next[p] as number] = k;
    next[p] = (next[p] as number) + 1;
  }
  return { order, first };
};

/**
 * Merges the orders of a person's day; a day whose sum is below 0 is no purchase (a day of sum 0 is one). The order of the input changes
 * nothing. O(n log n).
 *
 * @throws EngineError see `checkOrders`
 */
export const buyingDays = (orders: Orders, calendar: Calendar): BuyingDays => {
  checkOrders(orders);
  const { people, person, amount } = orders;
  const n = person.length;
  const days = Float64Array.from(orders.atMs, (atMs: number) => dayOf(atMs, calendar));
  const paidBy = amount ?? new Float64Array(n);
  const { order, first } = byPerson(orders);
  for (let p = 0; p < people; p++) {
    order
      .subarray(first[p], first[p + 1])
      .sort(
        (i, j) => (days[i] as number) - (days[j] as number) || (paidBy[i] as number) - (paidBy[j] as number),
      );
  }
  const start = new Uint32Array(people + 1);
  const day = new Int32Array(n);
  const paid = new Float64Array(n);
  let kept = 0;
  let read = 0;
  let daysOfReturns = 0;
  for (let i = 0; i < n; ) {
    const who = person[order[i] as number] as number;
    const when = days[order[i] as number] as number;
    let sum = 0;
    for (; i < n && person[order[i] as number] === who && days[order[i] as number] === when; i++)
      sum += paidBy[order[i] as number] as number;
    read++;
    if (sum < 0) {
      daysOfReturns++;
      continue;
    }
    day[kept] = when;
    paid[kept] = sum;
    kept++;
    start[who + 1] = (start[who + 1] as number) + 1;
  }
  for (let p = 0; p < people; p++) start[p + 1] = (start[p + 1] as number) + (start[p] as number);
  return {
    start,
    day: day.slice(0, kept),
    paid: paid.slice(0, kept),
    hasAmounts: amount !== undefined,
    counts: { orders: n, mergedSameDay: n - read, daysOfReturns },
  };
};
