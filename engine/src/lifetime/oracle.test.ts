import { describe, expect, it } from 'vitest';
import { findOracle } from '../../testing/beside-the-project.ts';
import { aliveAt, chanceToBuy, expectedPurchases } from './forecast/person.ts';
import { logLikelihoodAt } from './models/objective.ts';
import type { PurchaseParameters } from './models/parameters.ts';
import { groupRows } from './orders/index.ts';
import { expectedSpend, type SpendParameters, spendObjective } from './spend/gamma-gamma.ts';

const cases = findOracle('lifetime-value.json');

type Rows = readonly (readonly [number, number, number])[];

const parametersOf = (input: Readonly<Record<string, unknown>>): PurchaseParameters =>
  ({ model: input['model'], ...(input['params'] as object) }) as unknown as PurchaseParameters;

const rowsOf = (rows: Rows) =>
  groupRows({
    repeats: Float64Array.from(rows, ([x]) => x),
    recency: Float64Array.from(rows, ([, t]) => t),
    age: Float64Array.from(rows, ([, , age]) => age),
  });

const relative = (found: number, wanted: number): number =>
  Math.abs(found - wanted) / Math.max(Math.abs(wanted), Number.MIN_VALUE);

describe.skipIf(!cases)('the oracle', () => {
  const named = (part: string) =>
    (cases ?? []).filter(({ name }) => name.includes(part)).map((each) => [each.name, each] as const);

  it.each(named('nbd_log_likelihood'))('%s', (_, { input, expected }) => {
    const rows = input['rows'] as Rows;
    const wanted = (expected['row_log_likelihood_by_quadrature'] ??
      expected['row_log_likelihood']) as readonly (number | string)[];
    rows.forEach((row, i) => {
      const value = wanted[i];
      if (typeof value !== 'number') return;
      expect(relative(logLikelihoodAt(parametersOf(input), rowsOf([row])), value)).toBeLessThan(1e-9);
    });
    if (typeof expected['sum'] === 'number' && !('row_log_likelihood_by_quadrature' in expected))
      expect(relative(logLikelihoodAt(parametersOf(input), rowsOf(rows)), expected['sum'])).toBeLessThan(
        1e-9,
      );
  });

  it.each(named('_conditional_'))('%s', (_, { input, expected }) => {
    const parameters = parametersOf(input);
    const customers = (input['customers'] as Rows).map(([repeats, recency, age]) => ({
      repeats,
      recency,
      age,
    }));
    const horizons = input['horizons'] as readonly number[];
    const alive = (expected['probability_alive_by_quadrature'] ??
      expected['probability_alive']) as readonly number[];
    const purchases = expected['expected_purchases_by_quadrature'] as Record<string, readonly number[]>;
    customers.forEach((row, i) => {
      expect(relative(aliveAt(parameters, row), alive[i] as number)).toBeLessThan(1e-9);
      horizons.forEach((horizon) => {
        const wanted = purchases[`t_${horizon}`]?.[i] as number;
        expect(relative(expectedPurchases(parameters, row, horizon), wanted)).toBeLessThan(1e-6);
        expect(chanceToBuy(parameters, row, horizon)).toBeLessThanOrEqual(Math.min(1, wanted) * (1 + 1e-6));
      });
    });
    const fresh = expected['unconditional_expected_purchases'] as readonly number[];
    horizons.forEach((horizon, h) => {
      const found = expectedPurchases(parameters, { repeats: 0, recency: 0, age: 0 }, horizon);
      expect(relative(found, fresh[h] as number)).toBeLessThan(5e-6);
    });
  });

  it.each(named('gamma_gamma').filter(([name]) => /^gamma_gamma_\d/.test(name)))('%s', (_, each) => {
    const { input, expected } = each;
    const parameters = input['params'] as SpendParameters;
    const logs = Float64Array.of(Math.log(parameters.p), Math.log(parameters.q), Math.log(parameters.v));
    (input['rows'] as readonly (readonly [number, number])[]).forEach(([repeats, meanSpend], i) => {
      const row = { repeats: Float64Array.of(repeats), meanSpend: Float64Array.of(meanSpend) };
      const found = -spendObjective(row)(logs, new Float64Array(3));
      expect(relative(found, (expected['row_log_likelihood'] as number[])[i] as number)).toBeLessThan(1e-9);
      const mean = expectedSpend(parameters, { repeats, meanSpend }) ?? 0;
      expect(relative(mean, (expected['expected_average_profit'] as number[])[i] as number)).toBeLessThan(
        1e-9,
      );
    });
    const nobody = expectedSpend(parameters, { repeats: 0, meanSpend: 0 }) ?? 0;
    expect(relative(nobody, expected['expected_average_profit_frequency_0'] as number)).toBeLessThan(1e-9);
  });
});
