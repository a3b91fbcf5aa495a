import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findOracle } from '../../../../testing/beside-the-project.ts';
import { isEngineError } from '../../../errors/index.ts';
import { createKernels } from '../../../linear/index.ts';
import { createRandom } from '../../../random/index.ts';
import {
  collectInteractions,
  historyOf,
  type Interactions,
  type TasteHistory,
} from '../../interactions/index.ts';
import { alternate, lossOf } from './fit.ts';
import { halfStep } from './half-step.ts';
import { fitIals, foldInItem, foldInPerson, ialsTaste, loadIals, saveIals } from './index.ts';
import { chooseIals } from './settings.ts';
import { makeSides, type Sides } from './sides.ts';

const kernels = createKernels({ megabytes: 64 });
afterAll(() => kernels.close());

/** Each row of `matrix` is a person; entries > 0 are pairs. */
const interactionsOf = (
  matrix: readonly (readonly number[])[],
  items = matrix[0]?.length ?? 0,
): Interactions => {
  const person: number[] = [];
  const item: number[] = [];
  const weight: number[] = [];
  matrix.forEach((row, u) =>
    row.forEach((w, i) => {
      if (w > 0) {
        person.push(u);
        item.push(i);
        weight.push(w);
      }
    }),
  );
  return collectInteractions(
    {
      people: matrix.length,
      items,
      person: Uint32Array.from(person),
      item: Uint32Array.from(item),
      atMs: new Float64Array(person.length),
      weight: Float64Array.from(weight),
    },
    { by: 'weights' },
  );
};

/** People of `groups` tastes, each with items of its own and some of the others'. */
const planted = (people: number, items: number, seed = 1): Interactions => {
  const random = createRandom(seed, 'planted');
  return interactionsOf(
    Array.from({ length: people }, (_, u) =>
      Array.from({ length: items }, (_, i) =>
        random.chance(u % 3 === i % 3 ? 0.5 : 0.05) ? 1 + random.integer(0, 3) : 0,
      ),
    ),
  );
};

const scoresOf = (model: Parameters<typeof ialsTaste>[0], history: TasteHistory): Float64Array => {
  const out = new Float64Array(model.items).fill(Number.NaN);
  ialsTaste(model).score(history, out);
  return out;
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

const far = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  let worst = 0;
  for (let k = 0; k < a.length; k++) {
    const distance = Math.abs((a[k] as number) - (b[k] as number));
    if (!(distance <= worst)) worst = distance;
  }
  return worst;
};

const products = ({ people, items }: Sides): number[][] => {
  const d = people.factors.columns;
  return Array.from({ length: people.factors.rows }, (_, u) =>
    Array.from({ length: items.factors.rows }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < d; k++)
        sum += (people.factors.values[u * d + k] as number) * (items.factors.values[i * d + k] as number);
      return sum;
    }),
  );
};

interface Given {
  readonly initial_item_factors: readonly (readonly number[])[];
  readonly alpha0: number;
  readonly lambda: number;
  readonly nu: number;
}

const oracle = findOracle('recommend.json')?.filter(({ name }) => name.startsWith('tiny_'));

