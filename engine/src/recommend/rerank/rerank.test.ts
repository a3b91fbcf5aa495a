import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCalibrator, saveCalibrator } from '../../calibration/index.ts';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import type { Candidates } from '../filters/index.ts';
import { collectInteractions, type TasteHistory } from '../interactions/index.ts';
import {
  fitRelevanceCurve,
  measureCost,
  priceFit,
  rerank,
  selfInformation,
  usualPriceBand,
} from './index.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const candidatesOf = (scores: readonly number[], items = scores.map((_, k) => k)): Candidates => ({
  item: Uint32Array.from(items),
  score: Float64Array.from(scores),
});

const itemsOf = (found: ReturnType<typeof rerank>): number[] => found.list.map(({ item }) => item);

/** Items of the same tens digit are alike. */
const byTens = (a: number, b: number): number => (Math.floor(a / 10) === Math.floor(b / 10) ? 1 : 0);

const discount = (place: number): number => 1 / Math.log2(place + 2);

describe('without controls', () => {
  it('is the plain ranking, at no cost', () => {
    const found = rerank(candidatesOf([1, 3, 2], [7, 8, 9]), { count: 2 });
    expect(found).toMatchObject({
      list: [
        { item: 8, score: 3, propensity: 1 },
        { item: 9, score: 2, propensity: 1 },
      ],
      cost: { kind: 'stated', estimate: 0, low: 0, high: 0 },
      predicted: 0,
      controls: [],
      scale: 'scores',
    });
  });

  it('has as many as there are, none for none, equal scores by item', () => {
    expect(itemsOf(rerank(candidatesOf([1, 1, 1], [5, 3, 4]), { count: 10 }))).toEqual([3, 4, 5]);
    expect(itemsOf(rerank(candidatesOf([]), { count: 10 }))).toEqual([]);
    expect(itemsOf(rerank(candidatesOf([1]), { count: 0 }))).toEqual([]);
    const all = { ...candidatesOf([0, 0]), count: 2 };
    expect(rerank(all, { count: 2, diversity: { likeness: byTens, strength: 0.5 } }).predicted).toBe(0);
  });
});

describe('diversity', () => {
  const candidates = candidatesOf([1, 0.9, 0.8, 0.7, 0.6, 0.5], [10, 11, 12, 20, 21, 30]);

  it('is maximal marginal relevance, by hand', () => {
    // λ = ½: 10; then 20 (0.7) before 11 (0.9 − 1); then 30 (0.5) before 11.
    const found = rerank(candidates, { count: 3, diversity: { likeness: byTens, strength: 0.5 } });
    expect(itemsOf(found)).toEqual([10, 20, 30]);
    const plain = discount(0) + 0.9 * discount(1) + 0.8 * discount(2);
    const cost = 1 - (discount(0) + 0.7 * discount(1) + 0.5 * discount(2)) / plain;
    expect(found.predicted).toBeCloseTo(cost, 12);
    // What that costs, scores do not say.
    const unknown = { kind: 'no_answer', reason: 'not_learned' };
    expect(found.cost).toEqual(unknown);
    expect(found.controls).toEqual([
      { control: 'diversity', strength: 0.5, cost: unknown, predicted: found.predicted, before: 0, after: 1 },
    ]);
    expect(itemsOf(rerank(candidates, { count: 3, diversity: { likeness: byTens, strength: 0 } }))).toEqual([
      10, 11, 12,
    ]);
  });

  it('does more the more it is turned up', () => {
    const random = createRandom(3);
    const many = candidatesOf(Array.from({ length: 100 }, () => random.uniform()));
    let before = 0;
    for (const strength of [0, 0.1, 0.2, 0.4, 0.8, 1]) {
      const { controls } = rerank(many, { count: 10, diversity: { likeness: byTens, strength } });
      const after = controls[0]?.after ?? 0;
      expect(after).toBeGreaterThanOrEqual(before);
      before = after;
    }
    // All ten tens are there when price is no object.
    expect(before).toBe(1);
  });

  it('takes odd likeness for the same thing', () => {
    const found = rerank(candidates, {
      count: 2,
      diversity: { likeness: (a, b) => (b === 30 || a === 30 ? 0 : Number.NaN), strength: 0.9 },
    });
    expect(itemsOf(found)).toEqual([10, 30]);
  });
});

