import { checkCount, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import type { BuyingDays } from '../orders/index.ts';

export const FEATURES = [
  'repeats',
  'recency',
  'age',
  'silence',
  'rate',
  'mean_gap',
  'silence_in_gaps',
  'recent_purchases',
  'mean_spend',
  'last_spend',
] as const;

export interface Snapshot {
  /** What `purchases` and the feature `recent_purchases` count over. */
  readonly horizonDays: number;
  /** People who had bought by then, by number. */
  readonly person: Uint32Array;
  /** n × FEATURES, row-major; NaN where it has no value. Times in days. */
  readonly features: { readonly rows: number; readonly columns: number; readonly values: Float64Array };
  /** Buying days after the day, up to and including `horizonDays` later. */
  readonly purchases: Float64Array;
}

const countWithin = (
  { start, day }: BuyingDays,
  person: number,
  [after, until]: readonly [number, number],
): number => {
  let count = 0;
  for (let k = start[person] as number; k < (start[person + 1] as number); k++) {
    const when = day[k] as number;
    if (when > after && when <= until) count++;
  }
  return count;
};

/**
 * What was known of each person at the end of `day`, and what came after: nothing of later days is in the features. O(buying days).
 *
 * @throws EngineError `negative_count`, `nan`, `not_finite` (horizonDays), `out_of_range` (a day that is not whole)
 * @example snapshotAt(buyingDays(orders, {}), dayOf(untilMs, {}), 91)
 */
export const snapshotAt = (days: BuyingDays, day: number, horizonDays: number): Snapshot =>
  takeSnapshot(days, { day, horizonDays });

/** `snapshotAt`, told to a watch. */
export const takeSnapshot = (
  days: BuyingDays,
  { day, horizonDays }: { readonly day: number; readonly horizonDays: number },
  watch?: Watch,
): Snapshot => {
  checkCount('horizonDays', horizonDays);
  if (!Number.isInteger(day)) throw engineError('out_of_range', `a day is a whole number, got ${day}`);
  const { start } = days;
  const people = start.length - 1;
  const person: number[] = [];
  for (let p = 0; p < people; p++) {
    const first = start[p] as number;
    if (first < (start[p + 1] as number) && (days.day[first] as number) <= day) person.push(p);
  }
  const columns = FEATURES.length;
  const values = new Float64Array(person.length * columns);
  const purchases = new Float64Array(person.length);
  person.forEach((p, row) => {
    if ((row & 0x7fff) === 0) tell(watch, 'snapshots', 0);
    const first = start[p] as number;
    let end = first;
    while (end < (start[p + 1] as number) && (days.day[end] as number) <= day) end++;
    const repeats = end - first - 1;
    const began = days.day[first] as number;
    const last = days.day[end - 1] as number;
    let paid = 0;
    for (let k = first + 1; k < end; k++) paid += days.paid[k] as number;
    const gap = repeats > 0 ? (last - began) / repeats : Number.NaN;
    const age = day - began;
    const silence = day - last;
    const recent = countWithin(days, p, [day - horizonDays, day]);
    const spent = days.hasAmounts ? (days.paid[end - 1] as number) : Number.NaN;
    const mean = days.hasAmounts && repeats > 0 ? paid / repeats : Number.NaN;
    values.set(
      [repeats, last - began, age, silence, repeats / (age + 7), gap, silence / gap, recent, mean, spent],
      row * columns,
    );
    purchases[row] = countWithin(days, p, [day, day + horizonDays]);
  });
  return {
    horizonDays,
    person: Uint32Array.from(person),
    features: { rows: person.length, columns, values },
    purchases,
  };
};