describe.runIf(oracle)('the reference', () => {
  it.each(oracle ?? [])('$name: one epoch from given item factors, to 1e-10', ({ input, expected }) => {
    const given = input['ials'] as Given;
    const matrix = input['matrix_users_by_items'] as readonly (readonly number[])[];
    const settings = chooseIals({
      factors: 3,
      unobservedWeight: given.alpha0,
      regularisation: given.lambda,
      frequencyExponent: given.nu,
      epochs: 1,
    });
    const sides = makeSides(interactionsOf(matrix), { settings, kernels });
    // The reference starts from factors of all items; those without pairs are not ours to keep, but weigh in its first half-step.
    if (sides.items.known.length < given.initial_item_factors.length) return;
    sides.items.known.forEach((item, r) =>
      sides.items.factors.values.set(given.initial_item_factors[item] as number[], r * 4),
    );
    const wanted = expected['ials_user_factors_after_half_step'] as readonly (readonly number[])[];
    const half = { kernels, unobservedWeight: given.alpha0, stage: 'test' };
    halfStep({ ...half, solved: sides.people, fixed: sides.items });
    const found = products(sides);
    const byHand = wanted.map((w) =>
      given.initial_item_factors.map((h) => w.reduce((sum, value, k) => sum + value * (h[k] as number), 0)),
    );
    expect(far(found.flat(), byHand.flat())).toBeLessThan(1e-10);
    halfStep({ ...half, solved: sides.items, fixed: sides.people });
    const scores = expected['ials_scores_after_epoch'] as readonly (readonly number[])[];
    expect(far(products(sides).flat(), scores.flat())).toBeLessThan(1e-10);
  });

  it.each(oracle ?? [])('$name: fold-in gives the people of the half-step', ({ input, expected }) => {
    const given = input['ials'] as Given;
    const initial = given.initial_item_factors;
    const matrix = input['matrix_users_by_items'] as readonly (readonly number[])[];
    const d = 3;
    const itemFactors = Float32Array.from(initial.flat());
    const gram = new Float64Array(d * d);
    for (const h of initial)
      for (let i = 0; i < d; i++)
        for (let j = 0; j < d; j++)
          gram[i * d + j] = (gram[i * d + j] as number) + (h[i] as number) * (h[j] as number);
    const model = {
      kind: 'ials' as const,
      items: initial.length,
      people: matrix.length,
      factors: d,
      unobservedWeight: given.alpha0,
      regularisation: given.lambda,
      frequencyExponent: given.nu,
      confidence: 'one' as const,
      known: Uint32Array.from(initial.keys()),
      itemFactors,
      itemGram: gram,
      peopleGram: new Float64Array(d),
      lossPerPair: 0,
    };
    const interactions = interactionsOf(matrix);
    const wanted = expected['ials_user_factors_after_half_step'] as readonly number[][];
    // 1e-6: a model keeps its factors in single precision.
    wanted.forEach((factor, u) =>
      expect(far(foldInPerson(model, historyOf(interactions, u)), factor)).toBeLessThan(1e-6),
    );
  });
});

describe('the fit', () => {
  it('lowers the loss with every half-step, down to where nothing moves', () => {
    const settings = chooseIals({ factors: 8, confidence: 'weight', epochs: 1 });
    const interactions = planted(60, 40);
    kernels.scope(() => {
      const sides = makeSides(interactions, { settings, kernels });
      const random = createRandom(2);
      sides.items.factors.values.forEach((_, k, all) => {
        all[k] = random.normal(0, 0.1);
      });
      const losses: number[] = [];
      let peopleGram: Float64Array = new Float64Array(8);
      const loss = (): number => lossOf(sides, { weight: settings.unobservedWeight, peopleGram });
      for (let epoch = 0; epoch < 200; epoch++) {
        peopleGram = alternate(sides, { kernels, settings });
        losses.push(loss());
      }
      losses
        .slice(1)
        .forEach((loss, k) => expect(loss).toBeLessThanOrEqual((losses[k] as number) * (1 + 1e-12)));
      // Settled, and no single factor of an item can be moved without a loss.
      expect((losses.at(-2) ?? 0) - (losses.at(-1) ?? 0)).toBeLessThan(1e-3);
      const { values } = sides.items.factors;
      const here = loss();
      for (let k = 0; k < values.length; k += 7) {
        for (const by of [-0.01, 0.01]) {
          const value = values[k] as number;
          values[k] = value + by;
          expect(loss()).toBeGreaterThan(here);
          values[k] = value;
        }
      }
    });
  });

  it('is the same for one thread and two, and for any order of the events', () => {
    const random = createRandom(5);
    const n = 4000;
    const person = Uint32Array.from({ length: n }, () => random.integer(0, 199));
    const item = Uint32Array.from({ length: n }, () => Math.floor(150 * random.uniform() ** 2));
    const order = random.shuffle([...person.keys()]);
    const events = { people: 200, items: 150, person, item, atMs: new Float64Array(n) };
    const shuffled = {
      ...events,
      person: Uint32Array.from(order, (k) => person[k] as number),
      item: Uint32Array.from(order, (k) => item[k] as number),
    };
    const settings = { factors: 16, epochs: 3, seed: 7 };
    const model = fitIals(collectInteractions(events), settings);
    expect(fitIals(collectInteractions(shuffled), { ...settings, threads: 2 })).toEqual(model);
    expect(fitIals(collectInteractions(events), { ...settings, seed: 8 }).itemFactors).not.toEqual(
      model.itemFactors,
    );
  });

  it('finds planted tastes', () => {
    const interactions = planted(300, 60);
    const model = fitIals(interactions, { factors: 4 });
    const history = historyOf(interactions, 4);
    const scores = scoresOf(model, history);
    const mean = (group: number): number => {
      const of = [...scores].filter((_, i) => i % 3 === group);
      return of.reduce((a, b) => a + b, 0) / of.length;
    };
    expect(mean(1)).toBeGreaterThan(2 * Math.max(mean(0), mean(2)));
  });

  it('tells its watch where it is, some milliseconds apart, and stops', () => {
    const heard: number[] = [];
    const interactions = planted(60, 40);
    fitIals(interactions, { factors: 8, epochs: 2 }, ({ done }) => void heard.push(done));
    expect(heard.length).toBeGreaterThan(8);
    heard.slice(1).forEach((done, k) => expect(done).toBeGreaterThanOrEqual(heard[k] as number));
    expect(codeOf(() => fitIals(interactions, {}, ({ done }) => (done > 0.3 ? 'stop' : undefined)))).toBe(
      'cancelled',
    );
  });
});

