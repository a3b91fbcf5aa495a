import { describe, expect, it } from 'vitest';
import { codeOf, fitted, rowsOf, shopOf } from '../../../testing/lifetime.ts';
import { expectedPurchases, fitPurchases, fitSpend, forecastPurchases, forecastValue } from '../index.ts';

describe('value', () => {
  const { orders } = shopOf('pareto_nbd', 3000, 'value');
  const rows = rowsOf(orders);
  const purchases = fitted(fitPurchases(rows));
  const spend = fitted(fitSpend(rows));

  it('finds the amounts that were simulated', () => {
    expect(spend.populationMean).toMatchObject({ value: expect.closeTo((6.25 * 15.44) / 2.74, -0.5) });
    expect(Math.abs(spend.correlation)).toBeLessThan(0.1);
    expect(spend.dependent).toBe(false);
  });

  it('is purchases times amount, less when discounted, with its source and its interval', () => {
    const plain = forecastValue({ purchases, spend }, rows, { horizon: 52 });
    const less = forecastValue({ purchases, spend }, rows, { horizon: 52, discountPerYear: 0.2 });
    if (plain.value.kind !== 'known' || less.value.kind !== 'known') throw new Error('no value');
    const { perPurchase, total, source } = plain.value;
    rows.person.forEach((_, i) => {
      const product = (plain.expected.value[i] as number) * (perPurchase.value[i] as number);
      expect(total.value[i]).toBeCloseTo(product, 9);
      expect(total.low?.[i]).toBeLessThanOrEqual(total.value[i] as number);
      expect(total.high?.[i]).toBeGreaterThanOrEqual(total.value[i] as number);
      expect(source[i]).toBe((rows.repeats[i] as number) > 0 ? 2 : 1);
    });
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    const ratio = sum(less.value.total.value) / sum(total.value);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1);
    // Against a fine sum over weeks.
    const row = { repeats: 3, recency: 20, age: 30 };
    let fine = 0;
    for (let week = 0; week < 520; week++) {
      const [from, to] = [week / 10, (week + 1) / 10];
      const bought =
        expectedPurchases(purchases.parameters, row, to) - expectedPurchases(purchases.parameters, row, from);
      fine += bought * 0.8 ** ((((from + to) / 2) * 7) / 365.25);
    }
    const one = { repeats: Float64Array.of(3), recency: Float64Array.of(20), age: Float64Array.of(30) };
    const found = forecastPurchases(purchases, one, { horizon: 52, discountPerYear: 0.2 }).expected
      .value[0] as number;
    expect(found / fine).toBeCloseTo(1, 5);
  });

  it('gives its reason', () => {
    const free = { ...rows, meanSpend: new Float64Array(rows.meanSpend.length) };
    expect(fitSpend(free)).toMatchObject({ kind: 'no_answer', reason: 'no_amounts' });
    const same = { ...rows, meanSpend: rows.meanSpend.map(() => 5) };
    expect(fitSpend(same)).toMatchObject({ kind: 'no_answer', reason: 'no_spread' });
    const few = { repeats: Float64Array.of(1, 2), meanSpend: Float64Array.of(3, 4) };
    const none = fitSpend(few);
    expect(none).toMatchObject({ kind: 'no_answer', reason: 'too_few_payers', payers: 2 });
    expect(forecastValue({ purchases, spend: none }, rows, { horizon: 5 }).value).toEqual({
      kind: 'no_answer',
      reason: 'too_few_payers',
    });
    expect(codeOf(() => fitSpend({ repeats: Float64Array.of(1), meanSpend: Float64Array.of(-1) }))).toBe(
      'out_of_range',
    );
    expect(codeOf(() => forecastPurchases(purchases, rows, { horizon: -1 }))).toBe('out_of_range');
    expect(codeOf(() => forecastPurchases(purchases, rows, { horizon: Number.NaN }))).toBe('nan');
  });

  it('says nothing of being alive without a repeat under BG/NBD', () => {
    const made = fitted(fitPurchases(rows, { model: 'bg_nbd' }));
    const { alive } = forecastPurchases(made, rows, { horizon: 5, intervals: false });
    if (alive.kind !== 'known') throw new Error('not known');
    expect([...alive.known]).toEqual([...rows.repeats].map((x) => (x > 0 ? 1 : 0)));
  });
});
