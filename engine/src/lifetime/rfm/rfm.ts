import { checkCount, engineError } from '../../errors/index.ts';
import { type BuyingDays, buyingDays, type Calendar, dayOf, type Orders } from '../orders/index.ts';
import { RFM_RULES, type RfmRule, ruleFor } from './rules.ts';

export interface RfmSettings extends Calendar {
  /** An instant of the last day observed in full. */
  readonly untilMs: number;
  /** Only purchases of the last so many days; all unless said. */
  readonly withinDays?: number;
  /** Steps of a score, 2 to 10; 5 unless said. The default rules are for 5. */
  readonly scores?: number;
  readonly rules?: readonly RfmRule[];
}

/** One row per person with a purchase in the time looked at. */
export interface Rfm {
  readonly person: Uint32Array;
  /** Days since the last purchase. */
  readonly daysSince: Float64Array;
  /** Buying days. */
  readonly purchases: Float64Array;
  /** Sum paid. */
  readonly paid: Float64Array;
  /** 1 to `scores`. */
  readonly recency: Uint8Array;
  readonly frequency: Uint8Array;
  /** 0 without amounts. */
  readonly monetary: Uint8Array;
  /** Index into `groups`. */
  readonly group: Int16Array;
  readonly groups: readonly {
    readonly rule: RfmRule;
    readonly people: number;
    readonly paid: number;
  }[];
  /** For each score from 2 up the value from which it is given; scores that ties leave empty repeat it. */
  readonly limits: {
    readonly recency: readonly number[];
    readonly frequency: readonly number[];
    readonly monetary: readonly number[];
  };
}

/**
 * Scores by quantile with ties together: 1 + floor(scores × share of people strictly below). Equal values have equal scores, whoever comes
 * first; where most people have one value (one purchase), it has score 1 and some scores stay empty.
 */
const scoresOf = (values: Float64Array, scores: number) => {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  const scoreAt = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const value = sorted[i] as number;
    if (!scoreAt.has(value)) scoreAt.set(value, 1 + Math.floor((scores * i) / n));
  }
  const limits = Array.from({ length: scores - 1 }, (_, k) => {
    for (const [value, score] of scoreAt) if (score >= k + 2) return value;
    return Infinity;
  });
  return { score: Uint8Array.from(values, (value: number) => scoreAt.get(value) as number), limits };
};

const read = (days: BuyingDays, [after, until]: readonly [number, number]) => {
  const rows: { person: number; last: number; purchases: number; paid: number }[] = [];
  for (let p = 0; p + 1 < days.start.length; p++) {
    let [last, purchases, paid] = [0, 0, 0];
    for (let k = days.start[p] as number; k < (days.start[p + 1] as number); k++) {
      const when = days.day[k] as number;
      if (when <= after || when > until) continue;
      last = when;
      purchases++;
      paid += days.paid[k] as number;
    }
    if (purchases > 0) rows.push({ person: p, last, purchases, paid });
  }
  return rows;
};

/**
 * Recency, frequency and monetary value by quantile (Hughes 1994), and groups by rules that are data. A description of the past that
 * everybody can read, not a forecast. O(n log n).
 *
 * @throws EngineError as `summarise`; `out_of_range` for scores outside 2 to 10
 * @example
 * const made = rfm(orders, { untilMs });
 * made.groups[made.group[0]]?.rule.key; // 'champions'
 */
export const rfm = (orders: Orders, settings: RfmSettings): Rfm => {
  const { scores = 5, rules = RFM_RULES, withinDays } = settings;
  if (!(Number.isInteger(scores) && scores >= 2 && scores <= 10))
    throw engineError('out_of_range', `scores must be a whole number from 2 to 10, got ${scores}`);
  const untilDay = dayOf(settings.untilMs, settings);
  const after = withinDays === undefined ? -Infinity : untilDay - checkCount('withinDays', withinDays);
  const days = buyingDays(orders, settings);
  const rows = read(days, [after, untilDay]);
  const daysSince = Float64Array.from(rows, ({ last }) => untilDay - last);
  const purchases = Float64Array.from(rows, (row) => row.purchases);
  const paid = Float64Array.from(rows, (row) => row.paid);
  const recency = scoresOf(
    daysSince.map((each) => -each),
    scores,
  );
  const frequency = scoresOf(purchases, scores);
  const monetary = scoresOf(paid, scores);
  const counted = rules.map((rule) => ({ rule, people: 0, paid: 0 }));
  const group = new Int16Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const found = ruleFor(rules, [
      recency.score[row] as number,
      frequency.score[row] as number,
      monetary.score[row] as number,
    ]);
    group[row] = found;
    const counts = counted[found];
    if (!counts) continue;
    counts.people++;
    counts.paid += paid[row] as number;
  }
  return {
    person: Uint32Array.from(rows, ({ person }) => person),
    daysSince,
    purchases,
    paid,
    recency: recency.score,
    frequency: frequency.score,
    monetary: days.hasAmounts ? monetary.score : new Uint8Array(rows.length),
    group,
    groups: counted,
    limits: {
      recency: recency.limits.map((limit) => -limit),
      frequency: frequency.limits,
      monetary: monetary.limits,
    },
  };
};