describe('people and events that came later', () => {
  it('a person of the training folded in is what a half-step makes of them', () => {
    const plain = planted(80, 50);
    const own = plain.own.map((_, p) => (p % 3 === 0 ? 0.5 : p % 5 === 0 ? 0.01 : 1));
    for (const [confidence, interactions] of [
      ['weight', plain],
      ['one', { ...plain, own }],
      ['weight', { ...plain, own }],
    ] as const) {
      const settings = chooseIals({ factors: 8, confidence, epochs: 3 });
      const model = fitIals(interactions, settings);
      kernels.scope(() => {
        const sides = makeSides(interactions, { settings, kernels });
        sides.items.factors.values.set(model.itemFactors);
        halfStep({ kernels, unobservedWeight: 0.1, solved: sides.people, fixed: sides.items, stage: 'test' });
        const whole = products(sides);
        whole.forEach((scores, u) =>
          expect(far(scoresOf(model, historyOf(interactions, u)), scores)).toBeLessThan(1e-9),
        );
      });
    }
  });

  it('an event more moves its person at once, towards the item and its like', () => {
    const interactions = planted(300, 60);
    const model = fitIals(interactions, { factors: 4 });
    const pastOf = (...items: number[]): TasteHistory => ({
      item: Uint32Array.from(items),
      weight: new Float64Array(items.length).fill(1),
      firstAtMs: new Float64Array(items.length),
      lastAtMs: new Float64Array(items.length),
      orders: new Uint32Array(items.length).fill(1),
    });
    const before = scoresOf(model, pastOf(0, 3, 4));
    const after = scoresOf(model, pastOf(0, 3, 4, 13));
    expect(after[7]).toBeGreaterThan(before[7] as number);
    expect(after[10]).toBeGreaterThan(before[10] as number);
    expect(after[13]).toBeGreaterThan(before[13] as number);
  });

  it('an item folded in from its buyers is where the fit had it, once settled', () => {
    const interactions = planted(120, 30);
    const model = fitIals(interactions, { factors: 4, epochs: 300 });
    const buyers = [...Array(120).keys()]
      .map((u) => historyOf(interactions, u))
      .filter((history) => history.item.includes(5));
    const folded = foldInItem(model, { item: 5, buyers });
    expect(far(folded.itemFactors, model.itemFactors)).toBeLessThan(2e-3);
  });

  it('an item that was not there gets a place among its like', () => {
    const interactions = planted(120, 30);
    const model = fitIals(interactions, { factors: 4 });
    const buyers = [1, 4, 7, 10, 13, 16].map((u) => historyOf(interactions, u));
    const folded = foldInItem(model, { item: 30, buyers });
    expect(folded.items).toBe(31);
    const person = historyOf(interactions, 22);
    const scores = scoresOf(folded, person);
    expect(scores[30]).toBeGreaterThan(
      2 * Math.abs(scoresOf(folded, historyOf(interactions, 21))[30] as number),
    );
    expect(far(folded.itemFactors.subarray(0, model.itemFactors.length), model.itemFactors)).toBe(0);
    expect(codeOf(() => foldInItem(model, { item: 32, buyers }))).toBe('out_of_range');
    expect(codeOf(() => foldInItem(model, { item: 30, buyers: [] }))).toBe('empty_input');
  });
});