describe('novelty', () => {
  it('counts bits', () => {
    const interactions = collectInteractions({
      people: 3,
      items: 3,
      person: Uint32Array.of(0, 1, 2, 0),
      item: Uint32Array.of(0, 0, 0, 1),
      atMs: new Float64Array(4),
    });
    const bits = selfInformation(interactions);
    expect(bits[0]).toBe(0);
    expect(bits[1]).toBeCloseTo(Math.log2(3.5 / 1.5), 12);
    expect(bits[2]).toBeCloseTo(Math.log2(7), 12);
  });

  it('brings up what few have, at a stated cost', () => {
    const bits = Float64Array.of(1, 2, 3, 8, 5);
    const candidates = candidatesOf([1, 0.9, 0.8, 0.7, 0.1]);
    const found = rerank(candidates, { count: 2, novelty: { bits, strength: 0.5 } });
    expect(itemsOf(found)).toEqual([3, 2]);
    expect(found.controls[0]).toMatchObject({ control: 'novelty', before: 1.5, after: 5.5 });
    expect(found.predicted).toBeCloseTo(1 - (0.7 + 0.8 * discount(1)) / (1 + 0.9 * discount(1)), 12);
    expect(
      codeOf(() => rerank(candidates, { count: 2, novelty: { bits: bits.slice(1), strength: 1 } })),
    ).toBe('out_of_range');
  });
});

describe('the price band', () => {
  const past = (items: number[], weight = items.map(() => 1)): TasteHistory => ({
    item: Uint32Array.from(items),
    weight: Float64Array.from(weight),
    firstAtMs: new Float64Array(items.length),
    lastAtMs: new Float64Array(items.length),
    orders: new Uint32Array(items.length).fill(1),
  });
  const price = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 0);

  it('is the middle of what was paid, by weight; or a reason', () => {
    expect(usualPriceBand(past([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), price)).toEqual({
      kind: 'band',
      low: 1,
      high: 9,
      items: 10,
    });
    expect(usualPriceBand(past([0, 5, 9, 10], [1, 98, 1, 5]), price)).toMatchObject({
      low: 6,
      high: 6,
      items: 3,
    });
    expect(usualPriceBand(past([0, 10]), price)).toEqual({
      kind: 'no_answer',
      reason: 'too_few_prices',
      items: 1,
      needed: 3,
    });
    expect(codeOf(() => usualPriceBand(past([0, 1, 2], [1, -1, 1]), price))).toBe('negative_weight');
    expect(codeOf(() => usualPriceBand(past([0, 1, 2]), price, { share: 0 }))).toBe('out_of_range');
  });

  it('fits inside, half at the tolerance, not where the price is unknown', () => {
    const band = { low: 4, high: 10 };
    expect([4, 7, 10].map((value) => priceFit(band, value, 1.5))).toEqual([1, 1, 1]);
    expect(priceFit(band, 15, 1.5)).toBeCloseTo(0.5, 12);
    expect(priceFit(band, 4 / 1.5, 1.5)).toBeCloseTo(0.5, 12);
    expect(priceFit(band, 0, 1.5)).toBe(0);
    expect(codeOf(() => priceFit(band, 5, 1))).toBe('out_of_range');
    expect(codeOf(() => priceFit(band, Number.NaN, 2))).toBe('nan');
  });

  it('prefers the band as strongly as asked', () => {
    const candidates = candidatesOf([1, 0.9, 0.8, 0.7], [9, 0, 4, 5]);
    const control = { band: { low: 4, high: 7 }, price, strength: 0.5 };
    expect(itemsOf(rerank(candidates, { count: 2, priceBand: control }))).toEqual([4, 5]);
    expect(itemsOf(rerank(candidates, { count: 2, priceBand: { ...control, strength: 0.05 } }))).toEqual([
      9, 0,
    ]);
    expect(
      codeOf(() => rerank(candidates, { count: 2, priceBand: { ...control, price: price.slice(0, 4) } })),
    ).toBe('length_mismatch');
  });
});

