import { checkCount, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { sortRows } from '../../sorting/index.ts';
import { type BuyingDays, buyingDays, type Calendar, dayOf, type Orders } from '../orders/index.ts';
import type { Pulse } from '../orders/pulse.ts';
import { RFM_RULES, type RfmRule, ruleFor } from './rules.ts';

export interface RfmSettings extends Calendar {
  /** An instant of the last day observed in full. */
  readonly untilMs: number;
  /** Only purchases of the last so many days; all unless said. */
  readonly withinDays?: number;
  /** Steps of a score, 2 to 10; 5 unless said. The default rules are for 5: other steps need rules of their own. */
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
const scoresOf = (values: Float64Array, scores: number, pulse: Pulse) => {
  const n = values.length;
  const order = sortRows([values], pulse);
  const score = new Uint8Array(n);
  const limits = new Float64Array(scores - 1).fill(Infinity);
  let below = 0;
  for (let k = 0; k < n; k++) {
    if ((k & 0xffff) === 0) pulse();
    const value = values[order[k] as number] as number;
    if (k > 0 && value !== values[order[k - 1] as number]) below = k;
    const own = 1 + Math.floor((scores * below) / n);
    score[order[k] as number] = own;
    for (let limit = own - 2; limit >= 0 && limits[limit] === Infinity; limit--) limits[limit] = value;
  }
  return { score, limits: [...limits] };
};

/** Columns of people with a purchase after the first day given, up to and including the second. */
const read = (days: BuyingDays, [after, until]: readonly [number, number], pulse: Pulse) => {
  const people = days.start.length - 1;
  const person = new Uint32Array(people);
  const [daysSince, purchases, paid] = [
    new Float64Array(people),
    new Float64Array(people),
    new Float64Array(people),
  ];
  let rows = 0;
  for (let p = 0; p < people; p++) {
    if ((p & 0xffff) === 0) pulse();
    for (let k = days.start[p] as number; k < (days.start[p + 1] as number); k++) {
      const when = days.day[k] as number;
      if (when <= after || when > until) continue;
      daysSince[rows] = until - when;
      purchases[rows] = (purchases[rows] as number) + 1;
      paid[rows] = (paid[rows] as number) + (days.paid[k] as number);
    }
    if ((purchases[rows] as number) > 0) person[rows++] = p;
  }
  return {
    person: person.slice(0, rows),
    daysSince: daysSince.slice(0, rows),
    purchases: purchases.slice(0, rows),
    paid: paid.slice(0, rows),
  };
};

/**
 * Recency, frequency and monetary value by quantile (Hughes 1994), and groups by rules that are data. A description of the past that
 * everybody can read, not a forecast. O(n): about 1 s for a million orders, told to `watch` in short steps.
 *
 * @throws EngineError as `summarise`; `out_of_range` for scores outside 2 to 10, or other than 5 without rules for them; `cancelled`
 * @example
 * const made = rfm(orders, { untilMs });
 * made.groups[made.group[0]]?.rule.key; // 'champions'
 */
export const rfm = (orders: Orders, settings: RfmSettings, watch?: Watch): Rfm => {
  const { scores = 5, rules = RFM_RULES, withinDays } = settings;
  if (!(Number.isInteger(scores) && scores >= 2 && scores <= 10))
    throw engineError('out_of_range', `scores must be a whole number from 2 to 10, got ${scores}`);
  if (scores !== 5 && !settings.rules)
    throw engineError('out_of_range', `the default rules are for 5 scores, not ${scores}: give rules`, {
      scores,
    });
  const pulse = (): void => tell(watch, 'scores', 0.5);
  const untilDay = dayOf(settings.untilMs, settings);
  const after = withinDays === undefined ? -Infinity : untilDay - checkCount('withinDays', withinDays);
  const days = buyingDays(orders, settings, watch);
  const { person, daysSince, purchases, paid } = read(days, [after, untilDay], pulse);
  const recency = scoresOf(
    daysSince.map((each) => -each),
    scores,
    pulse,
  );
  const frequency = scoresOf(purchases, scores, pulse);
  const monetary = scoresOf(paid, scores, pulse);
  const counted = rules.map((rule) => ({ rule, people: 0, paid: 0 }));
  const group = new Int16Array(person.length);
  for (let row = 0; row < person.length; row++) {
    if ((row & 0xffff) === 0) pulse();
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
    person,
    daysSince,
    purchases,
    paid,
    recency: recency.score,
    frequency: frequency.score,
    monetary: days.hasAmounts ? monetary.score : new Uint8Array(person.length),
    group,
    groups: counted,
    limits: {
      recency: recency.limits.map((limit) => -limit),
      frequency: frequency.limits,
      monetary: monetary.limits,
    },
  };
};
