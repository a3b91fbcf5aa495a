import { describe, expect, it } from 'vitest';
import { randomEvents } from '../../../testing/random-events.ts';
import { isEngineError } from '../../errors/index.ts';
import {
  collectInteractions,
  historyOf,
  type TasteEvents,
  type TasteHistory,
} from '../interactions/index.ts';
import {
  contentModel,
  contentTaste,
  easeTaste,
  fallbackTaste,
  fitEase,
  fitFallback,
  fitIals,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  fitSequence,
  ialsTaste,
  linkTaste,
  popularityTaste,
  rebuyTaste,
  sequenceTaste,
  type TasteModel,
} from './index.ts';

const ITEMS = 20;
/** In the catalogue, never sold. */
const NEVER_SOLD = ITEMS - 1;
const NOW = 300 * 86_400_000;
const events: TasteEvents = {
  ...randomEvents({ people: 40, items: NEVER_SOLD, events: 600, seed: 4, returns: 0.05 }),
  items: ITEMS,
};
const interactions = collectInteractions(events);
const binary = collectInteractions(events, { binary: true });
const category = { of: Uint32Array.from({ length: ITEMS }, (_, i) => i % 3), count: 3 };
const ials = ialsTaste(fitIals(interactions, { factors: 4 }));
const content = contentTaste(
  contentModel({
    items: ITEMS,
    category: { tree: { parent: Int32Array.of(-1, 0, 0) }, node: Int32Array.from(category.of) },
    price: Float64Array.from({ length: ITEMS }, (_, i) => (i === 5 ? 0 : 1 + i)),
  }),
);
const fallback = fitFallback({ main: ials, content, interactions });

const models: readonly (readonly [string, TasteModel])[] = [
  ['ease', easeTaste(fitEase(binary, { l2: 5 }))],
  ['ease by weights', easeTaste(fitEase(interactions, { l2: 5 }))],
  ['item_knn', linkTaste(fitItemKnn(interactions))],
  ['rp3beta', linkTaste(fitRp3beta(interactions))],
  ['popularity', popularityTaste(fitPopularity(interactions, { category }), { categoryLift: 2 })],
  ['rebuy', rebuyTaste(fitRebuy(interactions))],
  ['rebuy when due', rebuyTaste(fitRebuy(interactions), { whenDue: true })],
  ['rebuy by orders', rebuyTaste(fitRebuy(interactions), { by: 'orders' })],
  ['ials', ials],
  ['ials by weight', ialsTaste(fitIals(interactions, { factors: 4, confidence: 'weight' }))],
  ['sequence', sequenceTaste(fitSequence(events))],
  ['content', content],
  ['fallback', fallbackTaste(fallback, { main: ials, content })],
];

const past = (item: readonly number[], weight: readonly number[], own?: readonly number[]): TasteHistory => ({
  item: Uint32Array.from(item),
  weight: Float64Array.from(weight),
  ...(own && { own: Float64Array.from(own), lastOwn: Float64Array.from(own) }),
  firstAtMs: Float64Array.from(item, (_, k) => 1e9 * k),
  lastAtMs: Float64Array.from(item, (_, k) => 1e9 * k + 1e8),
  orders: new Uint32Array(item.length).fill(2),
});

const pasts: Readonly<Record<string, TasteHistory>> = {
  'nothing bought': past([], []),
  'one item': past([3], [1]),
  'an item never sold': past([NEVER_SOLD], [1]),
  'one item and one never sold': past([3, NEVER_SOLD], [1, 1]),
  'weights of 0': past([3, 4], [0, 0]),
  'nothing but gifts': past([3, 4], [0, 0], [0, 0]),
  'gifts that kept their weight': past([3, 4], [1, 2], [0, 0]),
  'an item twice': past([3, 3], [1, 2]),
  'all items': past(
    [...Array(ITEMS).keys()],
    Array.from({ length: ITEMS }, (_, k) => k + 1),
  ),
  'weights 10^20 apart': past([3, 4, 6], [1e20, 1, 1]),
  'huge weights': past([3, 4], [1e100, 1e100]),
  'weights beyond sums': past([3, 4], [1.7e308, 1.7e308]),
  'the smallest weights': past([3, 4], [5e-324, 5e-324]),
  'a weight below 0': past([3, 5], [-1, 2]),
};

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (isEngineError(error)) return error.code;
    throw error;
  }
};

