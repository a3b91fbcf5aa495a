import { describe, expect, it } from 'vitest';
import { findOracle } from '../../../testing/beside-the-project.ts';
import { cellsOf, perfectCurveOf } from './curves.ts';
import {
  qiniCurve,
  type RankingAnswer,
  type RankingInput,
  rankingArea,
  upliftAtShare,
  upliftByBin,
  upliftCurve,
} from './index.ts';
import { groupSums, rankedFrom } from './ranked.ts';

const cases = findOracle('uplift.json');

const same = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));

/** A number, or not computable where the library says NaN, infinity or raises. */
const sameAnswer = (found: RankingAnswer, expected: unknown): void => {
  if (typeof expected !== 'number') expect(found.kind).toBe('no_answer');
  else if (found.kind === 'no_answer') throw new Error(`${found.reason}, expected ${expected}`);
  else same(found.value, expected);
};

const answerOf = (key: string, input: RankingInput): RankingAnswer => {
  if (key === 'uplift_auc_score') return rankingArea(input, { curve: 'uplift' });
  if (key === 'qini_auc_score') return rankingArea(input, { curve: 'qini' });
  if (key === 'qini_auc_score_no_negative_effect')
    return rankingArea(input, { curve: 'qini', negativeEffect: false });
  const among = key.endsWith('by_group') ? 'by_arm' : 'overall';
  const at = /^uplift_at_(first_)?([\d.]+)_/.exec(key);
  if (at) {
    const k = Number(at[2]);
    return upliftAtShare(input, { top: at[1] ? { people: k } : k, among, ties: 'later_first' });
  }
  const bins = Number(/^weighted_average_uplift_(\d+)_bins/.exec(key)?.[1]);
  return upliftByBin(input, { bins, among }).weightedAverage;
};

const curveFor = (key: string, input: RankingInput) => {
  if (key === 'uplift_curve') return upliftCurve(input);
  if (key === 'qini_curve') return qiniCurve(input);
  const cells = cellsOf(groupSums(rankedFrom(input)));
  return perfectCurveOf(key === 'perfect_qini_curve' ? 'qini' : 'uplift', cells);
};

describe.runIf(cases)('scikit-uplift', () => {
  it.each(cases ?? [])('$name', ({ input, expected }) => {
    const given: RankingInput = {
      outcomes: input.y as number[],
      treated: input.treatment as number[],
      scores: input.uplift as number[],
    };
    const silent = (given.outcomes as number[]).every((y) => y === 0);
    for (const [key, value] of Object.entries(expected)) {
      if (key === 'perfect_qini_curve_no_negative_effect') continue;
      if (!key.endsWith('curve')) {
        // The library refuses outcomes of one kind altogether; a difference of two rates of 0 is 0.
        if (silent && key.startsWith('uplift_at')) continue;
        sameAnswer(answerOf(key, given), value);
        continue;
      }
      const { x, y } = value as { x?: number[]; y?: number[] };
      if (!x || !y) continue;
      const found = curveFor(key, given);
      expect([...found.x]).toEqual(x);
      y.forEach((each, i) => same(found.y[i] as number, each));
    }
  });
});
