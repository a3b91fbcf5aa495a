import { checkFinite, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { sortRows } from '../../sorting/index.ts';
import { checkOrders, type Orders } from './orders.ts';

const DAY_MS = 86_400_000;
/** As far as a Date goes: 100 million days from 1970. */
const FARTHEST_MS = 8.64e15;
/** What rounding may leave of a day on which all that was bought came back, relative to what changed hands. */
const ROUNDING = 1e-12;

export interface Calendar {
  /** Local time less UTC, in minutes, where a day begins and ends; 0 unless said. */
  readonly utcOffsetMinutes?: number;
}

const shiftOf = ({ utcOffsetMinutes = 0 }: Calendar): number => {
  const shift = checkFinite('utcOffsetMinutes', utcOffsetMinutes) * 60_000;
  if (Math.abs(shift) <= DAY_MS) return shift;
  throw engineError('out_of_range', `utcOffsetMinutes must be within a day, got ${utcOffsetMinutes}`);
};

const dayAt = (atMs: number, shift: number): number => {
  if (Math.abs(atMs) <= FARTHEST_MS) return Math.floor((atMs + shift) / DAY_MS);
  throw engineError('out_of_range', `atMs must be within 8.64e15 of 1970, got ${checkFinite('atMs', atMs)}`);
};

/**
 * The whole day (days since 1970-01-01, local) of an instant.
 *
 * @throws EngineError `nan`, `not_finite`, `out_of_range` (100 million days from 1970, an offset of more than a day)
 */
export const dayOf = (atMs: number, calendar: Calendar): number => dayAt(atMs, shiftOf(calendar));

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

/**
 * Merges the orders of a person's day; a day whose sum is below 0 is no purchase (a day of sum 0 is one). The order of the input changes
 * nothing. O(n), some 0.4 µs an order, told to `watch` in short steps.
 *
 * @throws EngineError see `checkOrders` and `dayOf`; `cancelled`
 */
export const buyingDays = (orders: Orders, calendar: Calendar, watch?: Watch): BuyingDays => {
  const pulse = (): void => tell(watch, 'orders', 0);
  pulse();
  checkOrders(orders);
  pulse();
  const { people, person, amount } = orders;
  const n = person.length;
  const shift = shiftOf(calendar);
  const days = orders.atMs.map((atMs) => dayAt(atMs, shift));
  pulse();
  const paidBy = amount ?? new Float64Array(n);
  // Amounts too, so that sums do not hang on the order of the input.
  const order = sortRows([person, days, ...(amount ? [amount] : [])], pulse);
  const start = new Uint32Array(people + 1);
  const day = new Int32Array(n);
  const paid = new Float64Array(n);
  let kept = 0;
  let read = 0;
  let daysOfReturns = 0;
  for (let i = 0; i < n; ) {
    const who = person[order[i] as number] as number;
    const when = days[order[i] as number] as number;
    let [sum, moved] = [0, 0];
    for (; i < n && person[order[i] as number] === who && days[order[i] as number] === when; i++) {
      const each = paidBy[order[i] as number] as number;
      sum += each;
      moved += Math.abs(each);
    }
    if ((++read & 0x7fff) === 0) pulse();
    if (Math.abs(sum) <= ROUNDING * moved) sum = 0;
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
