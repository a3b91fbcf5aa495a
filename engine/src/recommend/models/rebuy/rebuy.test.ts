import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../random/index.ts';
import { collectInteractions, historyOf, type TasteEvents } from '../../interactions/index.ts';
import { cycleSpread } from './cycle-spread.ts';
import { fitRebuy, rebuyDue, rebuyTaste } from './index.ts';
import { shrunkMeans } from './shrunk-means.ts';

const DAY_MS = 86_400_000;

/** Everybody buys one item again and again: gaps are lognormal about the item's days. */
const cycles = (days: readonly number[], people: number, until: number): TasteEvents => {
  const random = createRandom(11, 'cycles');
  const rows: { person: number; item: number; day: number }[] = [];
  for (let person = 0; person < people; person++) {
    const item = person % days.length;
    for (let day = random.uniform() * 100; day < until; day += (days[item] ?? 1) * random.lognormal(0, 0.3))
      rows.push({ person, item, day });
  }
  return {
    people,
    items: days.length,
    person: Uint32Array.from(rows, ({ person }) => person),
    item: Uint32Array.from(rows, ({ item }) => item),
    atMs: Float64Array.from(rows, ({ day }) => day * DAY_MS),
  };
};

const dueOf = (...input: Parameters<typeof rebuyDue>) => {
  const found = rebuyDue(...input);
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found.items;
};

describe('fitRebuy', () => {
  const days = [10, 30, 30, 60];
  const category = { of: Uint32Array.of(0, 1, 1, 1), count: 2 };
  const interactions = collectInteractions(cycles(days, 800, 600));
  const model = fitRebuy(interactions, { category, nowMs: 600 * DAY_MS });

  it('finds the cycles of generated people', () => {
    for (const [item, cycle] of days.entries()) {
      const found = Math.exp(model.logGap[item] as number);
      expect(Math.abs(found / cycle - 1)).toBeLessThan(0.08);
      // Orders a day once the first is made, drawn a little to the others'.
      expect(Math.abs((model.rate[item] as number) * cycle - 1)).toBeLessThan(0.3);
    }
  });

  it('tells the noise of gaps from the difference of people', () => {
    // Everybody has the item's cycle, with noise of 0.3.
    expect(Math.abs(model.gapSpread - 0.3)).toBeLessThan(0.06);
    expect(model.pairSpread).toBeLessThan(0.15);
  });

  it('says when each item is due, from the person’s own gaps too', () => {
    const last = 500 * DAY_MS;
    const of = (orders: number, firstDay: number) => ({
      item: Uint32Array.of(1),
      weight: Float64Array.of(orders),
      orders: Uint32Array.of(orders),
      firstAtMs: Float64Array.of(firstDay * DAY_MS),
      lastAtMs: Float64Array.of(last),
    });
    const [usual] = dueOf(model, of(1, 500), last + 10 * DAY_MS);
    expect(usual?.cycleDays).toBeCloseTo(Math.exp(model.logGap[1] as number), 9);
    expect(usual?.over).toBeLessThan(0.01);
    const [quick] = dueOf(model, of(21, 300), last + 10 * DAY_MS);
    // A cycle of 10 days in 20 gaps.
    expect(quick?.cycleDays).toBeLessThan(20);
    expect(quick?.over).toBeGreaterThan(0.02);
    const [later] = dueOf(model, of(1, 500), usual?.dueAtMs ?? 0);
    expect(later?.over).toBeCloseTo(0.5, 6);
  });

  it('counts what was not for oneself in proportion', () => {
    const history = historyOf(interactions, 1);
    const now = 600 * DAY_MS;
    const [whole] = dueOf(model, history, now);
    const [half] = dueOf(model, { ...history, weight: history.weight.map((weight) => weight / 2) }, now);
    const [more] = dueOf(model, { ...history, weight: history.weight.map((weight) => weight * 9) }, now);
    expect((half?.ratePerDay ?? 0) / (whole?.ratePerDay ?? 0)).toBeCloseTo(0.5, 12);
    expect(more).toEqual(whole);
  });

  it('what was just bought waits, where asked', () => {
    const history = historyOf(interactions, 1);
    const now = history.lastAtMs[0] as number;
    const waiting = rebuyTaste(model, { whenDue: true });
    const scores = new Float64Array(4);
    waiting.score(history, scores, now + DAY_MS);
    const soon = scores[1] as number;
    waiting.score(history, scores, now + 60 * DAY_MS);
    expect(scores[1]).toBeGreaterThan(10 * soon);
    rebuyTaste(model).score(history, scores, now + 60 * DAY_MS);
    expect(scores[1]).toBeGreaterThan(0.5);
    // Others have their popularity only.
    expect(Math.max(scores[0] as number, scores[2] as number)).toBeLessThan(1e-5);
  });

  it('completes what is little known by the category', () => {
    // One more item, seen once: its rate is its category's.
    const events = cycles(days, 800, 600);
    const more = collectInteractions({
      ...events,
      items: 6,
      person: Uint32Array.of(...events.person, 0, 1),
      item: Uint32Array.of(...events.item, 4, 5),
      atMs: Float64Array.of(...events.atMs, 590 * DAY_MS, 590 * DAY_MS),
    });
    const groups = { of: Uint32Array.of(0, 1, 1, 1, 0, 1), count: 2 };
    const found = fitRebuy(more, { category: groups, nowMs: 600 * DAY_MS });
    expect((found.rate[4] as number) / (found.rate[5] as number)).toBeGreaterThan(1.5);
    expect(found.logGap[4]).toBeLessThan(found.logGap[5] as number);
  });

  it('has no answer where nobody bought anything again', () => {
    const once = collectInteractions({
      people: 3,
      items: 3,
      person: Uint32Array.of(0, 1, 2),
      item: Uint32Array.of(0, 1, 2),
      atMs: new Float64Array(3),
    });
    const found = fitRebuy(once);
    expect(rebuyDue(found, historyOf(once, 0), 5)).toEqual({
      kind: 'no_answer',
      reason: 'nothing_bought_again',
    });
    const scores = new Float64Array(3);
    rebuyTaste(found, { whenDue: true }).score(historyOf(once, 0), scores, 5);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[0]).toBeGreaterThan(scores[1] as number);
  });

  it('all on one day, and now before it all, are right input', () => {
    const oneDay = collectInteractions(cycles([1e-9], 2, 1e-3));
    for (const nowMs of [-1e15, 0, 1e15]) {
      const found = fitRebuy(oneDay, { nowMs });
      const scores = new Float64Array(1);
      rebuyTaste(found, { whenDue: true }).score(historyOf(oneDay, 0), scores, nowMs);
      expect(scores[0]).toSatisfy(Number.isFinite);
    }
  });

  it.each([
    [{ pairDays: 0 }, 'out_of_range'],
    [{ itemDays: Number.NaN }, 'nan'],
    [{ nowMs: Number.POSITIVE_INFINITY }, 'not_finite'],
    [{ category: { of: new Uint32Array(4).fill(9), count: 2 } }, 'out_of_range'],
    [{ category: { of: new Uint32Array(3), count: 2 } }, 'length_mismatch'],
  ])('refuses %j', (settings, code) => {
    expect(() => fitRebuy(interactions, settings)).toThrow(expect.objectContaining({ code }));
  });
});

