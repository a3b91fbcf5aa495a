import { describe, expect, it } from 'vitest';
import { randomEvents } from '../../../../testing/random-events.ts';
import { createRandom } from '../../../random/index.ts';
import { collectInteractions, historyOf, type Interactions } from '../../interactions/index.ts';
import { fitItemKnn, fitRp3beta, type LinkModel } from './index.ts';
import { createTopKeeper } from './top-values.ts';

const denseOf = ({ people, items, start, item, weight }: Interactions): Float64Array[] => {
  const x = Array.from({ length: people }, () => new Float64Array(items));
  for (let u = 0; u < people; u++)
    for (let p = start[u] as number; p < (start[u + 1] as number); p++)
      (x[u] as Float64Array)[item[p] as number] = weight[p] as number;
  return x;
};

const best = (row: readonly number[], k: number): number[] => {
  const kept = row
    .map((value, j) => ({ value, j }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value || a.j - b.j)
    .slice(0, k);
  return row.map((value, j) => (kept.some((one) => one.j === j) ? value : 0));
};

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

const walkTwin = (
  interactions: Interactions,
  { alpha, beta, k }: { readonly alpha: number; readonly beta: number; readonly k: number },
): number[][] => {
  const x = denseOf(interactions);
  const ofItem = (i: number) => sum(x.map((row) => row[i] as number));
  return Array.from({ length: interactions.items }, (_, i) => {
    const row = Array.from({ length: interactions.items }, (__, j) =>
      i === j
        ? 0
        : sum(
            x.map((person) =>
              person[i] === 0 || person[j] === 0
                ? 0
                : ((person[i] as number) / ofItem(i)) ** alpha *
                  ((person[j] as number) / sum(person)) ** alpha,
            ),
          ) /
          Math.max(1e-300, ofItem(j)) ** beta,
    );
    const kept = best(row, k);
    return kept.map((value) => (value === 0 ? 0 : value / sum(kept)));
  });
};

const similarTwin = (interactions: Interactions, shrink: number, k: number): number[][] => {
  const x = denseOf(interactions);
  const norm = (i: number) => Math.sqrt(sum(x.map((row) => (row[i] as number) ** 2))) + 1e-9;
  const rows = Array.from({ length: interactions.items }, (_, i) =>
    best(
      Array.from({ length: interactions.items }, (__, j) =>
        i === j
          ? 0
          : sum(x.map((row) => (row[i] as number) * (row[j] as number))) / (norm(i) * norm(j) + shrink),
      ),
      k,
    ),
  );
  return rows.map((_, i) => rows.map((row) => row[i] as number));
};

const linksOf = ({ items, start, item, weight }: LinkModel): number[][] =>
  Array.from({ length: items }, (_, i) => {
    const row = Array.from({ length: items }, () => 0);
    for (let l = start[i] as number; l < (start[i + 1] as number); l++)
      row[item[l] as number] = weight[l] as number;
    return row;
  });

const close = (found: number[][], expected: number[][]): void => {
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries()) expect(found[i]?.[j], `${i} ${j}`).toBeCloseTo(value, 10);
};

describe.each([
  ['orders', {}],
  ['decayed weights', { by: 'weights', halfLifeDays: 50 } as const],
])('neighbours of %s', (_, collect) => {
  const interactions = collectInteractions(
    randomEvents({ people: 25, items: 30, events: 400, seed: 6, returns: 0.1 }),
    collect,
  );
  it.each([1, 3, 10, 100])('are those of plain loops, %i kept', (neighbours) => {
    close(
      linksOf(fitRp3beta(interactions, { alpha: 0.7, beta: 0.4, neighbours })),
      walkTwin(interactions, { alpha: 0.7, beta: 0.4, k: neighbours }),
    );
    close(
      linksOf(fitItemKnn(interactions, { shrink: 3, neighbours })),
      similarTwin(interactions, 3, neighbours),
    );
  });
});

describe('createTopKeeper', () => {
  it('keeps the largest, ties by the lower item, whatever the order they come in', () => {
    const random = createRandom(9);
    for (let round = 0; round < 300; round++) {
      const room = random.integer(1, 60);
      const values = Float64Array.from({ length: room }, () => random.integer(0, 6));
      const items = Uint32Array.from(random.shuffle(Array.from({ length: room }, (_, i) => i)));
      const count = random.integer(0, room);
      const given = [...items.subarray(0, count)];
      const k = random.integer(1, 20);
      const expected = given
        .toSorted((a, b) => (values[b] as number) - (values[a] as number) || a - b)
        .slice(0, k)
        .toSorted((a, b) => a - b);
      const kept = createTopKeeper(room, k)(items, count, values);
      expect([...items.subarray(0, kept)]).toEqual(expected);
      // All that were given are still there, to be cleared.
      expect([...items.subarray(0, count)].toSorted((a, b) => a - b)).toEqual(
        given.toSorted((a, b) => a - b),
      );
    }
  });
});

describe('neighbours', () => {
  // Two people with the same items: all similarities are equal.
  const tied = collectInteractions({
    people: 2,
    items: 6,
    person: Uint32Array.from({ length: 12 }, (_, k) => Math.floor(k / 6)),
    item: Uint32Array.from({ length: 12 }, (_, k) => k % 6),
    atMs: new Float64Array(12),
  });

  it('keeps the lower item of equals', () => {
    const { start, item } = fitRp3beta(tied, { neighbours: 2 });
    expect([...item]).toEqual([1, 2, 0, 2, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect([...start]).toEqual([0, 2, 4, 6, 8, 10, 12]);
  });

  it('does not count people with more items than anybody likes', () => {
    const events = randomEvents({ people: 30, items: 50, events: 600, seed: 2 });
    const all = collectInteractions(events);
    const lengths = Array.from({ length: 30 }, (_, u) => historyOf(all, u).item.length);
    const longest = Math.max(...lengths);
    expect(fitItemKnn(all, { longestHistory: longest }).ignoredPeople).toBe(0);
    expect(fitItemKnn(all, { longestHistory: longest - 1 }).ignoredPeople).toBe(
      lengths.filter((length) => length === longest).length,
    );
    const none = fitRp3beta(all, { longestHistory: 0 });
    expect([none.item.length, none.ignoredPeople]).toEqual([
      0,
      lengths.filter((length) => length > 0).length,
    ]);
  });

  it('takes a million items', () => {
    const n = 300_000;
    const wide = collectInteractions({
      people: n / 3,
      items: 1_000_000,
      person: Uint32Array.from({ length: n }, (_, k) => Math.floor(k / 3)),
      item: Uint32Array.from({ length: n }, (_, k) => (k * 7919) % 1_000_000),
      atMs: new Float64Array(n),
    });
    const { start, item } = fitRp3beta(wide, { neighbours: 5 });
    expect(start[1_000_000]).toBe(item.length);
    expect(item.length).toBe(2 * n);
  });

  it.each([
    [() => fitItemKnn(tied, { neighbours: 0 }), 'out_of_range'],
    [() => fitItemKnn(tied, { neighbours: 1.5 }), 'negative_count'],
    [() => fitItemKnn(tied, { shrink: -1 }), 'out_of_range'],
    [() => fitRp3beta(tied, { alpha: 0 }), 'out_of_range'],
    [() => fitRp3beta(tied, { beta: -0.1 }), 'out_of_range'],
    [() => fitRp3beta(tied, { beta: Number.NaN }), 'nan'],
  ])('refuses settings without sense (%#)', (fit, code) => {
    expect(fit).toThrow(expect.objectContaining({ code }));
  });
});
