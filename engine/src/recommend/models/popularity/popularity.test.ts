import { describe, expect, it } from 'vitest';
import { collectInteractions, historyOf } from '../../interactions/index.ts';
import { fitPopularity, mostPopular, popularityTaste, popularShares } from './index.ts';

const DAY_MS = 86_400_000;
// Person, item, day.
const rows = [
  [0, 0, 1],
  [1, 0, 2],
  [2, 0, 80],
  [2, 1, 90],
  [3, 1, 95],
  [3, 1, 5],
  [4, 2, 99],
  [0, 3, 100],
  [0, 3, 3],
];
const interactions = collectInteractions({
  people: 6,
  items: 5,
  person: Uint32Array.from(rows, ([person]) => person ?? 0),
  item: Uint32Array.from(rows, ([, item]) => item ?? 0),
  atMs: Float64Array.from(rows, ([, , day]) => (day ?? 0) * DAY_MS),
});
const category = { of: Uint32Array.of(0, 0, 1, 1, 1), count: 2 };
const region = { of: Uint32Array.of(0, 0, 0, 1, 1, 1), count: 3 };

describe('popularity', () => {
  it('counts people, in all and within a window', () => {
    expect([...fitPopularity(interactions).buyers]).toEqual([3, 2, 1, 1, 0]);
    const recent = fitPopularity(interactions, { windowDays: 30 });
    expect([...recent.buyers, recent.people]).toEqual([1, 2, 1, 1, 0, 4]);
    expect([...fitPopularity(interactions, { nowMs: 500 * DAY_MS, windowDays: 30 }).buyers]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('draws a region’s shares to the whole shop’s', () => {
    const model = fitPopularity(interactions, { region, category });
    expect([...model.regionPeople]).toEqual([3, 2, 0]);
    // Nobody in region 2: its shares are the shop's.
    expect([...popularShares(model, 2)]).toEqual([...popularShares(model)]);
    expect(popularShares(model, 1)[2]).toBeCloseTo((200 * (1 / 5) + 1) / 202, 15);
    expect(popularShares(model, 1)[1]).toBeCloseTo((200 * (2 / 5) + 1) / 202, 15);
    expect(popularShares(model, 0)[2]).toBeCloseTo((200 * (1 / 5)) / 203, 15);
    expect(() => popularShares(model, 3)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
    expect(() => popularShares(fitPopularity(interactions), 0)).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });

  it('lifts the categories of the past', () => {
    const taste = popularityTaste(fitPopularity(interactions, { category }), { categoryLift: 3 });
    const scores = new Float64Array(5);
    // Person 0 has weight 1 of category 0, and 2 of category 1.
    taste.score(historyOf(interactions, 0), scores);
    expect(scores[0]).toBeCloseTo((3 / 5) * (1 + 3 * (1 / 3)), 15);
    expect(scores[2]).toBeCloseTo((1 / 5) * (1 + 3 * (2 / 3)), 15);
    expect(taste.explain?.(historyOf(interactions, 0), 2).parts).toEqual([
      { item: 3, contribution: expect.closeTo(0.4, 12) as number },
    ]);
    expect(() => popularityTaste(fitPopularity(interactions), { categoryLift: 1 })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });

  it('lists the most popular, of a category and in a region', () => {
    const model = fitPopularity(interactions, { region, category });
    expect(mostPopular(model, { count: 3 }).map(({ item }) => item)).toEqual([0, 1, 2]);
    expect(mostPopular(model, { count: 9, category: 1 }).map(({ item }) => item)).toEqual([2, 3]);
    expect(mostPopular(model, { count: 9, category: 1, region: 0 }).map(({ item }) => item)).toEqual([3, 2]);
  });

  it.each([
    [{ windowDays: 0 }, 'out_of_range'],
    [{ nowMs: Number.NaN }, 'nan'],
    [{ category: { of: new Uint32Array(4), count: 1 } }, 'length_mismatch'],
    [{ region: { of: new Uint32Array(6).fill(1), count: 1 } }, 'out_of_range'],
  ])('refuses %j', (settings, code) => {
    expect(() => fitPopularity(interactions, settings)).toThrow(expect.objectContaining({ code }));
  });
});
