import { beforeAll, describe, expect, it } from 'vitest';
import { type Planted, plantGifts } from '../../../testing/planted-gifts.ts';
import { generateTasteShop } from '../../../testing/taste-shop.ts';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { logit } from '../../special/index.ts';
import { collectInteractions, splitByTime } from '../interactions/index.ts';
import { correctionsAlike } from './corrections-alike.ts';
import {
  chooseGiftPrior,
  EVIDENCE,
  explainGift,
  fitGiftModel,
  type GiftLines,
  type GiftModel,
  LIKELIHOOD_RATIOS,
  learnFromCorrections,
  loadGiftModel,
  SAID_GIFT,
  SAID_MINE,
  saveGiftModel,
  scoreGifts,
} from './index.ts';
import { walkOrders } from './line-walk.ts';
import { closeness, fitSimilarItems } from './similar-items.ts';
import { sortLines } from './sorted-lines.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isEngineError(error)) return error.code;
  }
  return 'none';
};

const mean = (values: Iterable<number>): number => {
  const list = [...values];
  return list.reduce((a, b) => a + b, 0) / list.length;
};

/** Area under the ROC curve, ties half. */
const auc = (score: Float32Array, isGift: Uint8Array): number => {
  const order = [...score.keys()].sort((a, b) => (score[a] as number) - (score[b] as number));
  let ranks = 0;
  let gifts = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && score[order[to] as number] === score[order[from] as number]) to++;
    for (let k = from; k < to; k++) {
      if (isGift[order[k] as number] !== 1) continue;
      gifts += 1;
      ranks += (from + 1 + to) / 2;
    }
  }
  return (ranks - (gifts * (gifts + 1)) / 2) / (gifts * (order.length - gifts));
};

const empty: GiftLines = {
  events: {
    people: 2,
    items: 3,
    person: new Uint32Array(0),
    item: new Uint32Array(0),
    atMs: new Float64Array(0),
  },
};

/** One person, some lines in orders of their own, no taste to know. */
const lines = (count: number, more: Partial<GiftLines> = {}): GiftLines => ({
  events: {
    people: 1,
    items: 10,
    person: new Uint32Array(count),
    item: Uint32Array.from({ length: count }, (_, k) => k),
    atMs: Float64Array.from({ length: count }, (_, k) => k),
  },
  ...more,
});
const plain = fitGiftModel(lines(2));

