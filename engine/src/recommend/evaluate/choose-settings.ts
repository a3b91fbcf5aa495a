import { engineError } from '../../errors/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { evaluateRanking } from './evaluate-ranking.ts';
import { differenceInterval, type MeanInterval, meanInterval } from './mean-interval.ts';
import type { RankingTask, Scorer } from './ranking-task.ts';

export interface ChooseInput<S> {
  /** The few that are worth trying, simplest first. */
  readonly candidates: readonly S[];
  /** Validation periods, all before any test. */
  readonly periods: readonly RankingTask[];
  /** Fits on what the period's history knows, and says how it scores. */
  readonly scorer: (candidate: S, period: RankingTask, watch?: Watch) => Scorer;
  /** NDCG of the first k. Default 10. */
  readonly k?: number;
}

export interface TriedSettings<S> {
  readonly settings: S;
  readonly ndcg: MeanInterval;
  /** Share of the candidates that the lists show, mean over periods. */
  readonly coverage: number;
  /** How far behind the chosen one, paired by person. */
  readonly behind: MeanInterval;
}

export type ChosenSettings<S> =
  | {
      readonly kind: 'chosen';
      readonly settings: S;
      /**
       * NDCG without the luck of being chosen: on each period, of what the other periods would have chosen; undefined for one period. The
       * choice as a whole is judged by this, its winner's own figure in `tried` flatters it. A person of two periods counts as two.
       */
      readonly ndcg: MeanInterval | undefined;
      /** Everything that was tried, in its order: a search that hides its failures is not honest. */
      readonly tried: readonly TriedSettings<S>[];
    }
  | { readonly kind: 'no_answer'; readonly reason: 'nobody_to_score' };

/** The one with the largest mean; the earlier of equals. */
const winnerOf = <T>(found: readonly T[], meanOf: (each: T) => number): T =>
  found.reduce((a, b) => (meanOf(b) > meanOf(a) ? b : a));

const meanOf = (lists: readonly Float64Array[]): number => {
  let [sum, n] = [0, 0];
  for (const list of lists) for (const value of list) [sum, n] = [sum + value, n + 1];
  return n === 0 ? 0 : sum / n;
};

/** Each period under what the others would have chosen. */
const chosenElsewhere = (
  perPeriod: readonly (readonly Float64Array[])[],
  periods: number,
): MeanInterval | undefined => {
  if (periods < 2) return undefined;
  const values: number[] = [];
  for (let p = 0; p < periods; p++) {
    const winner = winnerOf(perPeriod, (lists) => meanOf(lists.filter((_, other) => other !== p)));
    for (const value of winner[p] as Float64Array) values.push(value);
  }
  return meanInterval(Float64Array.from(values), { level: 0.95 });
};

/**
 * A small search: every candidate is fitted and fully ranked on every validation period; the largest NDCG over all people wins, the
 * earlier of equals. The test period is not among the arguments, so that nothing here can look at it. What wins is
 * optimistic on these periods by what was chosen, and so are the intervals of `tried` and `behind`, which know nothing of the choice: `ndcg` is
 * made of periods that did not choose.
 *
 * @throws EngineError `empty_input`, and what the fits throw
 * @example
 * chooseSettings({
 *   candidates: [100, 300, 1000],
 *   periods: [task],
 *   scorer: (l2, { history }) => scorerOf(easeTaste(fitEase(history, { l2 })), task),
 * });
 */
export const chooseSettings = <S>(
  { candidates, periods, scorer, k = 10 }: ChooseInput<S>,
  watch?: Watch,
): ChosenSettings<S> => {
  if (candidates.length === 0 || periods.length === 0)
    throw engineError('empty_input', 'a search needs candidates and periods');
  const steps = candidates.length * periods.length;
  const found = candidates.map((settings, c) => {
    const lists = periods.map(() => new Float64Array(0));
    let coverage = 0;
    periods.forEach((period, p) => {
      const step = c * periods.length + p;
      const fit = watchPart(watch, step / steps, (step + 0.7) / steps);
      const rank = watchPart(watch, (step + 0.7) / steps, (step + 1) / steps);
      const answer = evaluateRanking(period, scorer(settings, period, fit), {
        cutoffs: [k],
        ...(rank && { watch: rank }),
      });
      if (answer.kind === 'no_answer') return;
      lists[p] = Float64Array.from(answer.values[0]?.ndcg ?? []);
      coverage += (answer.at[0]?.coverage.share ?? 0) / periods.length;
    });
    const perPerson = Float64Array.from(lists.flatMap((list) => [...list]));
    return { settings, coverage, lists, perPerson, ndcg: meanInterval(perPerson, { level: 0.95 }) };
  });
  if (found[0]?.perPerson.length === 0) return { kind: 'no_answer', reason: 'nobody_to_score' };
  const best = winnerOf(found, ({ ndcg }) => ndcg.mean);
  return {
    kind: 'chosen',
    settings: best.settings,
    ndcg: chosenElsewhere(
      found.map(({ lists }) => lists),
      periods.length,
    ),
    tried: found.map(({ settings, ndcg, coverage, perPerson }) => ({
      settings,
      ndcg,
      coverage,
      behind: differenceInterval(
        perPerson.map((value, row) => (best.perPerson[row] as number) - value),
        { level: 0.95 },
      ),
    })),
  };
};
