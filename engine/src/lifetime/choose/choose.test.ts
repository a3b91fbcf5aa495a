import { describe, expect, it } from 'vitest';
import { codeOf, DAY, shopOf } from '../../../testing/lifetime.ts';
import { chooseLifetime, type Orders, purchaseCalibration } from '../index.ts';

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

  it('shares people out among bins after many who are alike, and calls few people no certainty', () => {
    const axis = Float64Array.from({ length: 1000 }, (_, i) => Math.max(0, i - 499) / 500);
    const bins = purchaseCalibration({ expected: axis, actual: new Float64Array(1000), axis, bins: 10 });
    expect(bins.map(({ people }) => people)).toEqual([500, 56, 56, 55, 56, 55, 56, 55, 56, 55]);
    const few = Float64Array.of(0.4, 0.4, 0.4);
    const [bin] = purchaseCalibration({ expected: few, actual: new Float64Array(3), axis: few, bins: 1 });
    // Nothing seen of three people: up to -ln(0.025)/3.
    expect(bin?.actual).toEqual({ value: 0, low: 0, high: expect.closeTo(3.6889 / 3, 3) });
    expect(bin?.agrees).toBe(true);
    const nan = Float64Array.of(Number.NaN);
    expect(codeOf(() => purchaseCalibration({ expected: nan, actual: nan, axis: nan, bins: 1 }))).toBe('nan');
  });

  it('is clear about nothing from one person', () => {
    const at = Float64Array.from([0, 10, 20, 30, 60, 150], (day) => day * DAY);
    const orders = { people: 1, person: new Uint32Array(6), atMs: at };
    const choice = chooseLifetime(orders, {
      untilMs: 160 * DAY,
      horizonDays: 30,
      leastRepeaters: 1,
      contenders: ['naive_rate', 'nbd'],
    });
    if (choice.kind === 'no_answer') throw new Error(choice.reason);
    expect(choice.purchases.against[0]?.clear).toBe(false);
    expect(choice.purchases.error).toMatchObject({ low: -Infinity, high: Infinity });
  });

  it('judges by the last horizon to the day, and shows nobody a day of it', () => {
    const { orders } = shopOf('bg_nbd', 400, 'edges');
    const choose = (given: Orders, untilDay: number) => {
      const made = chooseLifetime(given, {
        untilMs: untilDay * DAY,
        horizonDays: 60,
        contenders: ['naive_rate', 'bg_nbd'],
      });
      if (made.kind === 'no_answer') throw new Error(made.reason);
      return made.results.map((each) => (each.kind === 'scored' ? each.score : undefined));
    };
    const days = Array.from(orders.atMs, (atMs) => Math.floor(atMs / DAY));
    const known = new Set([...orders.person].filter((_, k) => (days[k] as number) <= 240));
    const held = new Set(
      [...orders.person.keys()]
        .filter(
          (k) =>
            known.has(orders.person[k] as number) && (days[k] as number) > 240 && (days[k] as number) <= 300,
        )
        .map((k) => `${orders.person[k]} ${days[k]}`),
    );
    const scores = choose(orders, 300);
    expect(scores[0]?.actual).toBe(held.size);
    // Everything after the split moved to its last day: forecasts are the same.
    const late = {
      people: orders.people,
      person: orders.person,
      atMs: orders.atMs.map((atMs) => (atMs >= 241 * DAY ? 300 * DAY : atMs)),
    };
    expect(choose(late, 300).map((score) => score?.predicted)).toEqual(
      scores.map((score) => score?.predicted),
    );
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