describe('surprise', () => {
  const candidates = candidatesOf(Array.from({ length: 30 }, (_, k) => 1 - k / 30));
  const draw = (share: number, seed: number, count = 5) =>
    rerank(candidates, { count, surprise: { share, pool: 6, random: createRandom(seed) } });

  it('gives the asked share of places to chance, with the probability it says', () => {
    const runs = 20_000;
    const seen = new Map<string, number>();
    const random = createRandom(11);
    let explored = 0;
    let worth = 0;
    let cost = 0;
    for (let run = 0; run < runs; run++) {
      const found = rerank(candidates, { count: 5, surprise: { share: 0.3, pool: 6, random } });
      explored += found.surprise.places.filter((place) => place.explored).length;
      worth += found.list.reduce((sum, { score }, place) => sum + discount(place) * score, 0);
      cost = found.surprise.predicted;
      const last = found.list[3];
      const key = `${last?.item}:${last?.propensity}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      expect(found.list[2]?.propensity).toBe(1);
    }
    expect(explored / runs / 5).toBeCloseTo(0.3, 2);
    // Place 3: the expected item with ¼, six others with ⅛ each: seen as often as said.
    expect(seen.size).toBe(7);
    for (const [key, times] of seen) {
      const propensity = Number(key.split(':')[1]);
      expect(Math.abs(times / runs - propensity)).toBeLessThan(
        4.5 * Math.sqrt((propensity * (1 - propensity)) / runs),
      );
    }
    const plain = [0, 1, 2, 3, 4].reduce((sum, place) => sum + discount(place) * (1 - place / 30), 0);
    expect(1 - worth / runs / plain).toBeCloseTo(cost, 3);
  });

  it('has no share, no pool, or all places', () => {
    expect(draw(0, 1).surprise.places).toEqual([]);
    expect(draw(1, 1).list.every(({ propensity }) => propensity < 1)).toBe(true);
    const two = rerank(candidatesOf([2, 1]), { count: 2, surprise: { share: 0.5, random: createRandom(1) } });
    expect(two.list.map(({ propensity }) => propensity)).toEqual([1, 1]);
    expect(codeOf(() => draw(1.5, 1))).toBe('probability_out_of_range');
  });

  it('logs what off-policy evaluation needs: probabilities that sum to 1 at each place', () => {
    for (let seed = 0; seed < 50; seed++) {
      const found = draw(0.5, seed);
      for (const { place, chance, pool, expected, explored, propensity } of found.surprise.places) {
        const here = found.list[place]?.item;
        expect(propensity).toBe(explored ? chance / pool.length : 1 - chance);
        expect(explored ? [...pool].includes(here as number) : here === expected).toBe(true);
        expect([...pool]).not.toContain(expected);
      }
    }
  });
});

describe('what scores mean', () => {
  /** People take the k-th of 20 with chance 0.5/k; scores hardly fall. */
  const judged = (people: number, seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: people }, () => ({
      candidates: candidatesOf(Array.from({ length: 20 }, (_, k) => 1 - k / 200)),
      taken: Uint32Array.from([...Array(20).keys()].filter((k) => random.chance(0.5 / (k + 1)))),
    }));
  };
  const bits = Float64Array.from({ length: 20 }, (_, k) => k);
  const curve = fitRelevanceCurve(judged(2000, 1), { kind: 'held_out' });
  if (curve.kind === 'no_answer') throw new Error(curve.reason);
  const novelty = { bits, strength: 0.3 };

  it('is learned from what was taken, and makes the prediction true where rank is all there is', () => {
    const lists = judged(3000, 2);
    const blind = measureCost(lists, { at: () => ({ count: 5, novelty }) });
    const seeing = measureCost(lists, { at: () => ({ count: 5, curve, novelty }) });
    if (blind.kind === 'no_answer' || seeing.kind === 'no_answer') throw new Error('no answer');
    // In scores next to nothing is given up where in truth it is most.
    expect(blind.predicted).toBeLessThan(0.1);
    expect(blind.cost.low).toBeGreaterThan(0.5);
    // The curve is itself an estimate, from 2,000 lists.
    expect(seeing.predicted).toBeGreaterThan(0.1);
    expect(Math.abs(seeing.cost.estimate - seeing.predicted)).toBeLessThan(0.05);
  });

  it('says when nothing can be said', () => {
    expect(fitRelevanceCurve(judged(3, 1), { kind: 'held_out' })).toMatchObject({ reason: 'too_few_taken' });
    expect(fitRelevanceCurve([], { kind: 'held_out' })).toMatchObject({ taken: 0 });
    expect(measureCost([], { at: () => ({ count: 5 }) })).toEqual({
      kind: 'no_answer',
      reason: 'nothing_taken',
    });
    expect(codeOf(() => measureCost(judged(3, 1), { at: () => ({ count: 5 }) }, () => 'stop'))).toBe(
      'cancelled',
    );
    expect(codeOf(() => fitRelevanceCurve(judged(3, 1), { kind: 'held_out' }, () => 'stop'))).toBe(
      'cancelled',
    );
  });

  it('is saved and loaded as a calibrator', () => {
    const again = loadCalibrator(saveCalibrator(curve));
    if (again.kind !== 'isotonic') throw new Error(again.kind);
    const candidates = candidatesOf([0.9, 0.7, 0.2]);
    expect(rerank(candidates, { count: 2, curve: again, novelty })).toEqual(
      rerank(candidates, { count: 2, curve, novelty }),
    );
  });
});

describe('whatever is asked', () => {
  it('nothing but candidates, each once, at a cost between 0 and 1 that its controls add up to', () => {
    const amount = fc.record({ strength: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(
        fc.tuple(
          fc.uniqueArray(fc.tuple(fc.nat(60), fc.double({ noNaN: true, noDefaultInfinity: true })), {
            selector: ([item]) => item,
            maxLength: 30,
          }),
          amount,
          amount,
          amount,
          fc.nat(12),
          fc.nat(99),
        ),
        ([pairs, a, b, c, count, seed]) => {
          const random = createRandom(seed);
          const candidates = candidatesOf(
            pairs.map(([, score]) => score),
            pairs.map(([item]) => item),
          );
          const found = rerank(candidates, {
            count,
            priceBand: {
              ...a,
              band: { low: 2, high: 5 },
              price: Float64Array.from({ length: 61 }, (_, k) => k % 9),
            },
            novelty: { ...b, bits: Float64Array.from({ length: 61 }, () => random.exponential(0.3)) },
            diversity: { ...c, likeness: byTens },
            surprise: { share: 0.4, random },
          });
          const items = itemsOf(found);
          expect(items.length).toBe(Math.min(count, pairs.length));
          expect(new Set(items).size).toBe(items.length);
          for (const item of items) expect([...candidates.item]).toContain(item);
          expect(found.predicted).toBeGreaterThanOrEqual(0);
          expect(found.predicted).toBeLessThanOrEqual(1);
          expect(found.controls.reduce((sum, { predicted }) => sum + predicted, 0)).toBeCloseTo(
            found.predicted,
            9,
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('says what is wrong', () => {
    expect(codeOf(() => rerank(candidatesOf([Number.NaN]), { count: 1 }))).toBe('nan');
    expect(codeOf(() => rerank(candidatesOf([1, 2], [3, 3]), { count: 1 }))).toBe('repeated_unit');
    expect(codeOf(() => rerank({ item: new Uint32Array(1), score: new Float64Array(2) }, { count: 1 }))).toBe(
      'length_mismatch',
    );
    expect(codeOf(() => rerank(candidatesOf([1]), { count: -1 }))).toBe('negative_count');
    expect(
      codeOf(() => rerank(candidatesOf([1, 2]), { count: 1, diversity: { likeness: byTens, strength: 2 } })),
    ).toBe('probability_out_of_range');
  });
});
