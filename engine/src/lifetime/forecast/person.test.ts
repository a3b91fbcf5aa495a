import { describe, expect, it } from 'vitest';
import { codeOf, DAY, names, rowsOf, shopOf, truths } from '../../../testing/lifetime.ts';
import {
  aliveAt,
  chanceOfAtLeast,
  chanceToBuy,
  expectedPurchases,
  groupRows,
  logLikelihoodAt,
  purchaseRange,
} from '../index.ts';

describe('forecasts of one person', () => {
  const rows = [
    { repeats: 0, recency: 0, age: 30 },
    { repeats: 2, recency: 28, age: 39 },
    { repeats: 12, recency: 35, age: 39 },
  ];

  it.each(names)('%s: the chances of 1, 2, 3, … purchases sum to the expectation', (model) => {
    const parameters = truths[model];
    for (const row of rows) {
      let sum = 0;
      for (let k = 1; k < 400; k++) sum += chanceOfAtLeast(parameters, [row, 20], k);
      expect(sum / expectedPurchases(parameters, row, 20)).toBeCloseTo(1, 3);
      expect(chanceOfAtLeast(parameters, [row, 20], 1)).toBeCloseTo(chanceToBuy(parameters, row, 20), 5);
    }
  });

  it.each(names)('%s: wrong input has a name', (model) => {
    const parameters = truths[model];
    const [row = { repeats: 0, recency: 0, age: 0 }] = rows;
    const nan = Number.NaN;
    expect(codeOf(() => expectedPurchases(parameters, row, nan))).toBe('nan');
    expect(codeOf(() => chanceToBuy(parameters, row, -5))).toBe('out_of_range');
    expect(codeOf(() => aliveAt(parameters, { repeats: 1, recency: 40, age: 39 }))).toBe('out_of_range');
    expect(codeOf(() => aliveAt(parameters, { repeats: 0, recency: 4, age: 39 }))).toBe('out_of_range');
    expect(codeOf(() => aliveAt({ ...parameters, alpha: 0 }, row))).toBe('out_of_range');
    expect(codeOf(() => expectedPurchases(parameters, { ...row, repeats: -1 }, 5))).toBe('negative_count');
    expect(codeOf(() => chanceOfAtLeast(parameters, [row, 5], 0.5))).toBe('negative_count');
    for (const coverage of [0, 1])
      expect(codeOf(() => purchaseRange(parameters, [row, 5], coverage))).toBe('probability_out_of_range');
    expect(codeOf(() => purchaseRange(parameters, [row, 5], nan))).toBe('nan');
  });

  it('a chance to leave that is nearly certain keeps its digits', () => {
    // 1/(1 + a/b) with nobody silent: cancelled in b + 1 - 1 it was 0, and 0.08 off at 1e-15.
    for (const small of [1e-9, 1e-15, 1e-18]) {
      const person = { repeats: 1, recency: 10, age: 10 };
      const alive = aliveAt({ model: 'bg_nbd', r: 1, alpha: 5, a: small, b: small }, person);
      expect(alive).toBeCloseTo(0.5, 12);
      const groups = groupRows({
        repeats: Float64Array.of(0),
        recency: Float64Array.of(0),
        age: Float64Array.of(0),
      });
      const level = logLikelihoodAt({ model: 'mbg_nbd', r: 1, alpha: 5, a: 1, b: small }, groups);
      expect(level).toBeCloseTo(0, 9);
    }
  });

  it.each(names)('%s: what happened to simulated people', (model) => {
    const parameters = truths[model];
    const { orders, leftMs } = shopOf(model, 30_000, 'forecast');
    const until = 273;
    const now = rowsOf(orders, until);
    const then = rowsOf(orders, until + 140);
    const alive = (i: number): boolean => (leftMs[now.person[i] as number] as number) > until * DAY;
    let [people, expected, bought, living, alives] = [0, 0, 0, 0, 0];
    now.person.forEach((person, i) => {
      if (now.repeats[i] !== 2) return;
      const row = { repeats: 2, recency: now.recency[i] as number, age: now.age[i] as number };
      people++;
      expected += expectedPurchases(parameters, row, 20);
      living += aliveAt(parameters, row);
      alives += alive(i) ? 1 : 0;
      bought += (then.repeats[then.person.indexOf(person)] as number) - 2;
    });
    // About 2,000 people: standard errors near 3 %.
    expect(Math.abs(bought / expected - 1)).toBeLessThan(0.1);
    expect(Math.abs(alives - living) / people).toBeLessThan(0.035);
  });

  it('ranges cover the future of simulated people', () => {
    const { orders } = shopOf('pareto_nbd', 4000, 'range');
    const now = rowsOf(orders);
    const then = rowsOf(orders, 413);
    let inside = 0;
    now.person.forEach((_, i) => {
      const row = {
        repeats: now.repeats[i] as number,
        recency: now.recency[i] as number,
        age: now.age[i] as number,
      };
      const { low, high } = purchaseRange(truths.pareto_nbd, [row, 20], 0.8);
      const bought = (then.repeats[i] as number) - row.repeats;
      if (bought >= low && bought <= high) inside++;
    });
    expect(inside / now.person.length).toBeGreaterThan(0.8);
  });
});
