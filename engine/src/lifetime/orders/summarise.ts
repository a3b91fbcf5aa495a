import { checkPositive } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { type BuyingDays, buyingDays, type Calendar, dayOf } from './days.ts';
import type { Orders } from './orders.ts';

export interface SummarySettings extends Calendar {
  /** An instant of the last day that was observed in full; later orders are left out. */
  readonly untilMs: number;
  /** Days in a unit of time; 7 unless said: times are in weeks. */
  readonly unitDays?: number;
}

/** What the models read of each person with an order: one row each, by person. */
export interface Summaries {
  readonly person: Uint32Array;
  /** Repeat purchases: buying days after the first. */
  readonly repeats: Float64Array;
  /** From the first to the last buying day, in units; 0 without a repeat. */
  readonly recency: Float64Array;
  /** From the first buying day to the last day observed, in units. */
  readonly age: Float64Array;
  /** Mean paid per repeat purchase; 0 without one or without amounts. */
  readonly meanSpend: Float64Array;
  readonly unitDays: number;
  readonly hasAmounts: boolean;
  readonly counts: BuyingDays['counts'] & {
    /** People without a purchase until then. */
    readonly withoutPurchase: number;
    /** Buying days after `untilMs`. */
    readonly later: number;
  };
}

/** The summaries of buying days up to and including `untilDay`. */
export const summariseDays = (
  days: BuyingDays,
  { untilDay, unitDays }: { readonly untilDay: number; readonly unitDays: number },
  watch?: Watch,
): Summaries => {
  const people = days.start.length - 1;
  const rows: number[] = [];
  const counts = new Uint32Array(people);
  let later = 0;
  for (let p = 0; p < people; p++) {
    if ((p & 0xffff) === 0) tell(watch, 'summaries', 0.5);
    const from = days.start[p] as number;
    let to = days.start[p + 1] as number;
    const all = to;
    while (to > from && (days.day[to - 1] as number) > untilDay) to--;
    later += all - to;
    counts[p] = to - from;
    if (to > from) rows.push(p);
  }
  const n = rows.length;
  const [repeats, recency, age, meanSpend] = [0, 0, 0, 0].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  rows.forEach((p, row) => {
    if ((row & 0xffff) === 0) tell(watch, 'summaries', 0.75);
    const from = days.start[p] as number;
    const bought = counts[p] as number;
    const first = days.day[from] as number;
    repeats[row] = bought - 1;
    recency[row] = ((days.day[from + bought - 1] as number) - first) / unitDays;
    age[row] = (untilDay - first) / unitDays;
    let sum = 0;
    for (let k = from + 1; k < from + bought; k++) sum += days.paid[k] as number;
    meanSpend[row] = bought > 1 ? sum / (bought - 1) : 0;
  });
  return {
    person: Uint32Array.from(rows),
    repeats,
    recency,
    age,
    meanSpend,
    unitDays,
    hasAmounts: days.hasAmounts,
    counts: { ...days.counts, withoutPurchase: people - n, later },
  };
};

/**
 * Orders as (x, t_x, T, mean spend), one row per person with an order: the orders of a day are one purchase, the first purchase is none of
 * the repeats (Fader, Hardie and Lee 2005). The order of the input changes nothing. O(n): about 0.5 s for a million orders, told to `watch` in steps.
 *
 * @throws EngineError `negative_count`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `cancelled`
 * @example
 * const day = 86_400_000;
 * const orders = { people: 1, person: Uint32Array.of(0, 0, 0), atMs: Float64Array.of(0, 7 * day, 7 * day + 5) };
 * summarise(orders, { untilMs: 14 * day }); // repeats [1], recency [1], age [2]: weeks
 */
export const summarise = (orders: Orders, settings: SummarySettings, watch?: Watch): Summaries => {
  const unitDays = checkPositive('unitDays', settings.unitDays ?? 7);
  const untilDay = dayOf(settings.untilMs, settings);
  return summariseDays(buyingDays(orders, settings, watch), { untilDay, unitDays }, watch);
};
