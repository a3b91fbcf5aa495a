import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomEvents, shuffledEvents } from '../../../testing/random-events.ts';
import { createRandom } from '../../random/index.ts';
import {
  byItem,
  type CollectSettings,
  collectInteractions,
  historyOf,
  splitByTime,
  type TasteEvents,
} from './index.ts';

const DAY_MS = 86_400_000;

interface Line {
  readonly order: number;
  readonly atMs: number;
  readonly weight: number;
  readonly own: number;
}

/** The rules, one pair after another, with plain lists. */
const naive = (events: Required<TasteEvents>, { halfLifeDays, nowMs = 0, by, binary }: CollectSettings) => {
  const pairs = new Map<string, Line[]>();
  for (const [k, person] of events.person.entries()) {
    const key = `${String(person).padStart(5, '0')}/${String(events.item[k]).padStart(5, '0')}`;
    const line = {
      order: events.order[k] as number,
      atMs: events.atMs[k] as number,
      weight: events.weight[k] as number,
      own: events.own[k] as number,
    };
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  const found: {
    key: string;
    weight: number;
    own: number;
    lastOwn: number;
    orders: number;
    first: number;
    last: number;
  }[] = [];
  for (const [key, lines] of [...pairs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const orders = [...new Set(lines.map(({ order }) => order))].map((order) => {
      const ours = lines.filter((line) => line.order === order);
      const bought = ours.filter(({ weight }) => weight > 0);
      const quantity = bought.reduce((sum, { weight }) => sum + weight, 0);
      return {
        atMs: Math.min(...ours.map(({ atMs }) => atMs)),
        net: ours.reduce((sum, { weight }) => sum + weight, 0),
        own: quantity > 0 ? bought.reduce((sum, { weight, own }) => sum + weight * own, 0) / quantity : 0,
      };
    });
    orders.sort((a, b) => a.atMs - b.atMs || b.net - a.net || a.own - b.own);
    const kept: { atMs: number; net: number; own: number }[] = [];
    for (const one of orders) {
      if (one.net > 0) kept.push({ ...one });
      for (let back = -one.net; back > 0 && kept.length > 0; ) {
        const last = kept.at(-1) as { net: number };
        const taken = Math.min(back, last.net);
        last.net -= taken;
        back -= taken;
        if (last.net === 0) kept.pop();
      }
    }
    const left = kept.filter(({ own }) => own > 0);
    if (left.length === 0) continue;
    const worth = left.map(({ atMs, net, own }) => {
      const age = halfLifeDays === undefined ? 0 : Math.max(0, nowMs - atMs) / DAY_MS / halfLifeDays;
      return own * 0.5 ** age * (by === 'weights' && !binary ? net : 1);
    });
    found.push({
      key,
      weight: binary ? Math.max(...worth) : worth.reduce((a, b) => a + b, 0),
      own: Math.max(...left.map(({ own }) => own)),
      lastOwn: left.at(-1)?.own ?? Number.NaN,
      orders: left.length,
      first: left[0]?.atMs ?? Number.NaN,
      last: left.at(-1)?.atMs ?? Number.NaN,
    });
  }
  return found;
};

const settingsOf: readonly CollectSettings[] = [
  {},
  { by: 'weights' },
  { binary: true },
  { halfLifeDays: 60, nowMs: 290 * DAY_MS },
  { halfLifeDays: 60, nowMs: 290 * DAY_MS, by: 'weights' },
  { halfLifeDays: 60, nowMs: 290 * DAY_MS, binary: true },
];

const eventsOf = (rows: readonly (readonly number[])[], more: Partial<TasteEvents> = {}): TasteEvents => ({
  people: 2,
  items: 3,
  person: Uint32Array.from(rows, ([person]) => person ?? 0),
  item: Uint32Array.from(rows, ([, item]) => item ?? 0),
  atMs: Float64Array.from(rows, ([, , day]) => (day ?? 0) * DAY_MS),
  weight: Float64Array.from(rows, ([, , , weight]) => weight ?? 1),
  ...more,
});

describe('collectInteractions', () => {
  it.each(settingsOf)('does what the plain rules do: %j', (settings) => {
    for (const seed of [1, 2, 3]) {
      const events = randomEvents({ people: 30, items: 20, events: 1500, seed, returns: 0.25 });
      const found = collectInteractions(events, settings);
      const expected = naive(events, settings);
      const keys: string[] = [];
      for (let u = 0; u < found.people; u++)
        for (const item of historyOf(found, u).item)
          keys.push(`${String(u).padStart(5, '0')}/${String(item).padStart(5, '0')}`);
      expect(keys).toEqual(expected.map(({ key }) => key));
      expect([...found.orders]).toEqual(expected.map(({ orders }) => orders));
      expect([...found.firstAtMs]).toEqual(expected.map(({ first }) => first));
      expect([...found.lastAtMs]).toEqual(expected.map(({ last }) => last));
      for (const [p, { weight, own, lastOwn }] of expected.entries()) {
        expect(Math.abs((found.weight[p] as number) / weight - 1)).toBeLessThan(1e-12);
        expect(Math.abs((found.own[p] as number) / own - 1)).toBeLessThan(1e-12);
        expect(Math.abs((found.lastOwn[p] as number) / lastOwn - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it('does not depend on the order of the events, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.record({
          people: fc.integer({ min: 1, max: 4 }),
          items: fc.integer({ min: 1, max: 4 }),
          events: fc.integer({ min: 0, max: 120 }),
          seed: fc.nat(),
          returns: fc.constantFrom(0, 0.2, 0.6),
        }),
        fc.constantFrom(...settingsOf),
        (shape, settings) => {
          const events = randomEvents(shape);
          // Fractions, so that sums round.
          for (let k = 0; k < shape.events; k++) events.weight[k] = (events.weight[k] as number) / 7;
          const shuffled = shuffledEvents(events, createRandom(shape.seed, 'shuffle'));
          expect(collectInteractions(shuffled, settings)).toEqual(collectInteractions(events, settings));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a return takes back the latest purchase before it, and nothing that came later', () => {
    const of = (rows: readonly (readonly number[])[]) =>
      collectInteractions(eventsOf(rows), { by: 'weights' });
    const bought = of([
      [0, 1, 1, 2],
      [0, 1, 5, 2],
      [0, 1, 6, -3],
      [0, 1, 9, 1],
    ]);
    expect([...bought.weight]).toEqual([2]);
    expect([...bought.orders]).toEqual([2]);
    expect([...bought.firstAtMs, ...bought.lastAtMs]).toEqual([DAY_MS, 9 * DAY_MS]);
    expect(
      of([
        [0, 1, 3, 1],
        [0, 1, 4, -5],
        [1, 2, 0, -1],
        [1, 2, 1, 1],
      ]).item,
    ).toEqual(Uint32Array.of(2));
    expect(
      of([
        [0, 1, 3, 0.3],
        [0, 1, 4, -0.1],
        [0, 1, 5, -0.2],
      ]).item.length,
    ).toBe(0);
  });

  it('lines of one order, or of one instant without orders, are one; a gift is nobody’s taste', () => {
    const twice = eventsOf([
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 2],
    ]);
    expect(collectInteractions(twice).orders).toEqual(Uint32Array.of(2));
    expect(collectInteractions({ ...twice, order: Uint32Array.of(7, 8, 8) }).weight).toEqual(
      Float64Array.of(2),
    );
    const gift = collectInteractions({ ...twice, own: Float32Array.of(0, 0, 0.5) });
    expect([...gift.weight, ...gift.orders]).toEqual([0.5, 1]);
    expect([...gift.own, ...gift.lastOwn]).toEqual([0.5, 0.5]);
    const later = collectInteractions({ ...twice, own: Float32Array.of(0, 1, 0.25) });
    expect([...later.own, ...later.lastOwn]).toEqual([0.5, 0.25]);
    expect([...collectInteractions(twice).own, ...collectInteractions(twice).lastOwn]).toEqual([1, 1]);
    expect(collectInteractions({ ...twice, own: new Float32Array(3) }).item.length).toBe(0);
  });

  it('takes what is empty, and very many items or lines of one pair', () => {
    const none = {
      people: 0,
      items: 0,
      person: new Uint32Array(0),
      item: new Uint32Array(0),
      atMs: new Float64Array(0),
    };
    expect(collectInteractions(none, { halfLifeDays: 1 }).start).toEqual(Uint32Array.of(0));
    const wide = collectInteractions({
      ...none,
      people: 1,
      items: 1e6,
      person: new Uint32Array(2),
      item: Uint32Array.of(999_999, 0),
      atMs: new Float64Array(2),
    });
    expect(wide.item).toEqual(Uint32Array.of(0, 999_999));
    const n = 100_000;
    const atMs = Float64Array.from({ length: n }, (_, k) => (k * 7919) % n);
    const deep = collectInteractions({
      ...none,
      people: 1,
      items: 1,
      person: new Uint32Array(n),
      item: new Uint32Array(n),
      atMs,
    });
    expect([...deep.orders, ...deep.weight, ...deep.firstAtMs, ...deep.lastAtMs]).toEqual([n, n, 0, n - 1]);
  });

  it('does what the plain rules do for one person and item with very many orders', () => {
    const events = randomEvents({ people: 1, items: 1, events: 6000, seed: 3, returns: 0.3 });
    // Order numbers that are used again, on other days.
    for (let k = 0; k < 6000; k++) events.order[k] = k % 4201;
    const [expected] = naive(events, { by: 'weights' });
    const found = collectInteractions(events, { by: 'weights' });
    expect([...found.orders, ...found.firstAtMs, ...found.lastAtMs]).toEqual([
      expected?.orders,
      expected?.first,
      expected?.last,
    ]);
    expect((found.weight[0] as number) / (expected?.weight ?? 0)).toBeCloseTo(1, 10);
    const shuffled = shuffledEvents(events, createRandom('deep'));
    expect(collectInteractions(shuffled, { by: 'weights' })).toEqual(found);
  });

  it('joins nobody’s orders by a number that two people, or two items, share', () => {
    const events = eventsOf([
      [0, 0, 1],
      [1, 0, 2],
      [0, 1, 3],
      [0, 0, 4, -1],
    ]);
    const found = collectInteractions({ ...events, order: new Uint32Array(4) }, { by: 'weights' });
    // Bought and returned in order 0: nothing is left of the pair; the others know nothing of it.
    expect([...found.start]).toEqual([0, 1, 2]);
    expect([...found.item, ...found.weight]).toEqual([1, 0, 1, 1]);
  });

  it('is a number for any numbers: far instants, endless half-lives, zero and tiny weights', () => {
    const far = eventsOf([
      [0, 0, -1e290],
      [0, 1, 1e290],
      [1, 2, 0, 0],
      [1, 1, 0, 5e-324],
    ]);
    for (const halfLifeDays of [5e-324, 1, 1e308]) {
      const found = collectInteractions(far, { halfLifeDays, by: 'weights' });
      expect([...found.weight].every((weight) => weight > 0 && weight <= 1)).toBe(true);
      expect([...found.item]).not.toContain(2);
    }
  });

  it('says where it is, never going back, and stops', () => {
    const events = randomEvents({ people: 500, items: 300, events: 50_000, seed: 2 });
    const told: number[] = [];
    collectInteractions(events, {}, ({ done }) => void told.push(done));
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    for (const at of [1, 5, told.length]) {
      let words = 0;
      const stop = () => (++words === at ? ('stop' as const) : undefined);
      expect(() => collectInteractions(events, {}, stop)).toThrow(
        expect.objectContaining({ code: 'cancelled' }),
      );
    }
    // One pair of very many lines is no silence either.
    const deep = randomEvents({ people: 1, items: 1, events: 50_000, seed: 2 });
    let words = 0;
    collectInteractions(deep, {}, () => void (words += 1));
    expect(words).toBeGreaterThan(told.length);
  });

  it.each<[string, TasteEvents, CollectSettings?]>([
    ['out_of_range', { ...eventsOf([]), people: 2 ** 33 }],
    ['negative_count', { ...eventsOf([]), items: 0.5 }],
    ['nan', { ...eventsOf([]), items: Number.NaN }],
    ['out_of_range', { ...eventsOf([[0, 0]]), person: Int32Array.of(-1) as unknown as Uint32Array }],
    ['out_of_range', { ...eventsOf([[0, 0]]), item: Float64Array.of(Number.NaN) as unknown as Uint32Array }],
    ['length_mismatch', { ...eventsOf([[0, 0]]), item: new Uint32Array(2) }],
    ['out_of_range', eventsOf([[2, 0]])],
    ['out_of_range', eventsOf([[0, 3]])],
    ['nan', eventsOf([[0, 0, Number.NaN]])],
    ['not_finite', eventsOf([[0, 0, 0, Number.NEGATIVE_INFINITY]])],
    [
      'not_finite',
      eventsOf([
        [0, 0, 0, 1e308],
        [0, 0, 0, 1e308],
      ]),
    ],
    ['probability_out_of_range', { ...eventsOf([[0, 0]]), own: Float32Array.of(Number.NaN) }],
    ['probability_out_of_range', { ...eventsOf([[0, 0]]), own: Float32Array.of(1.5) }],
    ['negative_count', { ...eventsOf([]), people: -1 }],
    ['out_of_range', eventsOf([[0, 0]]), { halfLifeDays: 0 }],
    ['nan', eventsOf([[0, 0]]), { nowMs: Number.NaN }],
  ])('refuses with %s', (code, events, settings = {}) => {
    expect(() => collectInteractions(events, settings)).toThrow(expect.objectContaining({ code }));
  });
});

describe('views', () => {
  const events = randomEvents({ people: 40, items: 30, events: 800, seed: 5 });
  const interactions = collectInteractions(events);

  it('byItem is the transpose', () => {
    const { start, person, weight, pair } = byItem(interactions);
    const cells: string[] = [];
    for (let i = 0; i < 30; i++)
      for (let c = start[i] as number; c < (start[i + 1] as number); c++) {
        expect(interactions.item[pair[c] as number]).toBe(i);
        expect(weight[c]).toBe(interactions.weight[pair[c] as number]);
        cells.push(`${person[c]}/${i}`);
      }
    const expected: string[] = [];
    for (let u = 0; u < 40; u++)
      for (const item of historyOf(interactions, u).item) expected.push(`${u}/${item}`);
    expect(cells.toSorted()).toEqual(expected.toSorted());
    expect(() => historyOf(interactions, 40)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
  });

  it('splitByTime loses nothing and mixes nothing', () => {
    const { before, after } = splitByTime(events, 150 * DAY_MS);
    expect(before.atMs.every((at) => at < 150 * DAY_MS)).toBe(true);
    expect(after.atMs.every((at) => at >= 150 * DAY_MS)).toBe(true);
    expect(before.person.length + after.person.length).toBe(800);
    const sum = (column: ArrayLike<number>) => Array.from(column).reduce((a, b) => a + b, 0);
    for (const name of ['person', 'item', 'weight', 'order', 'own'] as const)
      expect(sum(before[name] ?? []) + sum(after[name] ?? [])).toBeCloseTo(sum(events[name]), 6);
    expect(() => splitByTime({ ...events, item: new Uint32Array(1) }, 0)).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
  });
});
