import { describe, expect, it } from 'vitest';
import { codeOf, fitted, rowsOf, shopOf, truths } from '../../../testing/lifetime.ts';
import {
  expectedPurchases,
  expectedSpend,
  fitPurchases,
  fitSpend,
  forecastPurchases,
  forecastValue,
} from '../index.ts';
import { discountedPurchases } from './discount.ts';

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
      // As independent parts, on logarithms: wider than either.
      for (const end of ['low', 'high'] as const) {
        const parts = [plain.expected, perPurchase].map((each) =>
          Math.log((each[end]?.[i] as number) / (each.value[i] as number)),
        );
        const whole = Math.log((total[end]?.[i] as number) / (total.value[i] as number));
        expect(Math.abs(whole)).toBeCloseTo(Math.hypot(...parts), 9);
      }
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

  it('is discounted exactly over ten years too, for newcomers and at any rate', () => {
    const newcomer = { repeats: 0, recency: 0, age: 0 };
    for (const parameters of [truths.bg_nbd, truths.pareto_nbd]) {
      for (const yearly of [0.1, 0.9]) {
        const rate = (-Math.log1p(-yearly) * 7) / 365.25;
        // A sum over steps that grow with time.
        let [fine, from, before] = [0, 0, 0];
        for (let k = 1; k <= 4000; k++) {
          const to = 0.1 * Math.expm1((Math.log1p(5200) * k) / 4000);
          const bought = expectedPurchases(parameters, newcomer, to);
          fine += (bought - before) * Math.exp((-rate * (from + to)) / 2);
          [from, before] = [to, bought];
        }
        const found = discountedPurchases(parameters, newcomer, { horizon: 520, rate });
        expect(Math.abs(found / fine - 1)).toBeLessThan(2e-5);
      }
    }
  });

  it('is told, and can be stopped', () => {
    const heard: number[] = [];
    const stages = new Set<string>();
    const watch = ({ done, stage }: { done: number; stage: string }): void => {
      heard.push(done);
      stages.add(stage);
    };
    forecastValue({ purchases, spend }, rows, { horizon: 5, watch });
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect([...stages]).toContain('value');
    expect(codeOf(() => forecastValue({ purchases, spend }, rows, { horizon: 5, watch: () => 'stop' }))).toBe(
      'cancelled',
    );
  });

  it.each([1e-300, 1, 1e300])('a unit of money of %d changes nothing but the unit', (unit) => {
    const scaled = fitted(fitSpend({ ...rows, meanSpend: rows.meanSpend.map((m) => (m / 1e3) * unit) }));
    expect(scaled.parameters.q / spend.parameters.q).toBeCloseTo(1, 4);
    expect(((scaled.parameters.v / unit) * 1e3) / spend.parameters.v).toBeCloseTo(1, 4);
    expect(scaled.correlation).toBeCloseTo(spend.correlation, 9);
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
    expect(codeOf(() => fitSpend({ repeats: Float64Array.of(-1), meanSpend: Float64Array.of(1) }))).toBe(
      'negative_count',
    );
    expect(codeOf(() => expectedSpend({ p: 1, q: 2, v: 3 }, { repeats: Number.NaN, meanSpend: 3 }))).toBe(
      'nan',
    );
    expect(codeOf(() => expectedSpend({ p: 0, q: 2, v: 3 }, { repeats: 1, meanSpend: 3 }))).toBe(
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
