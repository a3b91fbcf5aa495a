import { describe, expect, it } from 'vitest';
import { codeOf, DAY, fitted, names, rowsOf, shopOf, truths } from '../../../testing/lifetime.ts';
import { createRandom } from '../../random/index.ts';
import {
  fitPurchases,
  fitSpend,
  forecastPurchases,
  groupRows,
  loadLifetime,
  parameterIntervals,
  saveLifetime,
  summarise,
} from '../index.ts';
import { objectiveOf } from '../models/objective.ts';

describe('fits', () => {
  it.each(names)('%s: finds what was simulated', (model) => {
    const rows = rowsOf(shopOf(model, 3000).orders);
    const made = fitted(fitPurchases(rows, { model }));
    expect(made.dropout.kind).toBe(model === 'nbd' ? 'not_asked' : 'seen');
    for (const { name, value, low, high } of parameterIntervals(made, rows)) {
      expect(low).toBeLessThan(value);
      const truth = (truths[model] as unknown as Record<string, number>)[name] as number;
      // Wider than 95 %: this is one draw of four figures.
      expect(truth).toBeGreaterThan(low * (low / value));
      expect(truth).toBeLessThan(high * (high / value));
    }
    const [first = 0, ...others] = made.diagnostics.starts;
    for (const other of others) expect(other).toBeCloseTo(first, 0);
  });

  it.each(['bg_nbd', 'mbg_nbd', 'pareto_nbd'] as const)(
    '%s: where nobody leaves it is the NBD, and says so',
    (model) => {
      const made = fitted(fitPurchases(rowsOf(shopOf('nbd').orders), { model }));
      expect(made.dropout).toMatchObject({ kind: 'not_seen', reason: 'collapsed_to_nbd' });
      expect(made.parameters.model).toBe('nbd');
      const rows = rowsOf(shopOf('nbd').orders);
      expect(forecastPurchases(made, rows, { horizon: 10 }).alive).toEqual({
        kind: 'no_answer',
        reason: 'collapsed_to_nbd',
      });
    },
  );

  it('seldom sees anybody leave where nobody does, nor misses it where many do', () => {
    let [mistaken, nonzero] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const { dropout } = fitted(fitPurchases(rowsOf(shopOf('nbd', 250, seed).orders), { model: 'bg_nbd' }));
      if (dropout.kind === 'seen') mistaken++;
      if (dropout.kind === 'not_seen' && dropout.likelihoodRatio > 0.01) nonzero++;
      const other = fitted(fitPurchases(rowsOf(shopOf('bg_nbd', 250, seed).orders), { model: 'bg_nbd' }));
      expect(other.dropout.kind).toBe('seen');
    }
    // At most 5 % of 40 are promised; some ratios must be above 0, or the limit would do nothing.
    expect(mistaken).toBeLessThanOrEqual(3);
    expect(nonzero).toBeGreaterThan(3);
  });

  it('has an answer or a reason', () => {
    const none = {
      repeats: new Float64Array(50),
      recency: new Float64Array(50),
      age: new Float64Array(50).fill(9),
      unitDays: 7,
    };
    expect(fitPurchases(none)).toMatchObject({ kind: 'no_answer', reason: 'too_few_repeaters', people: 50 });
    const sameDay = { ...none, repeats: new Float64Array(50).fill(1), age: new Float64Array(50) };
    expect(fitPurchases(sameDay)).toMatchObject({ kind: 'no_answer', reason: 'no_time_passed' });
    const alike = { ...none, repeats: new Float64Array(50).fill(1), recency: new Float64Array(50).fill(9) };
    for (const model of names) {
      const made = fitted(fitPurchases(alike, { model }));
      expect(Object.values(made.parameters).every((each) => typeof each === 'string' || each > 0)).toBe(true);
    }
    const many = { ...alike, repeats: new Float64Array(50).fill(1e6) };
    for (const model of names) expect(fitPurchases(many, { model }).kind).toBeTruthy();
    const one = {
      repeats: Float64Array.of(3),
      recency: Float64Array.of(2),
      age: Float64Array.of(4),
      unitDays: 7,
    };
    for (const model of names) expect(fitted(fitPurchases(one, { model, leastRepeaters: 1 })).people).toBe(1);
  });

  it.each([
    ['empty_input', { repeats: new Float64Array(), recency: new Float64Array(), age: new Float64Array() }],
    [
      'length_mismatch',
      { repeats: Float64Array.of(1), recency: Float64Array.of(1, 2), age: Float64Array.of(3) },
    ],
    ['nan', { repeats: Float64Array.of(1), recency: Float64Array.of(Number.NaN), age: Float64Array.of(3) }],
    [
      'negative_count',
      { repeats: Float64Array.of(1.5), recency: Float64Array.of(1), age: Float64Array.of(3) },
    ],
    ['out_of_range', { repeats: Float64Array.of(1), recency: Float64Array.of(4), age: Float64Array.of(3) }],
    ['out_of_range', { repeats: Float64Array.of(0), recency: Float64Array.of(1), age: Float64Array.of(3) }],
  ])('refuse: %s', (code, rows) => {
    expect(codeOf(() => fitPurchases({ ...rows, unitDays: 7 }))).toBe(code);
  });

  it('do not depend on the order of the people, can be stopped, are saved to the bit', () => {
    const { orders } = shopOf('pareto_nbd', 400);
    const order = createRandom(9).shuffle([...orders.person.keys()]);
    const people = createRandom(3).shuffle(Array.from({ length: orders.people }, (_, p) => p));
    const shuffled = {
      people: orders.people,
      person: Uint32Array.from(order, (k) => people[orders.person[k] as number] as number),
      atMs: Float64Array.from(order, (k) => orders.atMs[k] as number),
      amount: Float64Array.from(order, (k) => orders.amount?.[k] as number),
    };
    const [rows, again] = [rowsOf(orders), rowsOf(shuffled)];
    for (const model of names) {
      const made = fitted(fitPurchases(rows, { model }));
      expect(fitPurchases(again, { model })).toEqual(made);
      expect(codeOf(() => fitPurchases(rows, { model }, () => 'stop'))).toBe('cancelled');
      const loaded = loadLifetime(saveLifetime(made));
      expect(loaded).toEqual(made);
      if (loaded.kind !== 'purchases') throw new Error('another kind');
      expect(forecastPurchases(loaded, rows, { horizon: 9 })).toEqual(
        forecastPurchases(made, rows, { horizon: 9 }),
      );
    }
    const spend = fitted(fitSpend(rows));
    expect(fitSpend(again)).toEqual(spend);
    expect(codeOf(() => fitSpend(rows, {}, () => 'stop'))).toBe('cancelled');
    expect(loadLifetime(saveLifetime(spend))).toEqual(spend);
    const damaged = saveLifetime(spend);
    damaged[60] = (damaged[60] ?? 0) ^ 4;
    expect(codeOf(() => loadLifetime(damaged))).toBe('damaged');
  });

  it('say how far they are: never less than before, and within an evaluation too', () => {
    const rows = rowsOf(shopOf('pareto_nbd', 500).orders);
    const heard: number[] = [];
    const watch = ({ done }: { done: number }): void => void heard.push(done);
    const made = fitted(fitPurchases(rows, {}, watch));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    heard.length = 0;
    parameterIntervals(made, rows, watch);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    let pulses = 0;
    const n = 70_000;
    const many = {
      repeats: new Float64Array(n).fill(1),
      recency: Float64Array.from({ length: n }, (_, i) => i / n),
      age: new Float64Array(n).fill(2),
    };
    for (const model of ['bg_nbd', 'pareto_nbd'] as const) {
      const objective = objectiveOf(model, groupRows(many), () => void pulses++);
      pulses = 0;
      objective(new Float64Array(4), new Float64Array(4));
      expect(pulses).toBeGreaterThan(0);
    }
  });

  it('the unit of time and of money changes nothing but the unit', () => {
    const { orders } = shopOf('bg_nbd', 800);
    const weeks = fitted(fitPurchases(rowsOf(orders), { model: 'bg_nbd' }));
    const inDays = summarise(orders, { untilMs: 273 * DAY, unitDays: 1 });
    const days = fitted(fitPurchases(inDays, { model: 'bg_nbd' }));
    expect(days.parameters.alpha / weeks.parameters.alpha).toBeCloseTo(7, 3);
    expect(days.parameters.r / weeks.parameters.r).toBeCloseTo(1, 4);
    const rows = rowsOf(orders);
    const cents = { ...rows, meanSpend: rows.meanSpend.map((m) => 100 * m) };
    const [euro, cent] = [fitted(fitSpend(rows)), fitted(fitSpend(cents))];
    expect(cent.parameters.v / euro.parameters.v).toBeCloseTo(100, 2);
    expect(cent.parameters.q).toBeCloseTo(euro.parameters.q, 4);
  });
});
