import { describe, expect, it } from 'vitest';
import { codeOf, DAY, fitted, rowsOf, shopOf } from '../../../testing/lifetime.ts';
import { reliabilityOf } from '../../calibration/index.ts';
import { createRandom } from '../../random/index.ts';
import {
  buyingDays,
  fitBoostedLifetime,
  forecastBoosted,
  LIFETIME_FEATURES,
  loadBoostedLifetime,
  saveBoostedLifetime,
  snapshotAt,
} from '../index.ts';

const { orders } = shopOf('pareto_nbd', 4000, 'boosted');
const days = buyingDays(orders, {});
const settings = { untilDay: 400, horizonDays: 91 };

describe('snapshots', () => {
  it('know nothing of later days', () => {
    const kept = [...orders.person.keys()].filter((k) => (orders.atMs[k] as number) < 401 * DAY);
    const earlier = {
      people: orders.people,
      person: Uint32Array.from(kept, (k) => orders.person[k] as number),
      atMs: Float64Array.from(kept, (k) => orders.atMs[k] as number),
      amount: Float64Array.from(kept, (k) => orders.amount?.[k] as number),
    };
    expect(snapshotAt(buyingDays(earlier, {}), 400, 91).features).toEqual(snapshotAt(days, 400, 91).features);
  });

  it('say what the summaries say, and count what came', () => {
    const { features, person, purchases } = snapshotAt(days, 273, 91);
    const rows = rowsOf(orders, 273);
    const then = rowsOf(orders, 364);
    expect([...person]).toEqual([...rows.person]);
    const at = (row: number, name: (typeof LIFETIME_FEATURES)[number]): number =>
      features.values[row * features.columns + LIFETIME_FEATURES.indexOf(name)] as number;
    person.forEach((who, row) => {
      expect(at(row, 'repeats')).toBe(rows.repeats[row]);
      expect(at(row, 'recency') / 7).toBeCloseTo(rows.recency[row] as number, 12);
      expect(at(row, 'age') / 7).toBeCloseTo(rows.age[row] as number, 12);
      expect(purchases[row]).toBe(
        (then.repeats[then.person.indexOf(who)] as number) - (rows.repeats[row] as number),
      );
    });
  });
});

describe('boosted trees', () => {
  const made = fitted(fitBoostedLifetime(days, settings));
  const now = snapshotAt(days, 400, 91);
  const next = forecastBoosted(made, now);

  it('give chances that come true later, and about the right number of purchases', () => {
    const outcomes = now.purchases.map((count) => (count > 0 ? 1 : 0));
    const found = reliabilityOf({ chances: next.chanceToBuy, outcomes });
    expect(found.calibrationError.value).toBeLessThan(0.04);
    expect(made.calibrator.basis).toMatchObject({
      kind: 'later_period',
      fromMs: 310 * DAY,
      untilMs: 401 * DAY,
    });
    const [expected, actual] = [next.expected, now.purchases].map((all) => all.reduce((a, b) => a + b, 0));
    expect(Math.abs((expected ?? 0) / (actual ?? 1) - 1)).toBeLessThan(0.25);
    expect(next.expected.every((each) => each >= 0)).toBe(true);
  });

  it('save, load, forecast the same; can be stopped; do not depend on the order', () => {
    const loaded = loadBoostedLifetime(saveBoostedLifetime(made));
    expect(forecastBoosted(loaded, now)).toEqual(next);
    expect(loaded).toEqual(made);
    const damaged = saveBoostedLifetime(made);
    damaged[99] = (damaged[99] ?? 0) ^ 1;
    expect(codeOf(() => loadBoostedLifetime(damaged))).toBe('damaged');
    expect(codeOf(() => fitBoostedLifetime(days, settings, () => 'stop'))).toBe('cancelled');
    const order = createRandom(2).shuffle([...orders.person.keys()]);
    const turned = {
      people: orders.people,
      person: Uint32Array.from(order, (k) => orders.person[k] as number),
      atMs: Float64Array.from(order, (k) => orders.atMs[k] as number),
      amount: Float64Array.from(order, (k) => orders.amount?.[k] as number),
    };
    expect(fitBoostedLifetime(buyingDays(turned, {}), settings)).toEqual(made);
  });

  it('have a reason where there is too little', () => {
    expect(fitBoostedLifetime(days, { untilDay: 100, horizonDays: 91 })).toEqual({
      kind: 'no_answer',
      reason: 'too_little_history',
    });
    expect(fitBoostedLifetime(days, { untilDay: 5000, horizonDays: 500 })).toEqual({
      kind: 'no_answer',
      reason: 'one_outcome',
    });
    expect(codeOf(() => fitBoostedLifetime(days, { untilDay: 5, horizonDays: 0 }))).toBe('out_of_range');
    expect(codeOf(() => snapshotAt(days, 5, Number.NaN))).toBe('nan');
    expect(codeOf(() => snapshotAt(days, Number.NaN, 5))).toBe('out_of_range');
    expect(codeOf(() => forecastBoosted(made, snapshotAt(days, 400, 30)))).toBe('out_of_range');
  });
});
