import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomEvents, shuffledEvents } from '../../../testing/random-events.ts';
import type { Watch } from '../../fitting/index.ts';
import { createRandom } from '../../random/index.ts';
import {
  collectInteractions,
  historyOf,
  type Interactions,
  type TasteHistory,
} from '../interactions/index.ts';
import {
  easeTaste,
  fitEase,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  linkTaste,
  loadEase,
  loadLinks,
  loadPopularity,
  loadRebuy,
  popularityTaste,
  rebuyTaste,
  saveEase,
  saveLinks,
  savePopularity,
  saveRebuy,
  type TasteModel,
} from './index.ts';

interface Fitted {
  readonly taste: TasteModel;
  readonly save: () => Uint8Array;
}

interface Kind {
  readonly name: string;
  readonly fit: (interactions: Interactions, watch?: Watch) => Fitted;
  readonly load: (bytes: Uint8Array) => TasteModel;
}

const groupsOf = (length: number) => ({ of: Uint32Array.from({ length }, (_, k) => k % 3), count: 3 });

const kinds: readonly Kind[] = [
  {
    name: 'ease',
    fit: (interactions, watch) => {
      const model = fitEase(interactions, { l2: 5 }, watch);
      return { taste: easeTaste(model), save: () => saveEase(model) };
    },
    load: (bytes) => easeTaste(loadEase(bytes)),
  },
  {
    name: 'ease in f32',
    fit: (interactions, watch) => {
      const model = fitEase(interactions, { l2: 200, precision: 'f32', threads: 2 }, watch);
      return { taste: easeTaste(model), save: () => saveEase(model) };
    },
    load: (bytes) => easeTaste(loadEase(bytes)),
  },
  {
    name: 'item_knn',
    fit: (interactions, watch) => {
      const model = fitItemKnn(interactions, { neighbours: 4 }, watch);
      return { taste: linkTaste(model), save: () => saveLinks(model) };
    },
    load: (bytes) => linkTaste(loadLinks(bytes, 'item_knn')),
  },
  {
    name: 'rp3beta',
    fit: (interactions, watch) => {
      const model = fitRp3beta(interactions, { neighbours: 4 }, watch);
      return { taste: linkTaste(model), save: () => saveLinks(model) };
    },
    load: (bytes) => linkTaste(loadLinks(bytes, 'rp3beta')),
  },
  {
    name: 'popularity',
    fit: (interactions, watch) => {
      const settings = {
        category: groupsOf(interactions.items),
        region: groupsOf(interactions.people),
        windowDays: 90,
      };
      const model = fitPopularity(interactions, settings, watch);
      return {
        taste: popularityTaste(model, { region: 1, categoryLift: 2 }),
        save: () => savePopularity(model),
      };
    },
    load: (bytes) => popularityTaste(loadPopularity(bytes), { region: 1, categoryLift: 2 }),
  },
  {
    name: 'rebuy',
    fit: (interactions, watch) => {
      const model = fitRebuy(interactions, { category: groupsOf(interactions.items) }, watch);
      return { taste: rebuyTaste(model, { whenDue: true }), save: () => saveRebuy(model) };
    },
    load: (bytes) => rebuyTaste(loadRebuy(bytes), { whenDue: true }),
  },
];

const shape = { people: 60, items: 40, events: 1500, seed: 3, returns: 0.1 };
const events = randomEvents(shape);
const interactions = collectInteractions(events);

const scoresOf = (taste: TasteModel, history: TasteHistory): Float64Array => {
  const out = new Float64Array(taste.items).fill(Number.NaN);
  taste.score(history, out);
  return out;
};

const empty = (people: number, items: number): Interactions =>
  collectInteractions({
    people,
    items,
    person: new Uint32Array(0),
    item: new Uint32Array(0),
    atMs: new Float64Array(0),
  });

const single = (items: number, item: number): Interactions =>
  collectInteractions({
    people: 1,
    items,
    person: Uint32Array.of(0),
    item: Uint32Array.of(item),
    atMs: Float64Array.of(5),
  });

