import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../../errors/index.ts';
import { createRandom } from '../../../random/index.ts';
import {
  collectInteractions,
  historyOf,
  type Interactions,
  type TasteHistory,
} from '../../interactions/index.ts';
import { fitIals, ialsTaste } from '../ials/index.ts';
import type { TasteModel } from '../model.ts';
import {
  contentModel,
  contentTaste,
  fallbackTaste,
  fitFallback,
  type ItemFeatures,
  likenessBetween,
  loadContent,
  loadFallback,
  saveContent,
  saveFallback,
} from './index.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const past = (items: readonly number[], weights = items.map(() => 1)): TasteHistory => ({
  item: Uint32Array.from(items),
  weight: Float64Array.from(weights),
  firstAtMs: new Float64Array(items.length),
  lastAtMs: new Float64Array(items.length),
  orders: new Uint32Array(items.length).fill(1),
});

const scoresOf = (model: TasteModel, history: TasteHistory): Float64Array => {
  const out = new Float64Array(model.items).fill(Number.NaN);
  model.score(history, out);
  return out;
};

/** 0 drinks, 1 tea, 2 green tea, 3 coffee, 4 (another root) tools. */
const tree = { parent: Int32Array.of(-1, 0, 1, 0, -1) };
const textOf = (rows: readonly (readonly number[])[]) => ({
  terms: 50,
  start: Uint32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)]),
  term: Uint32Array.from(rows.flat()),
  weight: new Float32Array(rows.flat().length).fill(2),
});

const features: ItemFeatures = {
  items: 6,
  category: { tree, node: Int32Array.of(1, 2, 3, 4, 1, -1) },
  price: Float64Array.of(4, 4, 8, 4, 0, 0),
  text: textOf([[1, 2], [1, 2, 3, 4], [5], [6], [], []]),
};