describe.each(models)('%s', (name, taste) => {
  it.each(Object.entries(pasts))('explains what it says of %s, or refuses both by name', (_, history) => {
    const out = new Float64Array(ITEMS).fill(Number.NaN);
    const refused = codeOf(() => taste.score(history, out, NOW));
    for (let item = 0; item < ITEMS; item++) {
      if (refused !== undefined) {
        // An item that the model has never seen needs no equations.
        const why = codeOf(() => taste.explain?.(history, item, NOW));
        expect([refused, ...(item === NEVER_SOLD ? [undefined] : [])], `item ${item}`).toContain(why);
        continue;
      }
      const found = taste.explain?.(history, item, NOW);
      if (!found) throw new Error(`${name} has no explanation`);
      const { score, base, parts } = found;
      const size = parts.reduce((sum, { contribution }) => sum + Math.abs(contribution), Math.abs(base));
      const sum = parts.reduce((total, { contribution }) => total + contribution, base);
      expect(out[item]).toSatisfy(Number.isFinite);
      expect(Math.abs(sum - (out[item] as number)), `item ${item}`).toBeLessThanOrEqual(1e-9 * size);
      expect(Math.abs(score - (out[item] as number)), `item ${item}`).toBeLessThanOrEqual(1e-9 * size);
      for (const part of parts) expect(history.item).toContain(part.item);
    }
  });

  it('says nothing of a past from nothing', () => {
    const empty = taste.explain?.(past([], []), 3, NOW);
    expect(empty?.parts).toEqual([]);
    expect(empty?.score).toBe(empty?.base);
  });
});

describe('RP3beta of people with nothing but gifts', () => {
  const own = Float32Array.from(events.person, (person, k) => (person < 10 ? 0 : (events.own?.[k] ?? 1)));
  const given = collectInteractions({ ...events, own });
  const kept = [...events.person.keys()].filter((k) => (events.person[k] as number) >= 10);
  const only = <T extends Uint32Array | Float64Array | Float32Array>(column: T): T =>
    column.filter((_, k) => (events.person[k] as number) >= 10) as T;
  const without = collectInteractions({
    ...events,
    person: only(events.person),
    item: only(events.item),
    atMs: only(events.atMs),
    ...(events.weight && { weight: only(events.weight) }),
    ...(events.order && { order: only(events.order) }),
    own: only(own),
  });

  it('learns nothing from them, whether their pairs are gone or weigh nothing', () => {
    expect(kept.length).toBeLessThan(events.person.length - 50);
    const links = fitRp3beta(without);
    expect(links.item.length).toBeGreaterThan(0);
    expect(fitRp3beta(given)).toEqual(links);
    // Every pair is there, those of the first ten people without weight.
    const mine = collectInteractions({ ...events, own: Float32Array.from(own, (share) => share || 1) });
    const first = mine.start[10] as number;
    const weightless = { ...mine, weight: mine.weight.map((weight, p) => (p < first ? 0 : weight)) };
    expect(fitRp3beta(weightless)).toEqual(links);
    const nobody = { ...mine, weight: mine.weight.map(() => 0) };
    expect(fitRp3beta(nobody).item.length).toBe(0);
  });

  it('says 0 of everything to them: no answer, not a guess', () => {
    const taste = linkTaste(fitRp3beta(given));
    for (const history of [historyOf(given, 3), pasts['nothing but gifts'] as TasteHistory]) {
      const out = new Float64Array(ITEMS).fill(1);
      taste.score(history, out);
      expect(out.every((score) => score === 0)).toBe(true);
      expect(taste.explain?.(history, 2)).toEqual({ score: 0, base: 0, parts: [] });
    }
  });

  it('refuses weights below 0', () => {
    const odd = { ...interactions, weight: interactions.weight.with(0, -1) };
    expect(codeOf(() => fitRp3beta(odd))).toBe('negative_weight');
    expect(codeOf(() => fitRp3beta({ ...odd, weight: odd.weight.with(0, Number.NaN) }))).toBe(
      'negative_weight',
    );
  });
});
