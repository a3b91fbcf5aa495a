import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { collectInteractions, type Interactions } from '../interactions/index.ts';
import {
  chooseSettings,
  compareRankings,
  coverageOf,
  evaluateRanking,
  meanInterval,
  type RankingEvaluation,
  type RankingTask,
  rankingTask,
  type Scorer,
} from './index.ts';

const interactions = (
  people: number,
  items: number,
  pairs: readonly (readonly [number, number])[],
): Interactions =>
  collectInteractions({
    people,
    items,
    person: Uint32Array.from(pairs, ([u]) => u),
    item: Uint32Array.from(pairs, ([, i]) => i),
    atMs: new Float64Array(pairs.length),
  });

const evaluated = (task: RankingTask, score: Scorer, cutoffs: readonly number[]): RankingEvaluation => {
  const found = evaluateRanking(task, score, { cutoffs });
  if (found.kind !== 'evaluated') throw new Error(found.reason);
  return found;
};

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isEngineError(error)) return error.code;
  }
  return 'none';
};

const small = {
  before: interactions(3, 6, [
    [0, 0],
    [0, 1],
    [1, 2],
    [2, 3],
    [2, 4],
  ]),
  after: interactions(3, 6, [
    [0, 0],
    [0, 3],
    [0, 4],
    [0, 5],
    [1, 2],
  ]),
};
const byFallingIndex: Scorer = (_person, out) => {
  for (let i = 0; i < out.length; i++) out[i] = i;
};

