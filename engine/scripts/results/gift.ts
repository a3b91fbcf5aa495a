// Result tables of the gift model, as Markdown: node engine/scripts/results/gift.ts
// Gifts are planted: items of donors of near or far taste in orders of people who do not have them. Tastes are compared by what the
// model never sees (the truth of a generated shop; the words of what people bought in Online Retail, in ../shared/data beside the
// project where it is there), and no wrap, name, address, quantity or size of order says anything. What people bought later is the
// target; the prior is chosen on the sixty days before. About two minutes. Seeds are other ones than those on which things were tried.

import { createRandom } from '../../src/random/index.ts';
import { blendTaste } from '../../src/recommend/blend/index.ts';
import {
  differenceInterval,
  evaluateRanking,
  rankingTask,
  scorerOf,
} from '../../src/recommend/evaluate/index.ts';
import {
  chooseGiftPrior,
  fitGiftModel,
  type GiftLines,
  type GiftScores,
  scoreGifts,
} from '../../src/recommend/gift/index.ts';
import {
  collectInteractions,
  splitByTime,
  type TasteEvents,
} from '../../src/recommend/interactions/index.ts';
import { fitItemKnn, fitRebuy, linkTaste, rebuyTaste } from '../../src/recommend/models/index.ts';
import { findRetailLines, type RetailLine } from '../../testing/online-retail.ts';
import { type Planted, type PlantInto, plantGifts } from '../../testing/planted-gifts.ts';
import { splitRetail } from '../../testing/taste-data.ts';
import { generateTasteShop } from '../../testing/taste-shop.ts';
import { table } from '../print-tables.ts';

/** Of the library's default prior, 0.03, and of the one that is chosen on these days before the split. */
const VALIDATION_DAYS = 60;
const DAY_MS = 86_400_000;

interface World {
  readonly name: string;
  readonly into: PlantInto;
  readonly after: TasteEvents;
  readonly nowMs: number;
}

const withOrders = ({ people, items, person, item, atMs, order }: TasteEvents): PlantInto['events'] => ({
  people,
  items,
  person,
  item,
  atMs,
  order: order ?? new Uint32Array(person.length),
});

/** People by the words of what they bought, rare words counting more. */
const wordTastes = (lines: readonly RetailLine[], { people, person }: TasteEvents): Float64Array[] => {
  const words = lines.map(({ description }) => description.toLowerCase().match(/[a-z]{3,}/g) ?? []);
  const counts = new Map<string, number>();
  for (const list of words) for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1);
  const place = new Map([...counts.keys()].map((word, at) => [word, at]));
  const tastes = Array.from({ length: people }, () => new Float64Array(place.size));
  words.forEach((list, k) => {
    const mine = tastes[person[k] ?? 0];
    for (const word of list) {
      const at = place.get(word) ?? 0;
      if (mine) mine[at] = (mine[at] ?? 0) + Math.log(lines.length / (counts.get(word) ?? 1));
    }
  });
  return tastes;
};

const worlds = (): readonly World[] => {
  const { events, price, tastes, splitMs } = generateTasteShop({ people: 3000, items: 1500, seed: 2 });
  const { before, after } = splitByTime(events, splitMs);
  const early = price.filter((_, k) => (events.atMs[k] ?? 0) < splitMs);
  const generated: World = {
    name: 'a generated shop of 3,000 people, where one purchase in ten is of no taste',
    into: { events: withOrders(before), price: early, tastes },
    after,
    nowMs: splitMs,
  };
  const lines = findRetailLines();
  if (!lines) return [generated];
  const split = splitRetail(lines, { trainBefore: '2011-07-01' });
  const train = lines.filter(({ at }) => at < '2011-07-01');
  const retail: World = {
    name: 'UCI Online Retail (a wholesaler of gifts), July and August 2011',
    into: {
      events: withOrders(split.train),
      price: Float64Array.from(train, ({ price }) => price),
      tastes: wordTastes(train, split.train),
    },
    after: withOrders(split.test),
    nowMs: Date.UTC(2011, 6, 1),
  };
  return [generated, retail];
};

/** Ties count half. */
const areaUnderCurve = (probability: Float32Array, isGift: Uint8Array): number => {
  const order = [...probability.keys()].sort((a, b) => (probability[a] ?? 0) - (probability[b] ?? 0));
  let ranks = 0;
  let gifts = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && probability[order[to] ?? 0] === probability[order[from] ?? 0]) to++;
    for (let k = from; k < to; k++) {
      if (isGift[order[k] ?? 0] !== 1) continue;
      gifts += 1;
      ranks += (from + 1 + to) / 2;
    }
  }
  return (ranks - (gifts * (gifts + 1)) / 2) / (gifts * (order.length - gifts));
};

