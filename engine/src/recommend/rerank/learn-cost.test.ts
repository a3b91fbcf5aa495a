import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import type { Candidates } from '../filters/index.ts';
import {
  type Dial,
  type JudgedList,
  type LearnedCost,
  learnCost,
  loadLearnedCost,
  measureCost,
  type RerankSettings,
  rerank,
  saveLearnedCost,
  statedAt,
} from './index.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const ITEMS = 120;
const shelf = createRandom('shelf');
const cluster = Array.from({ length: ITEMS }, (_, i) => i % 8);
const appeal = Float64Array.from({ length: ITEMS }, () => shelf.lognormal(0, 1));
const price = Float64Array.from({ length: ITEMS }, () => shelf.lognormal(2, 0.6));
const bits = appeal.map((value) => -Math.log2(value / 30));
const likeness = (a: number, b: number): number => (cluster[a] === cluster[b] ? 1 : 0);

interface Shopper extends JudgedList {
  readonly band: { readonly low: number; readonly high: number } | undefined;
}

/**
 * People like one cluster much and another some, at their prices. Their model knows that, but its scores hardly fall, and are the less sure the
 * fewer people have an item.
 */
const shoppers = (people: number, seed: string): readonly Shopper[] => {
  const random = createRandom(seed);
  return Array.from({ length: people }, (_, person) => {
    const [most, some] = [random.integer(0, 7), random.integer(0, 7)];
    const pays = random.normal(2, 0.4);
    const chance = appeal.map((value, i) => {
      const liked = cluster[i] === most ? 1 : cluster[i] === some ? 0.4 : 0.08;
      return Math.min(0.6, 0.12 * value * liked * Math.exp(-((Math.log(price[i] as number) - pays) ** 2)));
    });
    const score = chance.map(
      (p, i) => p ** 0.2 * Math.exp(random.normal(0, 0.03 + 0.015 * Math.max(0, bits[i] as number))),
    );
    const item = Uint32Array.from(score.keys())
      .sort((a, b) => (score[b] as number) - (score[a] as number))
      .subarray(0, 50);
    return {
      candidates: { item, score: Float64Array.from(item, (i) => score[i] as number) },
      taken: Uint32Array.from(chance.keys()).filter((i) => random.chance(chance[i] as number)),
      band: person % 5 === 0 ? undefined : { low: Math.exp(pays - 0.4), high: Math.exp(pays + 0.4) },
    };
  });
};

const earlier = shoppers(3000, 'earlier');
const later = shoppers(1000, 'later');
const random = createRandom('draws');
const count = 8;

type At = (strength: number, shopper: Shopper, learned?: LearnedCost) => RerankSettings;

const withLearned = (learned: LearnedCost | undefined) => (learned ? { learned } : {});

const dials: Readonly<Record<Dial, At>> = {
  price_band: (strength, { band }, learned) => ({
    count,
    ...(band && { priceBand: { band, price, strength, ...withLearned(learned) } }),
  }),
  novelty: (strength, _, learned) => ({ count, novelty: { bits, strength, ...withLearned(learned) } }),
  diversity: (strength, _, learned) => ({
    count,
    diversity: { likeness, strength, ...withLearned(learned) },
  }),
  surprise: (share, _, learned) => ({ count, surprise: { share, random, ...withLearned(learned) } }),
};

const learn = (dial: Dial, at: At = dials[dial], lists: readonly Shopper[] = earlier): LearnedCost => {
  const found = learnCost(lists, {
    dial,
    at: (strength, k) => at(strength, lists[k] as Shopper),
    strengths: [0.1, 0.2, 0.3, 0.5],
  });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found;
};

const learned = Object.fromEntries(
  (Object.keys(dials) as Dial[]).map((dial) => [dial, learn(dial)]),
) as Readonly<Record<Dial, LearnedCost>>;

const measure = (at: (shopper: Shopper) => RerankSettings, lists = later) => {
  const found = measureCost(lists, { at: (k) => at(lists[k] as Shopper), level: 0.999 });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found;
};

