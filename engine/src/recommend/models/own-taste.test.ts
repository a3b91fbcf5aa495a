import { describe, expect, it } from 'vitest';
import { randomEvents, shuffledEvents } from '../../../testing/random-events.ts';
import { createRandom } from '../../random/index.ts';
import {
  type CollectSettings,
  collectInteractions,
  historyOf,
  type TasteEvents,
  type TasteHistory,
} from '../interactions/index.ts';
import {
  contentModel,
  contentTaste,
  easeTaste,
  fitEase,
  fitIals,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  fitSequence,
  foldInItem,
  ialsTaste,
  linkTaste,
  popularityTaste,
  rebuyTaste,
  sequenceTaste,
  type TasteModel,
} from './index.ts';

const DAY = 86_400_000;
const ITEMS = 6;
const GIFT = 3;
const TARGET = 0;
const NOW = 40 * DAY;

type Line = readonly [person: number, item: number, day: number, own?: number];

const eventsOf = (people: number, lines: readonly Line[]): TasteEvents => ({
  people,
  items: ITEMS,
  person: Uint32Array.from(lines, ([person]) => person),
  item: Uint32Array.from(lines, ([, item]) => item),
  atMs: Float64Array.from(lines, ([, , day]) => day * DAY),
  own: Float32Array.from(lines, ([, , , own = 1]) => own),
});

/** Two tastes, {0, 1, 2} and {3, 4, 5}, and six people who buy 3, once or twice, as a gift or not, and then 0. */
const shop = (own: number | undefined, again = false): TasteEvents => {
  const lines: Line[] = [];
  for (let u = 0; u < 20; u++)
    for (let k = 0; k < 3; k++) lines.push([u, (u < 10 ? 0 : 3) + k, (u % 5) + 7 * ((u + k) % 3)]);
  for (let u = 20; u < 26; u++) {
    if (own !== undefined) lines.push([u, GIFT, 0, own]);
    if (own !== undefined && again) lines.push([u, GIFT, 5, own]);
    lines.push([u, TARGET, 6], [u, 1, 8]);
  }
  return eventsOf(26, lines);
};

const category = { of: Uint32Array.of(0, 0, 0, 1, 1, 1), count: 2 };

interface Kind {
  readonly name: string;
  readonly collect?: CollectSettings;
  /** What the gift speaks for: of the other taste in the shop, or its like. */
  readonly target?: number;
  /** Learns from what is bought twice. */
  readonly again?: boolean;
  readonly fit: (events: TasteEvents, collect?: CollectSettings) => TasteModel;
}

const kinds: readonly Kind[] = [
  {
    name: 'ease',
    collect: { binary: true },
    fit: (events, collect) => easeTaste(fitEase(collectInteractions(events, collect), { l2: 2 })),
  },
  {
    name: 'item_knn',
    collect: { binary: true },
    fit: (events, collect) => linkTaste(fitItemKnn(collectInteractions(events, collect))),
  },
  {
    name: 'rp3beta',
    collect: { binary: true },
    fit: (events, collect) => linkTaste(fitRp3beta(collectInteractions(events, collect))),
  },
  {
    name: 'ials one',
    fit: (events) => ialsTaste(fitIals(collectInteractions(events), { factors: 4 })),
  },
  {
    name: 'ials weight',
    fit: (events) => ialsTaste(fitIals(collectInteractions(events), { factors: 4, confidence: 'weight' })),
  },
  { name: 'sequence', fit: (events) => sequenceTaste(fitSequence(events)) },
  {
    name: 'rebuy',
    target: GIFT,
    again: true,
    fit: (events) => rebuyTaste(fitRebuy(collectInteractions(events), { nowMs: NOW, itemDays: 100 })),
  },
];

const scoreOf = (taste: TasteModel, history: TasteHistory, item: number): number => {
  const out = new Float64Array(ITEMS);
  taste.score(history, out, NOW);
  return out[item] as number;
};

const onePast = (lines: readonly Line[], collect?: CollectSettings): TasteHistory =>
  historyOf(collectInteractions(eventsOf(1, lines), collect), 0);