/** Among all lines, and among those of things that the person bought once: what was planted is never bought again. */
const areas = ({ probability }: GiftScores, { events, isGift }: Planted): string => {
  const times = new Map<number, number>();
  const pairOf = (row: number): number => (events.person[row] ?? 0) * events.items + (events.item[row] ?? 0);
  for (const row of isGift.keys()) times.set(pairOf(row), (times.get(pairOf(row)) ?? 0) + 1);
  const once = (_: number, row: number): boolean => times.get(pairOf(row)) === 1;
  return `${areaUnderCurve(probability, isGift).toFixed(3)} / ${areaUnderCurve(probability.filter(once), isGift.filter(once)).toFixed(3)}`;
};

const meanOf = (values: Iterable<number>): number => {
  const list = [...values];
  return list.reduce((a, b) => a + b, 0) / list.length;
};
const points = (
  a: Float64Array,
  b: Float64Array,
): { readonly mean: number; readonly isClear: boolean; readonly text: string } => {
  const { mean, low, high } = differenceInterval(
    a.map((value, k) => value - (b[k] ?? 0)),
    { level: 0.95 },
  );
  const show = (value: number): string => (100 * value).toFixed(2).replace('-', '−');
  return { mean, isClear: low > 0 || high < 0, text: `${show(mean)} [${show(low)}, ${show(high)}]` };
};

for (const { name, into, after, nowMs } of worlds()) {
  const task = rankingTask({
    before: collectInteractions(into.events),
    after: collectInteractions(after),
    want: 'all',
  });
  /** NDCG@10 per person of rebuy and ItemKNN, fitted on events; people and wanted items are those of the clean events. */
  const ndcgOf = (events: TasteEvents): Float64Array => {
    const history = collectInteractions(events);
    const sources = [
      { name: 'rebuy', model: rebuyTaste(fitRebuy(history, { nowMs })) },
      {
        name: 'item_knn',
        model: linkTaste(fitItemKnn(collectInteractions(events, { binary: true }))),
        view: { cap: 1 },
      },
    ];
    const weights = Float64Array.of(1, 0.4);
    const taste = blendTaste(
      { kind: 'blend', items: history.items, names: ['rebuy', 'item_knn'], weights, nowMs },
      sources,
    );
    const found = evaluateRanking({ ...task, history }, scorerOf(taste, { ...task, history }, nowMs), {
      cutoffs: [10],
    });
    if (found.kind === 'no_answer') throw new Error(found.reason);
    return found.values[0]?.ndcg ?? new Float64Array(0);
  };
  const scored = (lines: GiftLines, prior?: number): GiftScores =>
    scoreGifts(fitGiftModel(lines, prior === undefined ? {} : { prior }), lines);
  const chosenPrior = (lines: GiftLines): number => {
    const chosen = chooseGiftPrior(lines, { fromMs: nowMs - VALIDATION_DAYS * DAY_MS });
    if (chosen.kind === 'no_answer') throw new Error(chosen.reason);
    return chosen.prior;
  };

  const clean = ndcgOf(into.events);
  process.stdout.write(
    `Gifts planted in ${name}: ${into.events.person.length} lines, ${clean.length} people scored, NDCG@10 without gifts ${meanOf(clean).toFixed(4)}\n\n`,
  );
  const chosen = chosenPrior(into);
  for (const [prior, why] of [
    [undefined, 'the default prior'],
    [chosen, `the prior chosen, ${chosen}`],
    [0.15, 'a prior of 0.15 that nobody chose'],
  ] as const) {
    const { own } = scored(into, prior);
    const { text } = points(ndcgOf({ ...into.events, own }), clean);
    process.stdout.write(
      `Where nothing was planted, ${why}: NDCG@10 changes by ${text} points; mean own taste ${meanOf(own).toFixed(3)}\n\n`,
    );
  }
  const rows = [];
  for (const donors of ['near', 'far'] as const) {
    for (const share of [0.02, 0.05, 0.15]) {
      const planted = plantGifts(into, { share, donors, random: createRandom(2, `${donors} ${share}`) });
      const without = ndcgOf(planted.events);
      const lost = points(clean, without);
      const scores = scored(planted);
      const back = points(ndcgOf({ ...planted.events, own: scores.own }), without);
      const prior = chosenPrior(planted);
      const more = points(ndcgOf({ ...planted.events, own: scored(planted, prior).own }), without);
      const own = (gift: 0 | 1): string =>
        meanOf(scores.own.filter((_, k) => planted.isGift[k] === gift)).toFixed(3);
      const shareBack = ({ mean, isClear }: typeof back): string =>
        isClear && lost.isClear ? `${((100 * mean) / lost.mean).toFixed(0)} %` : 'not clear';
      rows.push([
        donors,
        `${100 * share} %`,
        areas(scores, planted),
        `${own(1)} / ${own(0)}`,
        lost.text,
        back.text,
        shareBack(back),
        `${prior}`,
        more.text,
        shareBack(more),
      ]);
    }
  }
  table(
    [
      'donors',
      'gifts',
      'AUC, all / bought once',
      'own taste, gifts / others',
      'NDCG@10 lost, points',
      'won back',
      'share of it',
      'prior chosen',
      'won back with it',
      'share of it',
    ],
    rows,
  );
}
