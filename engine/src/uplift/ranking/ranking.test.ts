import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import {
  qiniCurve,
  type RankingAnswer,
  type RankingInput,
  rankingArea,
  rankingReport,
  upliftAtShare,
  upliftByBin,
  upliftCurve,
} from './index.ts';

const draw = (seed: number, n: number): RankingInput & { readonly scores: Float64Array } => {
  const random = createRandom(seed);
  const scores = Float64Array.from({ length: n }, () => random.integer(0, 9) / 10);
  const treated = Array.from({ length: n }, (_, i) => i % 2);
  const outcomes = Array.from({ length: n }, (_, i) =>
    random.chance(0.2 + 0.4 * (treated[i] as number) * (scores[i] as number)) ? 1 : 0,
  );
  return { scores, treated, outcomes };
};

const number = (answer: RankingAnswer): number => {
  if (answer.kind === 'no_answer') throw new Error(answer.reason);
  return answer.value;
};

const reordered = (input: RankingInput, order: readonly number[]): RankingInput => ({
  outcomes: order.map((i) => input.outcomes[i] as number),
  treated: order.map((i) => input.treated[i] as number),
  scores: order.map((i) => input.scores[i] as number),
});

describe('rankings', () => {
  it('do not mind the order of the rows, nor any rising change of the scores', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const input = draw(seed, 120);
        const order = createRandom(seed, 'order').shuffle([...input.scores.keys()]);
        for (const other of [
          reordered(input, order),
          { ...input, scores: input.scores.map((s) => Math.exp(3 * s) - 7) },
        ]) {
          for (const curve of ['qini', 'uplift'] as const)
            expect(number(rankingArea(other, { curve }))).toBe(number(rankingArea(input, { curve })));
          expect(qiniCurve(other)).toEqual(qiniCurve(input));
          for (const among of ['overall', 'by_arm'] as const)
            expect(upliftAtShare(other, { top: 0.35, among })).toEqual(
              upliftAtShare(input, { top: 0.35, among }),
            );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('turn around with the scores', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const input = draw(seed, 100);
        const last = upliftCurve(input).y.at(-1) ?? Number.NaN;
        expect(upliftCurve({ ...input, scores: input.scores.map((s) => -s) }).y.at(-1)).toBeCloseTo(last, 10);
      }),
      { numRuns: 20 },
    );
  });

  it('share a cut among equal scores', () => {
    // Two of four people who all have one score: each half.
    const input = { outcomes: [1, 0, 1, 1], treated: [1, 1, 0, 0], scores: [5, 5, 5, 5] };
    expect(number(upliftAtShare(input, { top: 0.5 }))).toBe(-0.5);
    expect(number(upliftAtShare(input, { top: { people: 3 }, among: 'by_arm' }))).toBe(-0.5);
  });

  it('give reasons instead of numbers', () => {
    const money = { outcomes: [10, 0, 3, 4], treated: [1, 1, 0, 0], scores: [1, 2, 3, 4] };
    expect(rankingArea(money, { curve: 'qini' })).toEqual({ kind: 'no_answer', reason: 'not_binary' });
    const silent = { ...money, outcomes: [0, 0, 0, 0] };
    expect(rankingArea(silent, { curve: 'uplift' })).toMatchObject({ reason: 'one_outcome' });
    expect(upliftAtShare(money, { top: 0.5 })).toMatchObject({ reason: 'empty_arm' });
    expect(rankingReport(money).area.kind).toBe('value');
    expect(upliftByBin(money, { bins: 4 }).weightedAverage).toMatchObject({ reason: 'empty_arm' });
    expect(upliftByBin(money, { bins: 2, among: 'by_arm' }).bins).toHaveLength(2);
  });

  it.each([
    ['empty_arm', { treated: [1, 1, 1, 1] }],
    ['out_of_range', { treated: [1, 2, 0, 0] }],
    ['length_mismatch', { scores: [1] }],
    ['nan', { scores: [1, 2, Number.NaN, 4] }],
    ['not_finite', { outcomes: [1, 2, Infinity, 4] }],
    ['empty_input', { treated: [] }],
  ])('throw %s', (code, more) => {
    const input = { outcomes: [1, 0, 1, 0], treated: [1, 1, 0, 0], scores: [1, 2, 3, 4], ...more };
    expect(() => qiniCurve(input)).toThrow(expect.objectContaining({ code }));
  });

  it('throw on shares, bins, levels and replicates that are none', () => {
    const input = draw(1, 40);
    const code = 'out_of_range';
    expect(() => upliftAtShare(input, { top: 0 })).toThrow(expect.objectContaining({ code }));
    expect(() => upliftByBin(input, { bins: 41 })).toThrow(expect.objectContaining({ code }));
    expect(() => rankingReport(input, { replicates: 3 })).toThrow(expect.objectContaining({ code }));
    expect(() => rankingReport(input, { alpha: 0 })).toThrow(
      expect.objectContaining({ code: 'probability_out_of_range' }),
    );
  });
});

describe('intervals', () => {
  it('shrink with n, and repeat', () => {
    const width = (n: number): number => {
      const { qini } = rankingReport(draw(3, n), { replicates: 100, seed: 2 });
      if (qini.kind === 'no_answer') throw new Error(qini.reason);
      expect(qini.low).toBeLessThan(qini.value);
      expect(qini.high).toBeGreaterThan(qini.value);
      return qini.high - qini.low;
    };
    expect(width(4000)).toBeLessThan(0.65 * width(1000));
    expect(rankingReport(draw(3, 100), { seed: 4 })).toEqual(rankingReport(draw(3, 100), { seed: 4 }));
  });

  it('hold the true uplift of the top as often as they say', () => {
    // The top fiftieth lies among the tenth whose score is 0.9: the true effect is 0.4 × 0.9.
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { atShares } = rankingReport({ ...draw(seed, 800) }, { replicates: 80, shares: [0.02], seed });
      const found = atShares[0]?.uplift;
      if (found?.kind === 'value' && found.low <= 0.36 && found.high >= 0.36) held++;
    }
    // 0.95 less three standard errors of 100 runs, and 0.02 for the percentiles of so few people.
    expect(held).toBeGreaterThanOrEqual(86);
  });
});