describe('what is learned from a gift', () => {
  it.each(kinds)(
    'of $name lies between own taste and nothing',
    ({ fit, collect, again, target = TARGET }) => {
      const past = onePast([[0, GIFT, 30]]);
      const [mine, half, gift, without] = [1, 0.5, 0, undefined].map((own) =>
        scoreOf(fit(shop(own, again), collect), past, target),
      ) as [number, number, number, number];
      expect(gift).toBe(without);
      expect(mine).toBeGreaterThan(half * 1.001);
      expect(half).toBeGreaterThan(gift * 1.001);
    },
  );

  it('nothing stays of it as its share of own taste falls to 0', () => {
    const past = onePast([[0, GIFT, 30]]);
    for (const { fit, collect, again, target = TARGET } of kinds) {
      const [tiny, gift] = [1e-6, 0].map((own) => scoreOf(fit(shop(own, again), collect), past, target)) as [
        number,
        number,
      ];
      expect(Math.abs(tiny - gift)).toBeLessThan(1e-3 * Math.abs(gift) + 1e-4);
    }
  });

  it('takes its part of the voice of a step', () => {
    const scores = [0, 1e-9, 0.5, 1].map((own) => {
      const lines = [0, 1, 2, 3].flatMap((u): Line[] => [
        [u, 1, 0],
        [u, GIFT, 0, own],
        [u, TARGET, 1],
      ]);
      return scoreOf(sequenceTaste(fitSequence(eventsOf(4, lines))), onePast([[0, 1, 30]]), TARGET);
    }) as [number, number, number, number];
    expect(scores[1]).toBeCloseTo(scores[0], 8);
    expect(scores[2]).toBeLessThan(scores[1] * 0.99);
    expect(scores[3]).toBeLessThan(scores[2] * 0.99);
  });

  it('is, for popularity, as much as from anything that is sold', () => {
    const buyers = (own: number) => [...fitPopularity(collectInteractions(shop(own))).buyers];
    expect(buyers(0.5)).toEqual(buyers(1));
    expect(
      fitPopularity(collectInteractions({ ...shop(0), own: shop(1).own as Float32Array })).buyers,
    ).toEqual(Uint32Array.from(buyers(1)));
  });
});

const scorers: readonly Kind[] = [
  ...kinds,
  {
    name: 'content',
    fit: () =>
      contentTaste(
        contentModel({
          items: ITEMS,
          category: { tree: { parent: Int32Array.of(-1, -1) }, node: Int32Array.from(category.of) },
        }),
      ),
  },
  {
    name: 'popularity by category',
    fit: (events) =>
      popularityTaste(fitPopularity(collectInteractions(events), { category }), { categoryLift: 2 }),
  },
];

