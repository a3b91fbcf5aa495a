import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { evaluateRanking, type RankingTask, rankingTask, scorerOf } from '../evaluate/index.ts';
import {
  collectInteractions,
  historyOf,
  splitByTime,
  type TasteEvents,
  type TasteHistory,
} from '../interactions/index.ts';
import { fitItemKnn, fitRebuy, linkTaste, rebuyTaste, type TasteModel } from '../models/index.ts';
import {
  type BlendModel,
  type BlendSource,
  blendTaste,
  fitBlend,
  fitShopSources,
  fitTrend,
  learnBlend,
  loadBlend,
  loadTrend,
  saveBlend,
  saveTrend,
  trendTaste,
  viewOf,
} from './index.ts';

const DAY = 86_400_000;
const PEOPLE = 300;
const ITEMS = 90;

/** Three shelves of 30; people keep to one, and come back for the same thing now and then. */
const shop = (seed: number): TasteEvents => {
  const random = createRandom(seed, 'blend');
  const rows: { person: number; item: number; atMs: number }[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    const shelf = person % 3;
    const bought: number[] = [];
    for (let day = random.integer(0, 10); day < 120; day += random.integer(4, 16)) {
      const item =
        bought.length > 0 && random.chance(0.4)
          ? random.choice(bought)
          : 30 * (random.chance(0.85) ? shelf : random.integer(0, 2)) +
            Math.floor(30 * random.uniform() ** 2);
      bought.push(item);
      rows.push({ person, item, atMs: day * DAY });
    }
  }
  return {
    people: PEOPLE,
    items: ITEMS,
    person: Uint32Array.from(rows, (row) => row.person),
    item: Uint32Array.from(rows, (row) => row.item),
    atMs: Float64Array.from(rows, (row) => row.atMs),
  };
};

const fitSources = (events: TasteEvents, nowMs: number): BlendSource[] => {
  const all = collectInteractions(events);
  const recent = collectInteractions(splitByTime(events, nowMs - 20 * DAY).after);
  return [
    { name: 'rebuy', model: rebuyTaste(fitRebuy(all, { nowMs })) },
    { name: 'knn', model: linkTaste(fitItemKnn(all)), view: { cap: 1, halfLifeDays: 60 } },
    { name: 'trend', model: trendTaste(fitTrend({ all, recent })) },
  ];
};

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isEngineError(error)) return error.code;
  }
  return 'none';
};

const events = shop(1);
const NOW = 100 * DAY;
const { before, after } = splitByTime(events, NOW);
const known = collectInteractions(before);
const task = (want: 'all' | 'new'): RankingTask =>
  rankingTask({ before: known, after: collectInteractions(after), want });
const sources = fitSources(before, NOW);
const blendOf = (weights: readonly number[]): BlendModel => ({
  kind: 'blend',
  items: ITEMS,
  names: sources.map(({ name }) => name),
  weights: Float64Array.from(weights),
  nowMs: NOW,
});
const ndcgOf = (of: RankingTask, model: TasteModel): number => {
  const found = evaluateRanking(of, scorerOf(model, of, NOW), { cutoffs: [10] });
  return found.kind === 'evaluated' ? (found.at[0]?.ndcg.mean ?? 0) : 0;
};