describe('the stated cost', () => {
  it.each(
    (Object.keys(dials) as Dial[]).flatMap((dial) =>
      [0.1, 0.15, 0.2, 0.3, 0.4, 0.5].map((strength) => [dial, strength] as const),
    ),
  )('of %s at %d is what other people then pay', (dial, strength) => {
    const lists = later.filter(({ band }) => dial !== 'price_band' || band);
    const { stated, cost } = measure((shopper) => dials[dial](strength, shopper, learned[dial]), lists);
    if (stated.kind === 'no_answer') throw new Error(stated.reason);
    // Where it was measured, the estimate holds; between, the interval does.
    const measured = learned[dial].points.some((point) => point.strength === strength);
    const [low, high] = measured ? [stated.estimate, stated.estimate] : [stated.low, stated.high];
    expect(high).toBeGreaterThan(cost.low);
    expect(low).toBeLessThan(cost.high);
  });

  it.each([
    ['novelty', 0.5],
    ['diversity', 0.3],
  ] as const)('of %s is not what scores predict, which is too low', (dial, strength) => {
    const { predicted, cost } = measure((shopper) => dials[dial](strength, shopper));
    expect(predicted).toBeLessThan(cost.low);
    expect(cost.estimate / predicted).toBeGreaterThan(1.5);
  });

  it('of two controls is learned beside each other, and not told otherwise', () => {
    const both: At = (strength, shopper, cost) => ({
      ...dials.novelty(0.3, shopper),
      ...dials.diversity(strength, shopper, cost),
    });
    const second = learn('diversity', both);
    expect(second.before).toMatchObject({ novelty: 0.3, diversity: 0 });
    // Without diversity it is what novelty costs.
    expect(second.points[0]).toEqual({ ...learned.novelty.points[3], strength: 0 });
    const { stated, cost } = measure((shopper) => both(0.2, shopper, second));
    if (stated.kind === 'no_answer') throw new Error(stated.reason);
    expect(stated.estimate).toBeGreaterThan(cost.low);
    expect(stated.estimate).toBeLessThan(cost.high);
    const [first] = later as [Shopper];
    const told = (settings: RerankSettings) => rerank(first.candidates, settings).cost;
    expect(told(both(0.2, first, learned.diversity))).toEqual({
      kind: 'no_answer',
      reason: 'not_measured',
      other: 'before',
    });
    expect(told(dials.diversity(0.2, first, second))).toMatchObject({ other: 'before' });
    // Novelty says its own cost, whatever comes behind it.
    const { controls } = rerank(first.candidates, {
      ...both(0.2, first, second),
      ...dials.novelty(0.3, first, learned.novelty),
    });
    expect(controls.map(({ cost: said }) => said)).toEqual([
      statedAt(learned.novelty, 0.3),
      statedAt(second, 0.2),
    ]);
  });

  it('is not told of what was not measured', () => {
    const [{ candidates }] = later as [Shopper];
    const told = (settings: Partial<RerankSettings>, strength = 0.2, from: Candidates = candidates) =>
      rerank(from, { count, diversity: { likeness, strength, learned: learned.diversity }, ...settings })
        .cost;
    expect(told({}).kind).toBe('stated');
    const no = { kind: 'no_answer', reason: 'not_measured' };
    expect(told({}, 0.51)).toEqual({ ...no, other: 'strength', measuredTo: 0.5 });
    expect(told({ count: 9 })).toEqual({ ...no, other: 'count' });
    const fewer = { item: candidates.item.subarray(1), score: candidates.score.subarray(1) };
    expect(told({}, 0.2, fewer)).toEqual({ ...no, other: 'candidates' });
    expect(told({ novelty: { bits, strength: 0.1 } })).toEqual({ ...no, other: 'before' });
    // What is off does not matter.
    expect(told({ novelty: { bits, strength: 0 } }).kind).toBe('stated');
    expect(told({ surprise: { share: 0.1, random } })).toEqual({ kind: 'no_answer', reason: 'not_learned' });
    expect(told({}, 0)).toEqual({ kind: 'stated', estimate: 0, low: 0, high: 0 });
    expect(codeOf(() => rerank(candidates, dials.novelty(0.1, later[0] as Shopper, learned.diversity)))).toBe(
      'out_of_range',
    );
  });
});

