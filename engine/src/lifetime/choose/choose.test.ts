import { describe, expect, it } from 'vitest';
import { codeOf, DAY, shopOf } from '../../../testing/lifetime.ts';
import { chooseLifetime, purchaseCalibration } from '../index.ts';

describe('the choice', () => {
  const settings = { untilMs: 545 * DAY, horizonDays: 91 };

  it('finds the model the people follow, or one that is not clearly worse', () => {
    const choice = chooseLifetime(shopOf('pareto_nbd', 3000, 'choice').orders, settings);
    if (choice.kind === 'no_answer') throw new Error(choice.reason);
    expect(choice.results.map(({ contender }) => contender)).toEqual([
      'naive_rate',
      'nbd',
      'mbg_nbd',
      'bg_nbd',
      'pareto_nbd',
      'boosted',
    ]);
    expect(choice.results.every(({ kind }) => kind === 'scored')).toBe(true);
    const against = choice.purchases.against.find(({ contender }) => contender === 'pareto_nbd');
    expect(against?.clear ?? false).toBe(false);
    expect(choice.purchases.against.find(({ contender }) => contender === 'naive_rate')?.clear).toBe(true);
  });

  it('lets the naive rate win where it is better, and leaves collapsed models out', () => {
    const choice = chooseLifetime(shopOf('nbd', 800, 2).orders, {
      ...settings,
      contenders: ['pareto_nbd', 'naive_rate', 'nbd'],
    });
    if (choice.kind === 'no_answer') throw new Error(choice.reason);
    expect(choice.results[0]).toEqual({
      kind: 'no_answer',
      contender: 'pareto_nbd',
      reason: 'collapsed_to_nbd',
    });
    const [best, ...others] = choice.results
      .flatMap((each) => (each.kind === 'scored' ? [each.score.mae.value] : []))
      .toSorted((a, b) => a - b);
    expect(choice.purchases.error.value).toBe(best);
    expect(choice.purchases.against[0]?.difference.value).toBeCloseTo((best ?? 0) - (others[0] ?? 0), 12);
  });

  it('has a reason where there is no history, and can be stopped', () => {
    const { orders } = shopOf('bg_nbd', 300);
    expect(chooseLifetime(orders, { ...settings, untilMs: 30 * DAY })).toEqual({
      kind: 'no_answer',
      reason: 'too_little_history',
    });
    const short = chooseLifetime(orders, {
      untilMs: 200 * DAY,
      horizonDays: 91,
      contenders: ['boosted', 'naive_rate'],
    });
    if (short.kind === 'no_answer') throw new Error(short.reason);
    expect(short.results[0]).toMatchObject({ kind: 'no_answer', reason: 'too_little_history' });
    expect(codeOf(() => chooseLifetime(orders, settings, () => 'stop'))).toBe('cancelled');
    const nobody = { people: 0, person: new Uint32Array(), atMs: new Float64Array() };
    expect(chooseLifetime(nobody, settings).kind).toBe('no_answer');
  });

  it('bins by expectation and by repeats', () => {
    const expected = Float64Array.of(0.1, 0.1, 0.1, 2, 3);
    const actual = Float64Array.of(0, 0, 1, 2, 2);
    const bins = purchaseCalibration({ expected, actual, axis: Float64Array.of(0, 0, 0, 4, 5), bins: 2 });
    expect(bins.map(({ low, high, people, actual: came }) => [low, high, people, came.value])).toEqual([
      [0, 0, 3, expect.closeTo(1 / 3, 12)],
      [4, 5, 2, 2],
    ]);
  });
});