describe('a blend', () => {
  it('is explained by the weighted sum of its sources’ exact explanations', () => {
    const weight = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat(PEOPLE - 1),
        fc.nat(ITEMS - 1),
        fc.tuple(weight, weight, weight),
        (person, item, weights) => {
          const taste = blendTaste(blendOf(weights), sources);
          const history = historyOf(known, person);
          const scores = new Float64Array(ITEMS);
          taste.score(history, scores);
          const found = taste.explain(history, item);
          const size = found.parts.reduce(
            (sum, part) => sum + Math.abs(part.contribution),
            Math.abs(found.base) + 1,
          );
          const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-9 * size);
          close(found.score, scores[item] as number);
          close(
            found.parts.reduce((sum, part) => sum + part.contribution, found.base),
            found.score,
          );
          close(
            found.sources.reduce((sum, source) => sum + source.contribution, 0),
            found.score,
          );
          for (const { own, factor } of found.sources)
            for (const part of own?.parts ?? [])
              if (found.sources.length === 1)
                close(
                  found.parts.find(({ item }) => item === part.item)?.contribution ?? 0,
                  factor * part.contribution,
                );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is its only source where the others weigh nothing', () => {
    const alone = blendTaste(blendOf([0, 2, 0]), sources);
    const source = sources[1] as BlendSource;
    const a = new Float64Array(ITEMS);
    const b = new Float64Array(ITEMS);
    const history = historyOf(known, 5);
    alone.score(history, a);
    source.model.score(viewOf(history, source.view ?? {}, NOW), b);
    for (let i = 1; i < ITEMS; i++)
      expect(Math.sign((a[i] as number) - (a[0] as number))).toBe(
        Math.sign((b[i] as number) - (b[0] as number)),
      );
  });

  it('says nothing where no source does', () => {
    const nobody: TasteHistory = historyOf(
      collectInteractions({
        people: 1,
        items: ITEMS,
        person: new Uint32Array(0),
        item: new Uint32Array(0),
        atMs: new Float64Array(0),
      }),
      0,
    );
    const out = new Float64Array(ITEMS).fill(7);
    blendTaste(blendOf([0, 1, 0]), sources).score(nobody, out);
    expect(out.every((score) => score === 0)).toBe(true);
  });

  it('refuses scores that have no standard deviation', () => {
    for (const most of [1e200, Number.MAX_VALUE, Number.NaN]) {
      const model: TasteModel = { kind: 'loud', items: ITEMS, score: (_, out) => void out.fill(most, 0, 9) };
      const loud = blendTaste({ ...blendOf([1]), names: ['loud'] }, [{ name: 'loud', model }]);
      expect(codeOf(() => loud.score(historyOf(known, 0), new Float64Array(ITEMS)))).toBe('not_finite');
    }
  });

  it('refuses other sources and weights below 0', () => {
    expect(codeOf(() => blendTaste(blendOf([1, 1, -1]), sources))).toBe('negative_weight');
    expect(codeOf(() => blendTaste(blendOf([1, 1, Number.NaN]), sources))).toBe('nan');
    expect(codeOf(() => blendTaste(blendOf([1, 1, 1]), sources.toReversed()))).toBe('unknown_key');
    expect(codeOf(() => blendTaste({ ...blendOf([1, 1, 1]), items: 3 }, sources))).toBe('length_mismatch');
    expect(codeOf(() => blendTaste(blendOf([1, 1, 1]), sources).explain(historyOf(known, 0), ITEMS))).toBe(
      'out_of_range',
    );
  });

  it('is kept to the bit, and damage is noticed', () => {
    const blend = blendOf([0.3, 1, 0.1]);
    const bytes = saveBlend(blend);
    expect(loadBlend(bytes)).toEqual(blend);
    const hurt = bytes.slice();
    hurt[hurt.length - 3] = 1 ^ (hurt.at(-3) ?? 0);
    expect(codeOf(() => loadBlend(hurt))).toBe('damaged');
    const trend = fitTrend({ all: known, recent: known });
    expect(loadTrend(saveTrend(trend))).toEqual(trend);
    expect(codeOf(() => trendTaste(trend).explain?.(historyOf(known, 0), ITEMS))).toBe('out_of_range');
    expect(codeOf(() => loadTrend(bytes))).toBe('version_mismatch');
  });
});

describe('what a source sees', () => {
  it('caps counts, keeps gifts light, and ages what is old', () => {
    const history: TasteHistory = {
      item: Uint32Array.of(0, 1, 2),
      weight: Float64Array.of(3, 0.2, 1),
      firstAtMs: Float64Array.of(0, 0, 0),
      lastAtMs: Float64Array.of(0, 0, 60 * DAY),
      orders: Uint32Array.of(3, 1, 1),
    };
    expect(viewOf(history, {}, 0)).toBe(history);
    expect([...viewOf(history, { cap: 1 }, 0).weight]).toEqual([1, 0.2, 1]);
    expect([...viewOf(history, { cap: 1, halfLifeDays: 60 }, 60 * DAY).weight]).toEqual([0.5, 0.1, 1]);
    expect([...viewOf(history, { halfLifeDays: 60 }, -60 * DAY).weight]).toEqual([3, 0.2, 1]);
    // Six gifts are no more “had it” than one.
    const gifts = { ...history, own: Float64Array.of(0.5, 0.2, 1) };
    expect([...viewOf(gifts, { cap: 1 }, 0).weight]).toEqual([0.5, 0.2, 1]);
    expect([...viewOf({ ...gifts, own: new Float64Array(3) }, { halfLifeDays: 1 }, 0).weight]).toEqual([
      0, 0, 0,
    ]);
  });

  it('of gifts nothing, as taste; trend and popularity count what is sold', () => {
    const gifts = Float32Array.from(before.person, (_, k) => (k % 4 === 0 ? 0 : k % 4 === 1 ? 0.5 : 1));
    const sourcesOf = (events: typeof before) =>
      new Map(
        fitShopSources({ events, nowMs: NOW }, { want: 'all' }).map(({ name, model }) => {
          const scores = new Float64Array(ITEMS);
          model.score(historyOf(known, 5), scores, NOW);
          return [name, scores];
        }),
      );
    const sold = sourcesOf(before);
    const own = sourcesOf({ ...before, own: gifts });
    for (const [name, scores] of sold) {
      if (name === 'trend' || name === 'popularity') expect(own.get(name)).toEqual(scores);
      else expect(own.get(name)).not.toEqual(scores);
    }
  });
});

