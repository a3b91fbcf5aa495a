export {
  type ChooseInput,
  type ChosenSettings,
  chooseSettings,
  type TriedSettings,
} from './choose-settings.ts';
export { type ComparisonSettings, compareRankings } from './compare.ts';
export {
  type EvaluationSettings,
  evaluateRanking,
  type MetricsAtK,
  type NoRankingAnswer,
  type PersonValues,
  type RankingEvaluation,
} from './evaluate-ranking.ts';
export { type Coverage, coverageOf } from './list-figures.ts';
export { differenceInterval, type MeanInterval, meanInterval } from './mean-interval.ts';
export { type Discounts, discountsTo, metricsAt, type PersonMetrics } from './metrics.ts';
export {
  maskScores,
  type RankingTask,
  type RankingTaskInput,
  rankingTask,
  type Scorer,
  scorerOf,
} from './ranking-task.ts';