describe.each(kinds)('$name', ({ fit, load }) => {
  const { taste, save } = fit(interactions);

  it('explains every score exactly', () => {
    for (let person = 0; person < shape.people; person++) {
      const history = historyOf(interactions, person);
      const scores = scoresOf(taste, history);
      for (let item = 0; item < shape.items; item++) {
        const found = taste.explain?.(history, item);
        if (found === undefined) throw new Error('no explanation');
        const { base, parts } = found;
        const size = parts.reduce((sum, { contribution }) => sum + Math.abs(contribution), Math.abs(base));
        const sum = parts.reduce((total, { contribution }) => total + contribution, base);
        expect(Math.abs(sum - (scores[item] as number))).toBeLessThanOrEqual(1e-12 * size);
        expect(Math.abs(found.score - (scores[item] as number))).toBeLessThanOrEqual(1e-12 * size);
        expect(parts.map(({ contribution }) => contribution)).toEqual(
          parts.map(({ contribution }) => contribution).toSorted((a, b) => b - a),
        );
        for (const part of parts) expect(history.item).toContain(part.item);
      }
    }
  });

  it('is the same to the last bit after saving and loading, and refuses damaged bytes', () => {
    const bytes = save();
    const again = load(bytes);
    for (let person = 0; person < shape.people; person++) {
      const history = historyOf(interactions, person);
      expect(scoresOf(again, history)).toEqual(scoresOf(taste, history));
      expect(again.explain?.(history, 3)).toEqual(taste.explain?.(history, 3));
    }
    const damaged = bytes.slice();
    damaged[bytes.length - 9] = (damaged[bytes.length - 9] as number) ^ 4;
    expect(() => load(damaged)).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(() => load(bytes.subarray(0, 60))).toThrow(expect.objectContaining({ code: 'damaged' }));
    const other = kinds.find((kind) => !kind.name.startsWith(taste.kind)) as Kind;
    expect(() => other.load(bytes)).toThrow(expect.objectContaining({ code: 'version_mismatch' }));
  });

  it('does not depend on the order of the events', () => {
    const shuffled = collectInteractions(shuffledEvents(events, createRandom(8)));
    expect(fit(shuffled).save()).toEqual(save());
  });

  it('says where it is, never backwards, and stops when told', () => {
    const said: number[] = [];
    fit(interactions, ({ done }) => void said.push(done));
    expect(said.length).toBeGreaterThan(0);
    expect(said).toEqual(said.toSorted((a, b) => a - b));
    expect(said.at(-1)).toBeLessThanOrEqual(1);
    expect(() => fit(interactions, () => 'stop')).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });

  it.each([
    [0, 0],
    [1, 1],
    [5, 0],
    [0, 5],
    [3, 100_000],
  ])('takes %i people and %i items without a single event', (people, items) => {
    const nobody = historyOf(empty(1, items), 0);
    const scores = scoresOf(fit(empty(Math.max(people, 0), items)).taste, nobody);
    expect(scores.every((score) => score === 0)).toBe(true);
  });

  it('takes one person and one item, and people without a past', () => {
    const one = single(1, 0);
    expect(scoresOf(fit(one).taste, historyOf(one, 0)).every(Number.isFinite)).toBe(true);
    expect(scoresOf(taste, historyOf(empty(1, shape.items), 0)).every(Number.isFinite)).toBe(true);
  });

  it('never writes anything but finite scores', () => {
    fc.assert(
      fc.property(
        fc.record({
          people: fc.integer({ min: 1, max: 8 }),
          items: fc.integer({ min: 1, max: 12 }),
          events: fc.integer({ min: 0, max: 60 }),
          seed: fc.nat(),
          returns: fc.constantFrom(0, 0.4),
        }),
        fc.constantFrom({}, { by: 'weights' } as const, { halfLifeDays: 1 }, { binary: true }),
        (small, settings) => {
          const pairs = collectInteractions(randomEvents(small), settings);
          const model = fit(pairs).taste;
          for (let person = 0; person < small.people; person++)
            for (const score of scoresOf(model, historyOf(pairs, person)))
              expect(score).toSatisfy(Number.isFinite);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('refuses what does not fit', () => {
    const history = historyOf(interactions, 0);
    const wide = historyOf(single(99, 98), 0);
    expect(() => taste.score(history, new Float64Array(3))).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
    expect(() => taste.score(wide, new Float64Array(shape.items))).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => taste.explain?.(history, shape.items)).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => taste.explain?.(wide, 0)).toThrow(expect.objectContaining({ code: 'out_of_range' }));
    const odd = { ...history, weight: history.weight.map(() => Number.NaN) };
    expect(() => taste.score(odd, new Float64Array(shape.items))).toThrow(
      expect.objectContaining({ code: 'nan' }),
    );
  });
});