describe('what is told', () => {
  it('leaves a line alone where nothing is known', () => {
    const { own, probability } = scoreGifts(plain, lines(2));
    expect(probability[0]).toBeCloseTo(0.03, 6);
    expect([...own].every((share) => share >= 0.9)).toBe(true);
    expect(explainGift(plain, lines(2), 0)).toMatchObject({
      decidedBy: 'model',
      atFloor: false,
      reasons: [],
    });
  });

  it('adds up in log-odds, with its reasons', () => {
    const told = lines(2, {
      wrapped: Uint8Array.of(1, 0),
      otherName: Uint8Array.of(1, 2),
      otherAddress: Uint8Array.of(1, 2),
      seasons: [{ fromMs: 0, toMs: 1 }],
    });
    const found = explainGift(plain, told, 0);
    expect(found.reasons.map(({ code }) => code)).toEqual(['gift_wrap', 'other_name', 'gift_season']);
    const odds = (0.03 / 0.97) * 30 * 8 * 1.6;
    expect(found.probability).toBeCloseTo(odds / (1 + odds), 12);
    expect(found.own).toBeCloseTo(1 / (1 + odds), 12);
    expect(found.base + found.reasons.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBeCloseTo(
      logit(found.probability),
      10,
    );
    const other = explainGift(plain, told, 1);
    expect(
      other.reasons.map(({ code, likelihoodRatio }) => [code, Number(likelihoodRatio.toFixed(4))]),
    ).toEqual([
      ['gift_wrap', LIKELIHOOD_RATIOS.gift_wrap.no],
      ['gift_season', LIKELIHOOD_RATIOS.gift_season.no],
    ]);
    expect(Math.fround(found.own)).toBe(scoreGifts(plain, told).own[0]);
  });

  it('is a correction: exactly 0 or 1', () => {
    const said = lines(3, { said: Uint8Array.of(SAID_GIFT, SAID_MINE, 0), wrapped: Uint8Array.of(0, 1, 1) });
    const { own, probability } = scoreGifts(plain, said);
    expect([own[0], own[1]]).toEqual([0, 1]);
    expect([probability[0], probability[1]]).toEqual([1, 0]);
    expect(own[2]).toBeGreaterThan(0);
    expect(explainGift(plain, said, 1)).toMatchObject({ decidedBy: 'person', own: 1, atFloor: false });
  });

  it('speaks for lines delivered alike, and for no others', () => {
    const delivery = Uint32Array.of(7, 7, 7, 8, 0);
    const before = scoreGifts(plain, lines(5, { delivery })).probability;
    const gift = scoreGifts(plain, lines(5, { delivery, said: Uint8Array.of(1, 0, 0, 0, 0) })).probability;
    const mine = scoreGifts(plain, lines(5, { delivery, said: Uint8Array.of(2, 2, 0, 0, 0) })).probability;
    expect(gift[2]).toBeGreaterThan(before[2] as number);
    expect(mine[2]).toBeLessThan(before[2] as number);
    expect([gift[3], gift[4]]).toEqual([before[3], before[4]]);
  });

  it('a correction is no evidence for itself', () => {
    const delivery = Uint32Array.of(7, 8, 8);
    const alike = correctionsAlike(lines(3, { delivery, said: Uint8Array.of(1, 2, 2) }));
    expect([alike(0), alike(1)]).toEqual([0, Math.log(1 / 2)]);
  });

  it('is not taken for the person’s taste when other lines are judged', () => {
    const twice: GiftLines = { events: { ...lines(2).events, item: Uint32Array.of(4, 4) } };
    const codes = (said: Uint8Array): readonly string[] =>
      explainGift(plain, { ...twice, said }, 1).reasons.map(({ code }) => code);
    expect(codes(Uint8Array.of(0, 0))).toEqual(['bought_again']);
    expect(codes(Uint8Array.of(SAID_MINE, 0))).toEqual(['bought_again']);
    expect(codes(Uint8Array.of(SAID_GIFT, 0))).toEqual([]);
  });

  it('a return is judged as nothing', () => {
    const returned = lines(2);
    const events = { ...returned.events, weight: Float64Array.of(1, -1) };
    expect(scoreGifts(plain, { events }).own[1]).toBe(1);
    expect(codeOf(() => explainGift(plain, { events }, 1))).toBe('out_of_range');
  });
});

describe('what is inferred, on gifts planted in a shop whose truth is known', () => {
  const shop = generateTasteShop({ people: 1200, items: 600, seed: 5 });
  const { before } = splitByTime(shop.events, shop.splitMs);
  const early = [...shop.price.keys()].filter((k) => (shop.events.atMs[k] as number) < shop.splitMs);
  const into = {
    events: { ...before, order: before.order as Uint32Array },
    price: Float64Array.from(early, (k) => shop.price[k] as number),
    tastes: shop.tastes,
  };
  const plant = (donors: 'near' | 'far'): Planted =>
    plantGifts(into, { share: 0.05, donors, random: createRandom(3, donors) });
  const far = plant('far');
  const near = plant('near');
  let model: GiftModel;
  beforeAll(() => {
    model = fitGiftModel({ events: far.events, price: far.price });
  });

  it('finds far gifts well, and near ones among other things bought once only a little', () => {
    const found = scoreGifts(model, { events: far.events, price: far.price });
    expect(auc(found.probability, far.isGift)).toBeGreaterThan(0.93);
    const nearby = fitGiftModel({ events: near.events, price: near.price });
    const scores = scoreGifts(nearby, { events: near.events, price: near.price });
    // What is planted is never bought again: among all lines that alone would find it.
    expect(auc(scores.probability, near.isGift)).toBeGreaterThan(0.8);
    const times = new Map<number, number>();
    const pairOf = (k: number): number => 1e6 * (near.events.person[k] ?? 0) + (near.events.item[k] ?? 0);
    for (const k of near.isGift.keys()) times.set(pairOf(k), (times.get(pairOf(k)) ?? 0) + 1);
    const once = [...near.isGift.keys()].filter((k) => times.get(pairOf(k)) === 1);
    const among = auc(
      Float32Array.from(once, (k) => scores.probability[k] as number),
      Uint8Array.from(once, (k) => near.isGift[k] as number),
    );
    expect(among).toBeGreaterThan(0.62);
    expect(among).toBeLessThan(0.75);
  });

  it('counts against a line that things like it are bought again, and this one was not', () => {
    // Item 0 is bought again by everybody but person 0, who could have, and person 1, who has it from the last day; item 1 by nobody.
    const rows: (readonly [number, number, number])[] = [];
    for (let u = 0; u < 300; u++) {
      rows.push([u, 1, 0], [u, 0, u === 1 ? 6 : 0]);
      for (let day = 1; day <= 6; day++) {
        rows.push([u, 2 + ((u + day) % 40), day]);
        if (u > 1 && day % 2 === 0) rows.push([u, 0, day]);
      }
    }
    const shop: GiftLines = {
      events: {
        people: 300,
        items: 42,
        person: Uint32Array.from(rows, ([u]) => u),
        item: Uint32Array.from(rows, ([, i]) => i),
        atMs: Float64Array.from(rows, ([, , day]) => day),
      },
    };
    const told = fitGiftModel(shop);
    const ratioOf = (row: number): number =>
      explainGift(told, shop, row).reasons.find(({ code }) => code === 'not_bought_again')?.likelihoodRatio ??
      1;
    const of = (u: number, i: number): number => ratioOf(rows.findIndex(([v, k]) => v === u && k === i));
    expect(of(0, 0)).toBeCloseTo(10, 9);
    expect(of(0, 1)).toBeLessThan(1.1);
    expect(of(1, 0)).toBeLessThan(1.1);
  });

  it('takes a larger prior only where people’s own later purchases bear it out', () => {
    const fromMs = shop.splitMs - 70 * 86_400_000;
    const cheap = { fromMs, priors: [0.2], samples: 5000 };
    const clean = chooseGiftPrior({ events: into.events, price: into.price }, cheap);
    expect(clean).toMatchObject({ kind: 'chosen', prior: 0.03, isDefault: true });
    const many = plantGifts(into, { share: 0.3, donors: 'far', random: createRandom(4) });
    const told: number[] = [];
    const found = chooseGiftPrior({ events: many.events, price: many.price }, cheap, ({ done }) => {
      told.push(done);
    });
    expect(found).toMatchObject({ kind: 'chosen', prior: 0.2, isDefault: false });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('has no prior where there is nobody to foretell, and refuses what is no prior', () => {
    const few = lines(3, { said: Uint8Array.of(0, 0, SAID_GIFT), price: new Float64Array(3), seasons: [] });
    expect(chooseGiftPrior(few, { fromMs: 9 })).toEqual({ kind: 'no_answer', reason: 'nobody_to_score' });
    expect(chooseGiftPrior(few, { fromMs: 0 })).toEqual({ kind: 'no_answer', reason: 'nobody_to_score' });
    expect(codeOf(() => chooseGiftPrior(few, { fromMs: Number.NaN }))).toBe('nan');
    expect(codeOf(() => chooseGiftPrior(few, { fromMs: 1, priors: [] }))).toBe('empty_input');
    expect(codeOf(() => chooseGiftPrior(few, { fromMs: 1, priors: [1] }))).toBe('probability_out_of_range');
    expect(codeOf(() => chooseGiftPrior(few, { fromMs: 1 }, () => 'stop'))).toBe('cancelled');
  });

  it('is conservative: the floor holds, and hardly anything is taken from what people bought for themselves', () => {
    const clean = fitGiftModel({ events: into.events, price: into.price });
    const { own } = scoreGifts(clean, { events: into.events, price: into.price });
    expect(mean(own)).toBeGreaterThan(0.97);
    expect(own.every((share) => share >= 0.5)).toBe(true);
    const bold = fitGiftModel({ events: far.events, price: far.price }, { floor: 0, prior: 0.2 });
    expect(scoreGifts(bold, { events: far.events, price: far.price }).own.some((share) => share < 0.5)).toBe(
      true,
    );
  });

  it('holds the floor where corrections taught that what is told says nothing', () => {
    const strength = model.strength.slice();
    strength[EVIDENCE.indexOf('gift_wrap')] = 0;
    const wrapped = new Uint8Array(far.isGift.length).fill(1);
    const { own, probability } = scoreGifts(
      { ...model, prior: 0.4, strength },
      { events: far.events, price: far.price, wrapped },
    );
    expect(Math.max(...probability)).toBeGreaterThan(0.6);
    expect(Math.min(...own)).toBeGreaterThanOrEqual(0.5);
  });

  it('never takes what is nearer for less of one’s own', () => {
    for (const { edge, logRatio } of [...model.taste, model.price, model.quantity, model.repeats.none]) {
      for (let b = 1; b < logRatio.length; b++)
        expect(logRatio[b]).toBeLessThanOrEqual(logRatio[b - 1] as number);
      expect([...edge]).toEqual([...edge].sort((a, b) => a - b));
    }
    expect(model.taste.some(({ logRatio }) => (logRatio[0] as number) > 1)).toBe(true);
  });

  it('does not depend on the order of the rows', () => {
    const order = createRandom('rows').shuffle([...far.isGift.keys()]);
    const pick = <T extends Uint32Array | Float64Array>(column: T, room: T): T => {
      order.forEach((from, to) => {
        room[to] = column[from] as number;
      });
      return room;
    };
    const n = order.length;
    const mixed: GiftLines = {
      events: {
        ...far.events,
        person: pick(far.events.person, new Uint32Array(n)),
        item: pick(far.events.item, new Uint32Array(n)),
        order: pick(far.events.order, new Uint32Array(n)),
        atMs: pick(far.events.atMs, new Float64Array(n)),
      },
      price: pick(far.price, new Float64Array(n)),
    };
    const again = fitGiftModel(mixed);
    expect(again).toEqual(model);
    const { probability } = scoreGifts(model, { events: far.events, price: far.price });
    const shuffled = scoreGifts(again, mixed).probability;
    expect(order.every((from, to) => shuffled[to] === probability[from])).toBe(true);
  });

  it('nor where prices of one item in one order are not known', () => {
    const prices = [5, Number.NaN, 2, Infinity, 9, Number.NaN, 1];
    const person = Uint32Array.from({ length: 7 * 40 }, (_, k) => Math.floor(k / 7));
    const shopOf = (order: readonly number[]): GiftLines => ({
      events: {
        people: 40,
        items: 40,
        person: Uint32Array.from(order, (k) => person[k] as number),
        item: Uint32Array.from(order, (k) => person[k] as number),
        atMs: new Float64Array(order.length),
      },
      price: Float64Array.from(order, (k) => prices[k % 7] as number),
    });
    const seen = (order: readonly number[]): number[] => {
      const found: number[] = [];
      const shop = shopOf(order);
      walkOrders(sortLines(shop), (rows) => {
        for (const row of rows) found.push(shop.price?.[row] as number);
      });
      return found.filter((price) => Number.isFinite(price));
    };
    const rows = [...person.keys()];
    expect(seen(createRandom('prices').shuffle([...rows]))).toEqual(seen(rows));
  });

  it('gives one person alone what it gives them among all', () => {
    const rows = [...far.isGift.keys()].filter((k) => far.events.person[k] === 17);
    const all = scoreGifts(model, { events: far.events, price: far.price });
    const alone = scoreGifts(model, {
      events: {
        ...far.events,
        person: new Uint32Array(rows.length),
        item: Uint32Array.from(rows, (k) => far.events.item[k] as number),
        order: Uint32Array.from(rows, (k) => far.events.order[k] as number),
        atMs: Float64Array.from(rows, (k) => far.events.atMs[k] as number),
      },
      price: Float64Array.from(rows, (k) => far.price[k] as number),
    });
    expect([...alone.own]).toEqual(rows.map((k) => all.own[k]));
  });

  it('tells people it never saw from those it was fitted on', () => {
    const { events, price } = far;
    const counted = Uint8Array.from({ length: events.people }, (_, u) => u % 2);
    const rows = [...events.person.keys()].filter((k) => counted[events.person[k] as number] === 1);
    const half = fitGiftModel({
      events: {
        people: events.people,
        items: events.items,
        person: Uint32Array.from(rows, (k) => events.person[k] as number),
        item: Uint32Array.from(rows, (k) => events.item[k] as number),
        order: Uint32Array.from(rows, (k) => events.order[k] as number),
        atMs: Float64Array.from(rows, (k) => events.atMs[k] as number),
      },
      price: Float64Array.from(rows, (k) => price[k] as number),
    });
    const told = scoreGifts(half, { events, price, counted }).probability;
    const untold = scoreGifts(half, { events, price }).probability;
    const meanOf = (probability: Float32Array, flag: number): number =>
      mean(probability.filter((_, k) => counted[events.person[k] as number] === flag));
    expect(meanOf(told, 1)).toBe(meanOf(untold, 1));
    const seen = meanOf(told, 1);
    expect(Math.abs(meanOf(told, 0) / seen - 1)).toBeLessThan(0.5 * Math.abs(meanOf(untold, 0) / seen - 1));
    const lines = { events, price, counted: Uint8Array.of(1) };
    expect(codeOf(() => scoreGifts(half, lines))).toBe('length_mismatch');
    expect(codeOf(() => scoreGifts(half, { ...lines, counted: counted.map(() => 2) }))).toBe('out_of_range');
  });

  it('is kept to the bit, and damage is noticed', () => {
    const bytes = saveGiftModel(model);
    const again = loadGiftModel(bytes);
    expect(again).toEqual(model);
    const hurt = bytes.slice();
    hurt[200] = 1 ^ (hurt[200] ?? 0);
    expect(codeOf(() => loadGiftModel(hurt))).toBe('damaged');
    for (const odd of [
      { both: new Float64Array(1) },
      { item: model.similar.item.map(() => model.items) },
      { start: model.similar.start.map((at, i) => (i === 1 ? 1e9 : at)) },
      { usual: new Float64Array(2) },
    ]) {
      const similar = { ...model.similar, ...odd };
      expect(codeOf(() => loadGiftModel(saveGiftModel({ ...model, similar })))).toBe('damaged');
    }
    const repeats = { ...model.repeats, chances: new Float64Array(1) };
    expect(codeOf(() => loadGiftModel(saveGiftModel({ ...model, repeats })))).toBe('damaged');
  });

  it('learns that this shop wraps everything, from many corrections and not from few', () => {
    const random = createRandom('corrections');
    const n = far.isGift.length;
    const wrapped = Uint8Array.from({ length: n }, () => (random.chance(0.5) ? 1 : 0));
    const sayAbout = (share: number): Uint8Array =>
      Uint8Array.from(far.isGift, (gift) =>
        random.chance(share) ? (gift === 1 ? SAID_GIFT : SAID_MINE) : 0,
      );
    const strengthAfter = (share: number): number => {
      const found = learnFromCorrections(model, {
        events: far.events,
        price: far.price,
        wrapped,
        said: sayAbout(share),
      });
      if (found.kind !== 'corrected') throw new Error(found.reason);
      return found.model.strength[EVIDENCE.indexOf('gift_wrap')] as number;
    };
    expect(strengthAfter(0.0005)).toBeGreaterThan(0.6);
    expect(strengthAfter(0.05)).toBeLessThan(0.35);
    expect(learnFromCorrections(model, { events: far.events, price: far.price })).toEqual({
      kind: 'no_answer',
      reason: 'no_corrections',
    });
  });

  it('stops when told', () => {
    expect(codeOf(() => fitGiftModel({ events: far.events }, {}, () => 'stop'))).toBe('cancelled');
    const told: number[] = [];
    const many = { events: far.events, said: Uint8Array.from(far.isGift, () => SAID_MINE) };
    learnFromCorrections(model, many, ({ done }) => void told.push(done));
    expect(told.filter((done) => done < 0.5).length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const fitted: number[] = [];
    fitGiftModel(many, {}, ({ done }) => void fitted.push(done));
    expect(fitted.length).toBeGreaterThan(20);
    expect(fitted).toEqual(fitted.toSorted((a, b) => a - b));
    expect(codeOf(() => scoreGifts(model, many, ({ done }) => (done > 0.5 ? 'stop' : undefined)))).toBe(
      'cancelled',
    );
    const said = lines(1, { said: Uint8Array.of(1) });
    expect(codeOf(() => learnFromCorrections(plain, said, () => 'stop'))).toBe('cancelled');
  });
});

describe('closeness', () => {
  it('leaves the person’s own purchases out of the counts', () => {
    // Items 0 to 3 are bought together by person 0 alone, items 4 to 7 by everybody.
    const person: number[] = [0, 0, 0, 0];
    const item: number[] = [0, 1, 2, 3];
    for (let u = 0; u < 20; u++) {
      for (let i = 4; i < 8; i++) {
        person.push(u);
        item.push(i);
      }
    }
    const similar = fitSimilarItems(
      collectInteractions({
        people: 20,
        items: 8,
        person: Uint32Array.from(person),
        item: Uint32Array.from(item),
        atMs: new Float64Array(item.length),
      }),
    );
    const sums = { n: 0, sum: 0, squares: 0 };
    const besides = (has: readonly number[]) => {
      const orders = Uint32Array.from({ length: 8 }, (_, i) => (has.includes(i) ? 1 : 0));
      return { orders, size: has.length, earlier: 0, later: 0, price: sums, quantity: sums };
    };
    const alone = closeness(similar, besides([1, 2, 3]), { item: 0, own: true });
    expect(alone).toBeLessThan(0);
    expect(closeness(similar, besides([5, 6, 7]), { item: 4, own: true })).toBeGreaterThan(0);
    expect(closeness(similar, besides([5, 6]), { item: 4, own: true })).toBeNaN();
    // Of somebody who was not counted nothing is left out: what one other has together counts as seen.
    expect(closeness(similar, besides([1, 2, 3]), { item: 0, own: true, counted: false })).toBeGreaterThan(0);
    expect(closeness(similar, besides([1, 2, 3]), { item: 0, own: true, counted: true })).toBe(alone);
  });
});

describe('odd shops', () => {
  it('answers for none, one, many and strange lines', () => {
    expect(scoreGifts(fitGiftModel(empty), empty).own.length).toBe(0);
    const wide: GiftLines = { events: { ...lines(3).events, items: 1_000_000 } };
    expect(scoreGifts(fitGiftModel(wide), wide).own[0]).toBeCloseTo(0.97, 6);
    const strange = lines(6, { price: Float64Array.of(Number.NaN, 0, -1, Infinity, 5, 5) });
    const { own } = scoreGifts(fitGiftModel(strange), strange);
    expect([...own].every((share) => share >= 0.9 && share <= 1)).toBe(true);
    const sameDay = { events: { ...lines(8).events, atMs: new Float64Array(8) } };
    expect(scoreGifts(fitGiftModel(sameDay), sameDay).own[7]).toBeCloseTo(0.97, 6);
  });

  it('refuses what is wrong', () => {
    expect(codeOf(() => fitGiftModel(lines(2, { wrapped: new Uint8Array(1) })))).toBe('length_mismatch');
    expect(codeOf(() => fitGiftModel(lines(2, { said: Uint8Array.of(0, 3) })))).toBe('out_of_range');
    expect(codeOf(() => fitGiftModel(lines(2), { prior: 0 }))).toBe('probability_out_of_range');
    expect(
      codeOf(() => fitGiftModel({ events: { ...lines(2).events, atMs: Float64Array.of(0, Number.NaN) } })),
    ).toBe('nan');
    expect(codeOf(() => scoreGifts(plain, empty))).toBe('length_mismatch');
  });
});