describe('the trend', () => {
  it('is the recent share over the usual one, damped', () => {
    const one = (pairs: readonly (readonly [number, number])[]) =>
      collectInteractions({
        people: 4,
        items: 3,
        person: Uint32Array.from(pairs, ([u]) => u),
        item: Uint32Array.from(pairs, ([, i]) => i),
        atMs: new Float64Array(pairs.length),
      });
    const all = one([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    const recent = one([
      [0, 0],
      [1, 0],
    ]);
    const { scores } = fitTrend({ all, recent, shrink: 1 });
    expect(scores[0]).toBeCloseTo(Math.log(3 / 2), 12);
    expect(scores[1]).toBeCloseTo(Math.log(1 / 2), 12);
    expect(scores[2]).toBe(0);
    expect(fitTrend({ all: one([]), recent: one([]) }).scores).toEqual(new Float64Array(3));
    expect(codeOf(() => fitTrend({ all, recent, shrink: 0 }))).toBe('out_of_range');
  });
});

describe('learning the weights', () => {
  const period = { task: task('all'), sources, nowMs: NOW };
  const learned = learnBlend([period], { prefer: 'best' });
  if (learned.kind !== 'learned') throw new Error(learned.reason);

  it('beats each source on people it has not seen', () => {
    const other = splitByTime(shop(2), NOW);
    const history = collectInteractions(other.before);
    const fresh = rankingTask({ before: history, after: collectInteractions(other.after), want: 'all' });
    const theirs = fitSources(other.before, NOW);
    const blended = ndcgOf(fresh, blendTaste({ ...blendOf([0, 0, 0]), weights: learned.weights }, theirs));
    theirs.forEach((_, s) => {
      const alone = blendTaste(blendOf([0, 0, 0].with(s, 1)), theirs);
      expect(blended).toBeGreaterThan(ndcgOf(fresh, alone) + 0.01);
    });
  });

  it('measures what the full ranking measures', () => {
    expect(learned.ndcg.mean).toBeCloseTo(
      ndcgOf(period.task, blendTaste({ ...blendOf([0, 0, 0]), weights: learned.weights }, sources)),
      6,
    );
    learned.alone.forEach(({ ndcg, gain }) => {
      expect(learned.ndcg.mean - ndcg).toBeCloseTo(gain.mean, 12);
      expect(gain.mean).toBeGreaterThanOrEqual(0);
    });
  });

  it('gives noise no weight to speak of', () => {
    const random = createRandom('noise');
    const table = Float64Array.from({ length: ITEMS }, () => random.normal());
    const noise: BlendSource = {
      name: 'noise',
      model: { kind: 'noise', items: ITEMS, score: (_h, out) => out.set(table) },
    };
    const found = learnBlend([{ ...period, sources: [...sources, noise] }], { rounds: 2 });
    if (found.kind !== 'learned') throw new Error(found.reason);
    expect(found.weights[3]).toBeLessThanOrEqual(0.15);
  });

  it('prefers wide lists within a standard error, and wider ones where asked', () => {
    const widest = learnBlend([period]);
    const narrow = { ...period, task: task('new') };
    const asked = learnBlend([narrow], { prefer: 'best', leastCoverage: 0.99, wide: 1 });
    const free = learnBlend([narrow], { prefer: 'best', wide: 1 });
    if (widest.kind !== 'learned' || asked.kind !== 'learned' || free.kind !== 'learned')
      throw new Error('no answer');
    expect(widest.coverage).toBeGreaterThanOrEqual(learned.coverage);
    expect(widest.ndcg.mean).toBeLessThanOrEqual(learned.ndcg.mean);
    expect(widest.best).toEqual({
      weights: learned.weights,
      ndcg: learned.ndcg.mean,
      coverage: learned.coverage,
    });
    const wider = learnBlend([narrow], { wide: 1 });
    if (wider.kind !== 'learned') throw new Error(wider.reason);
    expect(wider.coverage).toBeGreaterThan(wider.best.coverage);
    expect(wider.ndcg.mean).toBeGreaterThan(wider.best.ndcg - 0.03);
    expect(asked.coverage).toBeGreaterThan(free.coverage);
    expect(asked.ndcg.mean).toBeLessThan(free.ndcg.mean);
  });

  it('is the same for the same people, and stops when told', () => {
    expect(learnBlend([period], { prefer: 'best' })).toEqual(learned);
    expect(
      codeOf(() => learnBlend([period], {}, ({ stage }) => (stage === 'weights' ? 'stop' : undefined))),
    ).toBe('cancelled');
    expect(codeOf(() => learnBlend([]))).toBe('empty_input');
    expect(codeOf(() => learnBlend([period], { leastCoverage: 2 }))).toBe('probability_out_of_range');
    expect(codeOf(() => learnBlend([period], { k: 0 }))).toBe('out_of_range');
    expect(codeOf(() => learnBlend([{ ...period, sources: [...sources, ...sources] }]))).toBe('unknown_key');
  });

  it('says when there is nothing to learn from', () => {
    const few = { ...period.task, person: period.task.person.subarray(0, 20) };
    expect(learnBlend([{ ...period, task: few }])).toEqual({ kind: 'no_answer', reason: 'too_few_people' });
    const silent: BlendSource = {
      name: 'silent',
      model: { kind: 'silent', items: ITEMS, score: (_h, out) => void out.fill(0) },
    };
    const nothing = { ...period.task, wanted: period.task.wanted.map(() => ITEMS - 1) };
    expect(learnBlend([{ ...period, task: nothing, sources: [silent] }], { depth: 5 })).toEqual({
      kind: 'no_answer',
      reason: 'no_signal',
    });
  });
});

describe('a blend in one go', () => {
  const input = {
    events: before,
    nowMs: NOW,
    periods: [
      { fromMs: 60 * DAY, toMs: 80 * DAY },
      { fromMs: 80 * DAY, toMs: NOW },
    ],
    want: 'all' as const,
  };

  it('never shows sources what they are to foretell', () => {
    const seen: (readonly [number, number])[] = [];
    const fitted = fitBlend(
      {
        ...input,
        fitSources: (events, nowMs) => {
          seen.push([events.atMs.reduce((a, b) => Math.max(a, b)), nowMs]);
          return fitSources(events, nowMs);
        },
      },
      { rounds: 1 },
    );
    if (fitted.kind !== 'fitted') throw new Error(fitted.reason);
    expect(seen.map(([, nowMs]) => nowMs / DAY)).toEqual([60, 80, 100]);
    for (const [latest, nowMs] of seen) expect(latest).toBeLessThan(nowMs);
    expect(fitted.learned.people).toBeGreaterThan(PEOPLE);
    expect(ndcgOf(task('all'), blendTaste(fitted.blend, fitted.sources))).toBeGreaterThan(0.2);
  });

  it('does not depend on the order of the rows', () => {
    const order = createRandom('order').shuffle([...before.person.keys()]);
    const mixed: TasteEvents = {
      ...before,
      person: Uint32Array.from(order, (k) => before.person[k] as number),
      item: Uint32Array.from(order, (k) => before.item[k] as number),
      atMs: Float64Array.from(order, (k) => before.atMs[k] as number),
    };
    const a = fitBlend({ ...input, fitSources }, { rounds: 1 });
    const b = fitBlend({ ...input, events: mixed, fitSources }, { rounds: 1 });
    expect(a.kind === 'fitted' && a.learned).toEqual(b.kind === 'fitted' && b.learned);
  });

  it('refuses events of the test, and periods that reach into it', () => {
    expect(codeOf(() => fitShopSources({ events, nowMs: NOW }, { want: 'new' }))).toBe('out_of_range');
    expect(codeOf(() => fitBlend({ ...input, events, fitSources }))).toBe('out_of_range');
    expect(codeOf(() => fitBlend({ ...input, periods: [{ fromMs: 0, toMs: NOW + 1 }], fitSources }))).toBe(
      'out_of_range',
    );
    expect(codeOf(() => fitBlend({ ...input, periods: [], fitSources }))).toBe('empty_input');
    expect(codeOf(() => fitBlend({ ...input, fitSources }, {}, () => 'stop'))).toBe('cancelled');
  });

  it('tells a share that never falls', () => {
    let last = 0;
    fitBlend({ ...input, fitSources }, { rounds: 1 }, ({ done }) => {
      expect(done).toBeGreaterThanOrEqual(last);
      last = done;
    });
    expect(last).toBeLessThanOrEqual(1);
  });
});