describe('evaluateRanking', () => {
  it('counts as written down', () => {
    const all = evaluated(rankingTask({ ...small, want: 'all' }), byFallingIndex, [2, 4]);
    // Item 5 is nobody's before: neither ranked nor wanted. Person 0 wants 0, 3, 4; sees 4, 3, 2, 1. Person 1 wants 2.
    expect(all.people).toBe(2);
    const [two, four] = all.values;
    expect([...(two?.recall ?? [])]).toEqual([2 / 3, 0]);
    expect([...(two?.recallMin ?? [])]).toEqual([1, 0]);
    expect([...(two?.ndcg ?? [])]).toEqual([1, 0]);
    expect(four?.ndcg[0]).toBeCloseTo((1 + 1 / Math.log2(3)) / (1 + 1 / Math.log2(3) + 0.5), 12);
    expect(four?.ndcg[1]).toBeCloseTo(0.5, 12);
    expect(all.at[0]?.coverage.items).toBe(2);
    expect(all.at[1]?.coverage).toMatchObject({ items: 4, share: 0.8 });
    expect(all.at[0]?.novelty.mean).toBeCloseTo(Math.log2(3), 12);

    const fresh = evaluated(rankingTask({ ...small, want: 'new' }), byFallingIndex, [2]);
    expect(fresh.people).toBe(1);
    expect(fresh.at[0]).toMatchObject({ recall: { mean: 1 }, hitRate: { mean: 1 } });
  });

  it('agrees with sorting everything', () => {
    const pair = fc.tuple(fc.nat(7), fc.nat(11));
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 40 }),
        fc.array(pair, { maxLength: 40 }),
        fc.nat(1e6),
        fc.constantFrom('all' as const, 'new' as const),
        fc.integer({ min: 1, max: 14 }),
        (...drawn) => {
          const [early, late, seed, want, k] = drawn;
          const before = interactions(8, 12, early);
          const after = interactions(8, 12, late);
          const task = rankingTask({ before, after, want });
          const random = createRandom(seed);
          // Few distinct scores: many ties.
          const table = Array.from({ length: 8 }, () =>
            Float64Array.from({ length: 12 }, () => random.integer(0, 3)),
          );
          const found = evaluateRanking(task, (u, out) => out.set(table[u] as Float64Array), {
            cutoffs: [k],
          });
          const has = (x: Interactions, u: number, i: number): boolean =>
            x.item.subarray(x.start[u], x.start[u + 1]).includes(i);
          const known = new Set(before.item);
          const rows: { recall: number; ndcg: number }[] = [];
          for (let u = 0; u < 8; u++) {
            if (before.start[u] === before.start[u + 1]) continue;
            const open = Array.from({ length: 12 }, (_, i) => i).filter(
              (i) => known.has(i) && !(want === 'new' && has(before, u, i)),
            );
            const wanted = open.filter((i) => has(after, u, i));
            if (wanted.length === 0) continue;
            const scores = table[u] as Float64Array;
            const list = open
              .toSorted((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
              .slice(0, k);
            const gain = (rank: number): number => 1 / Math.log2(rank + 2);
            const dcg = list.reduce((sum, i, rank) => sum + (wanted.includes(i) ? gain(rank) : 0), 0);
            const ideal = wanted.slice(0, k).reduce((sum, _, rank) => sum + gain(rank), 0);
            rows.push({
              recall: list.filter((i) => wanted.includes(i)).length / wanted.length,
              ndcg: dcg / ideal,
            });
          }
          if (found.kind === 'no_answer') {
            expect(rows).toEqual([]);
            return;
          }
          expect(found.people).toBe(rows.length);
          rows.forEach((row, r) => {
            expect(found.values[0]?.recall[r]).toBeCloseTo(row.recall, 12);
            expect(found.values[0]?.ndcg[r]).toBeCloseTo(row.ndcg, 12);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reports segments of people', () => {
    const task = rankingTask({ ...small, want: 'all' });
    const found = evaluateRanking(task, byFallingIndex, {
      cutoffs: [2],
      segments: { names: ['few', 'many', 'nobody'], of: [1, 0, 0] },
    });
    if (found.kind !== 'evaluated') throw new Error(found.reason);
    expect(found.segments.map(({ segment, at }) => [segment, at[0]?.people, at[0]?.ndcg.mean])).toEqual([
      ['few', 1, 0],
      ['many', 1, 1],
    ]);
  });

  it('says when nobody can be scored, and refuses what is wrong', () => {
    const nothing = interactions(3, 6, []);
    expect(evaluateRanking(rankingTask({ ...small, after: nothing, want: 'all' }), byFallingIndex)).toEqual({
      kind: 'no_answer',
      reason: 'nobody_to_score',
    });
    const task = rankingTask({ ...small, want: 'all' });
    expect(codeOf(() => evaluateRanking(task, (_, out) => out.fill(Number.NaN)))).toBe('nan');
    expect(codeOf(() => evaluateRanking(task, byFallingIndex, { cutoffs: [0] }))).toBe('out_of_range');
    expect(codeOf(() => evaluateRanking(task, byFallingIndex, { cutoffs: [] }))).toBe('empty_input');
    expect(codeOf(() => evaluateRanking(task, byFallingIndex, { watch: () => 'stop' }))).toBe('cancelled');
    expect(codeOf(() => rankingTask({ ...small, after: interactions(2, 6, []), want: 'all' }))).toBe(
      'length_mismatch',
    );
  });

  it('gives people without a past only when asked', () => {
    const after = interactions(3, 6, [[1, 0]]);
    const before = interactions(3, 6, [[0, 0]]);
    expect(rankingTask({ before, after, want: 'all' }).person.length).toBe(0);
    expect(rankingTask({ before, after, want: 'all', unknownPeople: true }).person).toEqual(
      Uint32Array.of(1),
    );
  });
});

describe('figures of lists', () => {
  it('knows even and uneven catalogues', () => {
    const everything = new Uint8Array(4).fill(1);
    expect(coverageOf(Float64Array.of(2, 2, 2, 2), everything)).toEqual({ items: 4, share: 1, gini: 0 });
    expect(coverageOf(Float64Array.of(0, 0, 0, 8), everything)).toEqual({
      items: 1,
      share: 0.25,
      gini: 0.75,
    });
    expect(coverageOf(Float64Array.of(0, 5), Uint8Array.of(1, 0))).toEqual({ items: 0, share: 0, gini: 0 });
  });
});

describe('intervals', () => {
  it.each([
    ['mostly zeros', 60, 0.12],
    ['mostly zeros, many people', 400, 0.05],
    ['spread out', 30, 1],
  ])('cover the truth: %s', (_name, n, share) => {
    const random = createRandom(`coverage ${n}`);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const values = Float64Array.from({ length: n }, () => (random.chance(share) ? random.uniform() : 0));
      const { low, high } = meanInterval(values, { level: 0.95 });
      if (low <= share / 2 && share / 2 <= high) covered += 1;
    }
    // 2,000 runs: a standard error of half a point.
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.99);
  });

  it('are never a point, and never beyond what can be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (list) => {
          const { mean, low, high } = meanInterval(Float64Array.from(list), { level: 0.95 });
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(high - low).toBeGreaterThan(1e-6);
          expect(mean).toBeGreaterThanOrEqual(low - 1e-12);
          expect(mean).toBeLessThanOrEqual(high + 1e-12);
        },
      ),
    );
  });
});