describe('likeness', () => {
  it('is by common path, common words and price, by hand', () => {
    const model = contentModel(features, { categoryShare: 0.5, textShare: 0.3, priceShare: 0.2 });
    const tea = likenessBetween(model, 0, 1);
    // Tea (depth 2) and green tea (3) share 2 levels; two of four words; the same price.
    expect(tea.category).toBeCloseTo(0.5 * ((2 * 2) / 5), 12);
    expect(tea.text).toBeCloseTo((0.3 * 2) / Math.sqrt(2 * 4), 6);
    expect(tea.price).toBeCloseTo(0.2, 12);
    expect(tea.similarity).toBeCloseTo(tea.category + tea.text + tea.price, 12);
    const coffee = likenessBetween(model, 0, 2);
    expect(coffee).toMatchObject({ category: 0.5 * 0.5, text: 0 });
    expect(coffee.price).toBeCloseTo(0.2 / 2, 12);
    expect(likenessBetween(model, 0, 3).category).toBe(0);
    // Of item 4 only the category is known: it is all of its likeness. Of item 5 nothing is.
    expect(likenessBetween(model, 0, 4).similarity).toBe(1);
    expect(likenessBetween(model, 0, 5).similarity).toBe(0);
    expect(likenessBetween(model, 0, 0).similarity).toBeCloseTo(1, 6);
  });

  it('scores and explains the same, for any features and past', () => {
    const random = createRandom(4);
    const items = 30;
    const some: ItemFeatures = {
      items,
      category: { tree, node: Int32Array.from({ length: items }, () => random.integer(-1, 4)) },
      price: Float64Array.from({ length: items }, () => (random.chance(0.2) ? 0 : random.lognormal(2, 2))),
      text: textOf(
        Array.from({ length: items }, () =>
          random.shuffle([...Array(50).keys()]).slice(0, random.integer(0, 6)),
        ),
      ),
    };
    const taste = contentTaste(contentModel(some));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(items - 1), { maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.nat(items - 1),
        (chosen, weights, item) => {
          const history = past(chosen, weights.slice(0, chosen.length));
          const scores = scoresOf(taste, history);
          const explained = taste.explain?.(history, item);
          expect(explained?.score).toBeCloseTo(scores[item] as number, 9);
          expect(scores.every((score) => score >= 0 && score <= 1 + 1e-6)).toBe(true);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('saves and loads to the last bit', () => {
    const model = contentModel(features);
    const bytes = saveContent(model);
    expect(loadContent(bytes)).toEqual(model);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 4;
    expect(codeOf(() => loadContent(bytes))).toBe('damaged');
    for (const odd of [
      { node: model.node.map(() => 99) },
      { textStart: model.textStart.map((at, i) => (i === 1 ? 999 : at)) },
    ])
      expect(codeOf(() => loadContent(saveContent({ ...model, ...odd })))).toBe('damaged');
  });

  it('answers without any features, without items, for a million, and says what is wrong', () => {
    expect([...scoresOf(contentTaste(contentModel({ items: 2 })), past([0]))]).toEqual([0, 0]);
    expect(scoresOf(contentTaste(contentModel({ items: 0 })), past([])).length).toBe(0);
    const many = contentModel({ items: 1_000_000, price: new Float64Array(1_000_000).fill(3) });
    expect(scoresOf(contentTaste(many), past([7]))[999_999]).toBe(1);
    expect(codeOf(() => contentModel({ items: 1, price: Float64Array.of(Number.NaN) }))).toBe('nan');
    expect(codeOf(() => contentModel({ items: 1, price: Float64Array.of(-1) }))).toBe('out_of_range');
    expect(codeOf(() => contentModel({ items: 2, price: Float64Array.of(1) }))).toBe('length_mismatch');
    const loop = { tree: { parent: Int32Array.of(1, 0) }, node: Int32Array.of(0) };
    expect(codeOf(() => contentModel({ items: 1, category: loop }))).toBe('out_of_range');
    expect(codeOf(() => contentModel({ ...features, text: { ...textOf([[60], [], [], [], [], []]) } }))).toBe(
      'out_of_range',
    );
    expect(codeOf(() => contentModel(features, { priceFactor: 1 }))).toBe('out_of_range');
    expect(codeOf(() => scoresOf(contentTaste(contentModel(features)), past([1], [-1])))).toBe(
      'negative_weight',
    );
  });
});

/** 300 people of three tastes, 60 items in three categories; the last six items are new, and nobody has them. */
const shop = () => {
  const random = createRandom(9);
  const person: number[] = [];
  const item: number[] = [];
  for (let u = 0; u < 300; u++)
    for (let i = 0; i < 54; i++)
      if (random.chance(u % 3 === i % 3 ? 0.3 : 0.03)) {
        person.push(u);
        item.push(i);
      }
  const interactions = collectInteractions({
    people: 300,
    items: 60,
    person: Uint32Array.from(person),
    item: Uint32Array.from(item),
    atMs: new Float64Array(person.length),
  });
  const content = contentTaste(
    contentModel({
      items: 60,
      category: {
        tree: { parent: Int32Array.of(-1, -1, -1) },
        node: Int32Array.from({ length: 60 }, (_, i) => i % 3),
      },
    }),
  );
  return { interactions, content, main: ialsTaste(fitIals(interactions, { factors: 8, epochs: 8 })) };
};

describe('the fallback', () => {
  const { interactions, content, main } = shop();
  const input: { interactions: Interactions; content: TasteModel; main: TasteModel } = {
    interactions,
    content,
    main,
  };
  const model = fitFallback(input, { evidence: 5 });
  const taste = fallbackTaste(model, input);

  it('believes by evidence, n / (n + k)', () => {
    const people = interactions.item.filter((item) => item === 4).length;
    expect(model.belief[4]).toBe(people / (people + 5));
    expect(model.belief[59]).toBe(0);
    expect(model.slope).toBeGreaterThan(0);
  });

  it('learns the line from items that people do not have, by least squares', () => {
    const rows: (readonly [weight: number, x: number, y: number])[] = [];
    for (let person = 0; person < interactions.people; person++) {
      const history = historyOf(interactions, person);
      const x = scoresOf(content, history);
      const y = scoresOf(main, history);
      for (let i = 0; i < 60; i++)
        if (!history.item.includes(i)) rows.push([model.belief[i] as number, x[i] as number, y[i] as number]);
    }
    const sum = (of: (row: readonly [number, number, number]) => number): number =>
      rows.reduce((total, row) => total + of(row), 0);
    const n = sum(([w]) => w);
    const meanX = sum(([w, x]) => w * x) / n;
    const meanY = sum(([w, , y]) => w * y) / n;
    const slope = sum(([w, x, y]) => w * (x - meanX) * (y - meanY)) / sum(([w, x]) => w * (x - meanX) ** 2);
    expect(model.slope).toBeCloseTo(slope, 9);
    expect(model.intercept).toBeCloseTo(meanY - slope * meanX, 9);
  });

  it('ranks a new item where items of its kind are, for who likes the kind', () => {
    const scores = scoresOf(taste, historyOf(interactions, 1));
    const mean = (from: number, to: number, kind: number): number => {
      const of = [...scores.subarray(from, to)].filter((_, k) => (from + k) % 3 === kind);
      return of.reduce((a, b) => a + b, 0) / of.length;
    };
    // New items of kind 1 above new and old ones of the other kinds; main alone gives them 0.
    expect(mean(54, 60, 1)).toBeGreaterThan(Math.max(mean(54, 60, 0), mean(54, 60, 2), mean(0, 54, 0)) * 1.5);
    expect(scoresOf(main, historyOf(interactions, 1))[58]).toBe(0);
    // In the midst of what is known of the kind, not above it.
    expect(mean(54, 60, 1)).toBeLessThan(Math.max(...scores));
  });

  it('explains exactly, and saves', () => {
    for (const person of [0, 7, 100])
      for (const item of [0, 5, 58]) {
        const history = historyOf(interactions, person);
        const explained = taste.explain?.(history, item);
        const sum = explained?.parts.reduce(
          (total, { contribution }) => total + contribution,
          explained.base,
        );
        expect(sum).toBeCloseTo(scoresOf(taste, history)[item] as number, 10);
        expect(explained?.score).toBeCloseTo(sum as number, 12);
      }
    expect(loadFallback(saveFallback(model))).toEqual(model);
    expect(codeOf(() => loadFallback(saveFallback(model).slice(1)))).toBe('version_mismatch');
  });

  it('does not listen to content that tells nothing, stands nobody, and stops', () => {
    const silent = contentTaste(contentModel({ items: 60 }));
    expect(fitFallback({ ...input, content: silent }).slope).toBe(0);
    const none = collectInteractions({
      people: 0,
      items: 60,
      person: new Uint32Array(0),
      item: new Uint32Array(0),
      atMs: new Float64Array(0),
    });
    expect(fitFallback({ ...input, interactions: none })).toMatchObject({ slope: 0, intercept: 0 });
    expect(codeOf(() => fitFallback(input, {}, () => 'stop'))).toBe('cancelled');
    expect(codeOf(() => fitFallback(input, { evidence: 0 }))).toBe('out_of_range');
    expect(codeOf(() => fitFallback({ ...input, content: contentTaste(contentModel({ items: 3 })) }))).toBe(
      'length_mismatch',
    );
  });
});
