import { checkCount, checkLength, checkLevel, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { topItems } from '../rebuy.ts';
import { type Coverage, coverageOf, surpriseOf } from './list-figures.ts';
import { type MeanInterval, meanInterval } from './mean-interval.ts';
import { discountsTo, metricsAt } from './metrics.ts';
import { maskScores, type RankingTask, type Scorer } from './ranking-task.ts';

/** Figures of the first k, means over people. */
export interface MetricsAtK {
  readonly k: number;
  readonly people: number;
  /** Hits ÷ wanted. */
  readonly recall: MeanInterval;
  /** Hits ÷ min(k, wanted). */
  readonly recallMin: MeanInterval;
  /** Ideal cut at min(k, wanted). */
  readonly ndcg: MeanInterval;
  /** Share of people with a hit. */
  readonly hitRate: MeanInterval;
  /** Bits: mean of -log2(share of people who had the item). */
  readonly novelty: MeanInterval;
}

/** One value per person scored, in the order of the task: for paired comparisons. */
export interface PersonValues {
  readonly k: number;
  readonly recall: Float64Array;
  readonly recallMin: Float64Array;
  readonly ndcg: Float64Array;
  readonly hitRate: Float64Array;
  readonly novelty: Float64Array;
}

export interface RankingEvaluation {
  readonly kind: 'evaluated';
  readonly people: number;
  /** One for each cut-off, in the order asked. */
  readonly at: readonly (MetricsAtK & { readonly coverage: Coverage })[];
  readonly segments: readonly { readonly segment: string; readonly at: readonly MetricsAtK[] }[];
  readonly values: readonly PersonValues[];
}

export interface NoRankingAnswer {
  readonly kind: 'no_answer';
  /** Nobody wanted anything that could be ranked. */
  readonly reason: 'nobody_to_score';
}

export interface EvaluationSettings {
  /** Default 10, 20 and 50. */
  readonly cutoffs?: readonly number[];
  /** Of the intervals, default 0.95. */
  readonly level?: number;
  /** Names of segments and, per person of the task's history, the index of theirs. */
  readonly segments?: { readonly names: readonly string[]; readonly of: ArrayLike<number> };
  readonly watch?: Watch;
}

const MEANS = ['recall', 'recallMin', 'ndcg', 'hitRate', 'novelty'] as const;

const atK = (values: PersonValues, rows: Uint32Array, level: number): MetricsAtK => {
  const of = (name: (typeof MEANS)[number]): MeanInterval => {
    const all = values[name];
    const chosen = Float64Array.from(rows, (row) => all[row] as number);
    const most =
      name === 'novelty'
        ? Math.max(
            1,
            chosen.reduce((a, b) => Math.max(a, b), 0),
          )
        : 1;
    return meanInterval(chosen, { level, most });
  };
  return {
    k: values.k,
    people: rows.length,
    recall: of('recall'),
    recallMin: of('recallMin'),
    ndcg: of('ndcg'),
    hitRate: of('hitRate'),
    novelty: of('novelty'),
  };
};

const checkSettings = (
  task: RankingTask,
  { cutoffs = [10, 20, 50], level = 0.95, segments }: EvaluationSettings,
) => {
  for (const k of cutoffs)
    if (checkCount('a cut-off', k) < 1)
      throw engineError('out_of_range', 'a cut-off must be at least 1', { k });
  if (cutoffs.length === 0) throw engineError('empty_input', 'there is no cut-off');
  if (segments) checkLength('segments.of', segments.of.length, task.history.people);
  return { cutoffs, level: checkLevel('level', level), segments };
};

/** The lists of people, one after the other, and what they amount to. */
const createBook = (task: RankingTask, cutoffs: readonly number[]) => {
  const people = task.person.length;
  const longest = cutoffs.reduce((a, b) => Math.max(a, b));
  const discounts = discountsTo(longest);
  const isWanted = new Int32Array(task.items).fill(-1);
  const isHit = new Uint8Array(Math.min(longest, task.items));
  const surprise = surpriseOf(task.history.item, task.history);
  const shown = cutoffs.map(() => new Float64Array(task.items));
  const values = cutoffs.map((k): PersonValues => {
    const column = (): Float64Array => new Float64Array(people);
    return { k, recall: column(), recallMin: column(), ndcg: column(), hitRate: column(), novelty: column() };
  });
  const write = (row: number, ranked: readonly number[]): void => {
    const from = task.start[row] as number;
    const to = task.start[row + 1] as number;
    for (let at = from; at < to; at++) isWanted[task.wanted[at] as number] = row;
    isHit.fill(0);
    ranked.forEach((item, rank) => {
      isHit[rank] = isWanted[item] === row ? 1 : 0;
    });
    cutoffs.forEach((k, c) => {
      const found = metricsAt(isHit, { k, wanted: to - from, discounts });
      const into = values[c] as PersonValues;
      into.recall[row] = found.recall;
      into.recallMin[row] = found.recallMin;
      into.ndcg[row] = found.ndcg;
      into.hitRate[row] = found.hit;
      const count = shown[c] as Float64Array;
      const listed = ranked.slice(0, k);
      for (const item of listed) count[item] = (count[item] as number) + 1;
      const bits = listed.reduce((sum, item) => sum + (surprise[item] as number), 0);
      into.novelty[row] = listed.length > 0 ? bits / listed.length : 0;
    });
  };
  return { longest, values, shown, write };
};

/**
 * Ranks every candidate for every person of the task and measures the lists. Equal scores are ranked by item index.
 * The intervals are over people, with the model as it is; coverage has none (it depends on how many people are asked).
 * O(people × (scoring + items)).
 *
 * @throws EngineError `out_of_range`, `empty_input`, `length_mismatch`, `nan` (a score), `cancelled`
 * @example
 * const found = evaluateRanking(task, scorerOf(model, task), { cutoffs: [10] });
 * if (found.kind === 'evaluated') found.at[0]?.ndcg; // { mean: 0.13, low: 0.12, high: 0.15 }
 */
export const evaluateRanking = (
  task: RankingTask,
  score: Scorer,
  settings: EvaluationSettings = {},
): RankingEvaluation | NoRankingAnswer => {
  const { cutoffs, level, segments } = checkSettings(task, settings);
  const people = task.person.length;
  if (people === 0) return { kind: 'no_answer', reason: 'nobody_to_score' };
  const { longest, values, shown, write } = createBook(task, cutoffs);
  const scores = new Float64Array(task.items);
  for (let row = 0; row < people; row++) {
    tell(settings.watch, 'ranking', row / people);
    const person = task.person[row] as number;
    score(person, scores);
    maskScores(task, person, scores);
    write(row, topItems(scores, longest));
  }
  tell(settings.watch, 'ranking', 1);
  const everybody = Uint32Array.from({ length: people }, (_, row) => row);
  return {
    kind: 'evaluated',
    people,
    at: values.map((each, c) => ({
      ...atK(each, everybody, level),
      coverage: coverageOf(shown[c] as Float64Array, task.candidate),
    })),
    segments: (segments?.names ?? []).flatMap((segment, index) => {
      const rows = everybody.filter((row) => segments?.of[task.person[row] as number] === index);
      return rows.length > 0 ? [{ segment, at: values.map((each) => atK(each, rows, level)) }] : [];
    }),
    values,
  };
};