describe('the interval of values that are all the largest but for rounding', () => {
  it('is one', () => {
    const most = 3.3000000000000003;
    for (const values of [Float64Array.of(most, 3.3), Float64Array.of(3.3, most, most)]) {
      const { low, high } = meanInterval(values, { level: 0.95, most });
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThan(most);
      expect(high).toBe(most);
    }
  });
});

describe('comparing and choosing', () => {
  const random = createRandom('choosing');
  const pairs = (n: number) =>
    Array.from({ length: n }, () => [random.integer(0, 199), random.integer(0, 39)] as const);
  const before = interactions(200, 40, pairs(1500));
  const after = interactions(200, 40, pairs(900));
  const task = rankingTask({ before, after, want: 'all' });
  const truth = Array.from(
    { length: 200 },
    (_, u) => new Set(after.item.subarray(after.start[u], after.start[u + 1])),
  );
  /** Knows the future, less so the larger the noise. */
  const oracle = (noise: number): Scorer => {
    const own = createRandom(`noise ${noise}`);
    return (u, out) => {
      for (let i = 0; i < out.length; i++) out[i] = (truth[u]?.has(i) ? 1 : 0) + own.normal(0, noise);
    };
  };

  it('compares person by person', () => {
    const good = evaluated(task, oracle(0.3), [10]);
    const bad = evaluated(task, oracle(1.5), [10]);
    const gain = compareRankings(good, bad);
    expect(gain.low).toBeGreaterThan(0);
    expect(gain.mean).toBeCloseTo((good.at[0]?.ndcg.mean ?? 0) - (bad.at[0]?.ndcg.mean ?? 0), 12);
    expect(compareRankings(good, good)).toEqual({ mean: 0, low: 0, high: 0 });
    expect(codeOf(() => compareRankings(good, bad, { k: 20 }))).toBe('out_of_range');
  });

  it('chooses by the periods, and shows what was tried', () => {
    const found = chooseSettings({ candidates: [2, 0.2, 1], periods: [task, task], scorer: oracle });
    if (found.kind !== 'chosen') throw new Error(found.reason);
    expect(found.settings).toBe(0.2);
    expect(found.tried.map(({ settings }) => settings)).toEqual([2, 0.2, 1]);
    expect(found.tried.map(({ behind }) => behind.mean > 0)).toEqual([true, false, true]);
    const equal = chooseSettings({
      candidates: ['first', 'second'],
      periods: [task],
      scorer: () => byFallingIndex,
    });
    expect(equal.kind === 'chosen' && equal.settings).toBe('first');
    expect(equal.kind === 'chosen' && equal.ndcg).toBeUndefined();
    const stop = (): unknown =>
      chooseSettings({ candidates: [1], periods: [task], scorer: oracle }, () => 'stop');
    expect(codeOf(stop)).toBe('cancelled');
  });

  it('judges the choice on periods that did not choose', () => {
    // Ten candidates that know nothing: the luckiest looks better than it is.
    const people = 40;
    let [winner, elsewhere, all] = [0, 0, 0];
    for (let run = 0; run < 12; run++) {
      const random = createRandom('lucky', `${run}`);
      const periods = [0, 1, 2].map(() => {
        const before = Array.from({ length: people }, (_, u) => [u, u % 20] as const);
        const after = Array.from({ length: people }, (_, u) => [u, random.integer(0, 19)] as const);
        return rankingTask({
          before: interactions(people, 20, before),
          after: interactions(people, 20, after),
          want: 'all',
        });
      });
      const found = chooseSettings({
        candidates: Array.from({ length: 10 }, (_, seed) => 100 * run + seed),
        periods,
        scorer: (seed) => (person, out) => {
          const own = createRandom(seed, `${person}`);
          for (let i = 0; i < out.length; i++) out[i] = own.uniform();
        },
      });
      if (found.kind !== 'chosen') throw new Error(found.reason);
      winner += Math.max(...found.tried.map(({ ndcg }) => ndcg.mean)) / 12;
      elsewhere += (found.ndcg?.mean ?? 1) / 12;
      all += found.tried.reduce((sum, { ndcg }) => sum + ndcg.mean, 0) / 120;
    }
    expect(winner - all).toBeGreaterThan(0.025);
    expect(Math.abs(elsewhere - all)).toBeLessThan(0.02);
  });
});