describe('explanations', () => {
  it('sum to the score, whatever the history', () => {
    const interactions = planted(60, 40);
    const model = fitIals(interactions, { factors: 8, confidence: 'weight', epochs: 4 });
    const taste = ialsTaste(model);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(39), { maxLength: 40 }),
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.nat(39),
        (chosen, weights, item) => {
          const items = Uint32Array.from(chosen).sort();
          const n = items.length;
          const history = {
            item: items,
            weight: Float64Array.from(weights.slice(0, n)),
            firstAtMs: new Float64Array(n),
            lastAtMs: new Float64Array(n),
            orders: new Uint32Array(n).fill(1),
          };
          const scores = scoresOf(model, history);
          const explained = taste.explain?.(history, item);
          const parts = explained?.parts ?? [];
          const sum = parts.reduce((total, { contribution }) => total + contribution, explained?.base ?? 0);
          const size = parts.reduce((total, { contribution }) => total + Math.abs(contribution), 1e-3);
          expect(Math.abs(sum - (scores[item] as number))).toBeLessThan(1e-9 * size);
          expect(explained?.score).toBeCloseTo(sum, 9);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('saving', () => {
  it('keeps scores to the last bit and refuses damage', () => {
    const interactions = planted(60, 40);
    const model = fitIals(interactions, { factors: 8, epochs: 2 });
    const bytes = saveIals(model);
    const loaded = loadIals(bytes);
    expect(loaded).toEqual(model);
    expect(scoresOf(loaded, historyOf(interactions, 3))).toEqual(scoresOf(model, historyOf(interactions, 3)));
    const damaged = bytes.slice();
    damaged[bytes.length - 9] = (damaged[bytes.length - 9] as number) ^ 1;
    expect(codeOf(() => loadIals(damaged))).toBe('damaged');
    expect(codeOf(() => loadIals(bytes.slice(0, 100)))).toBe('damaged');
    for (const odd of [
      { known: model.known.toReversed() },
      { items: 3 },
      { factors: 2 },
      { peopleGram: new Float64Array(3) },
      { confidence: 'none' as 'one' },
    ])
      expect(codeOf(() => loadIals(saveIals({ ...model, ...odd })))).toBe('damaged');
  });
});

describe('any input', () => {
  const none = interactionsOf([], 0);

  it('answers for nobody, nothing, one person, one item and a million items', () => {
    expect(fitIals(none).lossPerPair).toBe(0);
    expect(scoresOf(fitIals(none), historyOf(interactionsOf([[]], 0), 0)).length).toBe(0);
    const one = interactionsOf([[1]]);
    expect(scoresOf(fitIals(one), historyOf(one, 0))[0]).toBeGreaterThan(0.5);
    const many = interactionsOf(
      [
        [1, 1],
        [0, 1],
      ],
      1_000_000,
    );
    const scores = scoresOf(fitIals(many, { factors: 4 }), historyOf(many, 1));
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[999_999]).toBe(0);
  });

  it('gives 0 for a person without a past, and ignores items it does not know', () => {
    const interactions = interactionsOf([
      [1, 1, 0],
      [1, 0, 0],
    ]);
    const model = fitIals(interactions, { factors: 4 });
    const only = historyOf(interactionsOf([[0, 0, 1]]), 0);
    expect([...scoresOf(model, only)]).toEqual([0, 0, 0]);
  });

  it('says what is wrong', () => {
    const model = fitIals(interactionsOf([[1, 1]]), { factors: 4 });
    const history = historyOf(interactionsOf([[1, 1, 1]]), 0);
    expect(codeOf(() => scoresOf(model, history))).toBe('out_of_range');
    expect(codeOf(() => ialsTaste(model).score(history, new Float64Array(1)))).toBe('length_mismatch');
    const heavy = { ...interactionsOf([[1, 1]]), weight: Float64Array.of(1e39, 1) };
    expect(codeOf(() => fitIals(heavy, { factors: 4, confidence: 'weight' }))).toBe('not_finite');
    expect(codeOf(() => fitIals(none, { factors: 0 }))).toBe('out_of_range');
    expect(codeOf(() => fitIals(none, { unobservedWeight: 0 }))).toBe('out_of_range');
    expect(codeOf(() => fitIals(none, { regularisation: Number.NaN }))).toBe('nan');
    expect(codeOf(() => fitIals(none, { epochs: 1.5 }))).toBe('negative_count');
    expect(codeOf(() => fitIals(none, { frequencyExponent: 2 }))).toBe('out_of_range');
  });
});