describe('the most it may cost', () => {
  const within = (mostCost: number, shopper: Shopper) =>
    rerank(shopper.candidates, {
      count,
      diversity: { likeness, mostCost, learned: learned.diversity },
    });

  it('holds for other people', () => {
    let before = 0;
    for (const mostCost of [0.02, 0.05, 0.1, 0.3]) {
      const { cost, stated } = measure(() => ({
        count,
        diversity: { likeness, mostCost, learned: learned.diversity },
      }));
      if (stated.kind === 'no_answer') throw new Error(stated.reason);
      expect(stated.high).toBeLessThanOrEqual(mostCost);
      expect(cost.low).toBeLessThan(mostCost);
      const [report] = within(mostCost, later[0] as Shopper).controls;
      expect(report?.strength).toBeGreaterThanOrEqual(before);
      before = report?.strength ?? 0;
    }
    expect(before).toBeGreaterThan(0.1);
  });

  it('is not risked where it was not measured', () => {
    const [{ candidates, ...shopper }] = later as [Shopper];
    const fewer = { item: candidates.item.subarray(1), score: candidates.score.subarray(1) };
    const found = within(0.3, { ...shopper, candidates: fewer });
    expect(found.cost).toEqual({ kind: 'stated', estimate: 0, low: 0, high: 0 });
    expect(found.controls[0]).toMatchObject({
      strength: 0,
      cost: { reason: 'not_measured', other: 'candidates' },
    });
    expect(within(0, { ...shopper, candidates }).controls[0]).toMatchObject({ strength: 0 });
  });
});

describe('learning a cost', () => {
  it('leaves out whom the dial does not concern, and takes any order of people', () => {
    expect(learned.price_band.people).toBe(2400);
    const some = earlier.slice(0, 500);
    const straight = learn('novelty', dials.novelty, some);
    learn('novelty', dials.novelty, some.toReversed()).points.forEach((point, p) => {
      const other = straight.points[p];
      expect(point.estimate).toBeCloseTo(other?.estimate ?? Number.NaN, 12);
      expect(point.high).toBeCloseTo(other?.high ?? Number.NaN, 12);
    });
  });

  it('is saved and loaded to the last bit', () => {
    for (const one of Object.values(learned)) expect(loadLearnedCost(saveLearnedCost(one))).toEqual(one);
    const bytes = saveLearnedCost(learned.novelty);
    expect(codeOf(() => loadLearnedCost(bytes.subarray(0, 40)))).toBe('damaged');
    const odd = { ...learned.novelty, points: learned.novelty.points.toReversed() };
    expect(codeOf(() => loadLearnedCost(saveLearnedCost(odd)))).toBe('damaged');
  });

  it('says what it cannot, and what is wrong', () => {
    const few = earlier.slice(0, 3);
    const at = (strength: number): RerankSettings => ({ count, novelty: { bits, strength } });
    const of = (settings: Partial<Parameters<typeof learnCost>[1]>) =>
      codeOf(() => learnCost(few, { dial: 'novelty', at, ...settings }));
    expect(learnCost(few, { dial: 'novelty', at })).toMatchObject({ reason: 'too_few_taken', needed: 50 });
    expect(learnCost([], { dial: 'novelty', at })).toMatchObject({ reason: 'too_few_taken', taken: 0 });
    expect(learnCost(few, { dial: 'diversity', at })).toMatchObject({ taken: 0 });
    expect(of({ strengths: [] })).toBe('empty_input');
    expect(of({ strengths: [0.2, 0.1] })).toBe('out_of_range');
    expect(of({ strengths: [0, 0.1] })).toBe('out_of_range');
    expect(of({ strengths: [Number.NaN] })).toBe('nan');
    expect(of({ level: 1 })).toBe('probability_out_of_range');
    expect(of({ at: () => at(0.1) })).toBe('out_of_range');
    expect(of({ at: (strength, k) => ({ ...at(strength), count: 3 + k }) })).toBe('out_of_range');
    expect(of({ at: (strength) => ({ ...at(strength), surprise: { share: 0.1, random } }) })).toBe(
      'out_of_range',
    );
    expect(codeOf(() => learnCost(few, { dial: 'novelty', at }, () => 'stop'))).toBe('cancelled');
  });
});