describe('cycleSpread', () => {
  /** Pairs of one item with so many gaps each: own means with sd `people`, gaps about them with sd `gap`. */
  const pairs = (people: number, gap: number, gapsOf: (pair: number) => number) => {
    const random = createRandom(21, `${people}/${gap}`);
    const n = 20_000;
    const orders = Uint32Array.from({ length: n }, (_, p) => 1 + gapsOf(p));
    const lastAtMs = Float64Array.from(orders, (count) => {
      const gaps = count - 1;
      return DAY_MS * gaps * Math.exp(3 + random.normal(0, people) + random.normal(0, gap) / Math.sqrt(gaps));
    });
    const column = new Float64Array(n);
    const ones = new Float64Array(n).fill(1);
    const history = {
      start: Uint32Array.of(0, n),
      item: new Uint32Array(n),
      weight: column,
      own: ones,
      lastOwn: ones,
      firstAtMs: column,
    };
    return cycleSpread({ people: 1, items: 1, ...history, lastAtMs, orders }, Float64Array.of(3));
  };

  it.each([
    [0.5, 1],
    [1, 0.3],
    [0, 0.6],
    [0.6, 0],
  ])('finds sd %f of people and %f of gaps', (people, gap) => {
    const found = pairs(people, gap, (p) => 1 + (p % 8));
    expect(found.pairSpread).toBeCloseTo(Math.max(0.1, people), 1);
    expect(found.gapSpread).toBeCloseTo(Math.max(0.1, gap), 1);
  });

  it('shares what cannot be told apart', () => {
    const { pairSpread, gapSpread } = pairs(0.6, 0.8, () => 1);
    expect(pairSpread).toBeCloseTo(gapSpread, 12);
    expect(pairSpread ** 2 + gapSpread ** 2).toBeCloseTo(1, 1);
  });
});

describe('shrunkMeans', () => {
  /** Groups of `size` values about true means with variance tau², noise of variance 1. */
  const generated = (groups: number, size: number, tau: number) => {
    const random = createRandom(5, `${groups}/${size}/${tau}`);
    const truth = Float64Array.from({ length: groups }, () => random.normal(0, tau));
    const count = new Float64Array(groups).fill(size);
    const sum = new Float64Array(groups);
    const squares = new Float64Array(groups);
    for (let g = 0; g < groups; g++)
      for (let k = 0; k < size; k++) {
        const value = random.normal(truth[g], 1);
        sum[g] = (sum[g] as number) + value;
        squares[g] = (squares[g] as number) + value * value;
      }
    const error = (mean: Float64Array): number =>
      mean.reduce((total, value, g) => total + (value - (truth[g] as number)) ** 2, 0) / groups;
    return { values: { count, sum, squares, towards: () => 0 }, error };
  };

  it.each([
    [2000, 2, 0.5],
    [2000, 5, 0.2],
    [2000, 5, 2],
  ])('comes near the best that is possible: %i groups of %i, sd %f', (groups, size, tau) => {
    const { values, error } = generated(groups, size, tau);
    const possible = 1 / (size + 1 / tau ** 2);
    const mean = shrunkMeans(values);
    expect(error(mean)).toBeLessThan(1.1 * possible);
    expect(error(values.sum.map((sum) => sum / size))).toBeGreaterThan(error(mean));
  });

  it('groups that do not differ get what they are drawn to', () => {
    const { values, error } = generated(3000, 3, 0);
    expect(error(shrunkMeans(values))).toBeLessThan(0.01);
  });
});