describe('what a gift in the past says', () => {
  it.each(scorers)('to $name lies between own taste and nothing', ({ name, fit, collect, again, target }) => {
    const taste = fit(shop(1, again), collect);
    const item = target ?? 4;
    for (const others of [[], [[0, 1, 30]]] as const) {
      const scores = [1, 0.5, 0, undefined].map((own) => {
        const lines: Line[] = own === undefined ? [...others] : [...others, [0, GIFT, 30, own]];
        const past = onePast(lines, collect);
        const score = scoreOf(taste, past, item);
        const why = taste.explain?.(past, item, NOW);
        expect(why?.score).toBeCloseTo(score, 9);
        expect(
          why?.parts.reduce((sum, { contribution }) => sum + contribution, why.base),
          name,
        ).toBeCloseTo(score, 9);
        return score;
      });
      const [mine, half, gift, without] = scores as [number, number, number, number];
      expect(gift).toBe(without);
      expect(mine).toBeGreaterThan(half + 1e-4);
      expect(half).toBeGreaterThan(gift + 1e-4);
    }
  });

  it('falls to nothing with its share of own taste', () => {
    for (const { name, fit, collect, again, target: item = 4 } of scorers) {
      const taste = fit(shop(1, again), collect);
      for (const others of [[], [[0, 1, 30]]] as const) {
        const tiny = scoreOf(taste, onePast([...others, [0, GIFT, 30, 1e-6]], collect), item);
        expect(Math.abs(tiny - scoreOf(taste, onePast(others, collect), item)), name).toBeLessThan(1e-4);
      }
    }
  });

  it('is the same as of old where all is own taste', () => {
    for (const { fit, collect } of scorers) {
      const taste = fit(shop(1), collect);
      const {
        own: _,
        lastOwn: __,
        ...old
      } = onePast(
        [
          [0, 1, 20],
          [0, GIFT, 30],
        ],
        collect,
      );
      const ones = { ...old, own: new Float64Array(2).fill(1), lastOwn: new Float64Array(2).fill(1) };
      for (let i = 0; i < ITEMS; i++) expect(scoreOf(taste, old, i)).toBe(scoreOf(taste, ones, i));
    }
  });

  it('of a thing bought for oneself, too: the latest purchase counts for what comes next, any for taste', () => {
    const past = onePast([
      [0, GIFT, 20],
      [0, GIFT, 30, 0.5],
    ]);
    expect([past.own?.[0], past.lastOwn?.[0]]).toEqual([1, 0.5]);
    const mine = onePast([
      [0, GIFT, 20],
      [0, GIFT, 30],
    ]);
    const sequence = sequenceTaste(fitSequence(shop(1)));
    expect(scoreOf(sequence, past, 0)).toBeCloseTo(scoreOf(sequence, mine, 0) / 2, 12);
    const ials = ialsTaste(fitIals(collectInteractions(shop(1)), { factors: 4 }));
    expect(scoreOf(ials, past, 4)).toBe(scoreOf(ials, mine, 4));
  });

  it('refuses shares that are none', () => {
    const past = onePast([[0, GIFT, 30]]);
    const taste = ialsTaste(fitIals(collectInteractions(shop(1)), { factors: 4 }));
    const out = new Float64Array(ITEMS);
    for (const own of [Float64Array.of(Number.NaN), Float64Array.of(1.1), Float64Array.of(-0.1)])
      for (const column of ['own', 'lastOwn'])
        expect(() => taste.score({ ...past, [column]: own }, out)).toThrow(/own/);
    expect(() => taste.score({ ...past, own: new Float64Array(0) }, out)).toThrow(/own/);
  });
});

describe('with gifts among the events', () => {
  const events = randomEvents({ people: 40, items: ITEMS, events: 400, seed: 5, returns: 0.05 });

  it('models do not depend on the order of the events', () => {
    const shuffled = shuffledEvents(events, createRandom(6));
    const past = historyOf(collectInteractions(events), 3);
    for (const { fit, collect } of kinds) {
      const [one, other] = [fit(events, collect), fit(shuffled, collect)];
      for (let i = 0; i < ITEMS; i++) expect(scoreOf(one, past, i)).toBe(scoreOf(other, past, i));
    }
  });

  it.each(['one', 'weight'] as const)('an item folded in is where iALS had it (%s)', (confidence) => {
    const interactions = collectInteractions(events);
    const model = fitIals(interactions, { factors: 4, epochs: 500, confidence });
    const buyers: TasteHistory[] = [];
    const own: number[] = [];
    const weights: number[] = [];
    for (let u = 0; u < interactions.people; u++) {
      const history = historyOf(interactions, u);
      const at = history.item.indexOf(4);
      if (at < 0) continue;
      buyers.push(history);
      own.push(history.own?.[at] as number);
      weights.push(history.weight[at] as number);
    }
    const news = { item: 4, buyers, weights: Float64Array.from(weights) };
    const far = (folded: { readonly itemFactors: Float32Array }): number =>
      Math.max(...folded.itemFactors.map((f, k) => Math.abs(f - (model.itemFactors[k] as number))));
    expect(own.some((share) => share < 0.9)).toBe(true);
    const with_ = far(foldInItem(model, { ...news, own: Float64Array.from(own) }));
    expect(with_).toBeLessThan(5e-3);
    expect(far(foldInItem(model, news))).toBeGreaterThan(2 * with_);
  });
});
