export { type ArmStatistic, meanArm, type NoLift, proportionArm, ratioArm } from './arm.ts';
export { type AdjustedArms, type CupedInput, cupedArms } from './cuped.ts';
export { cupedRatioArms } from './cuped-ratio.ts';
export { outcomesInWindow, type WindowedOutcomes, type WindowInput } from './outcome-window.ts';
export {
  armOfRows,
  type ClusteredArm,
  clusterArm,
  requireOneRowEach,
  sumPerUnit,
  type UnitRows,
} from './people.ts';
export { type QuantileInterval, quantileArm, quantileDifference, quantileSequence } from './quantile.ts';
export {
  type ArmRows,
  adjustByRegression,
  type RegressionAdjusted,
  type RegressionInput,
} from './regression.ts';
export { type WinsorLimits, winsorise, winsorLimitsFrom } from './winsor.ts';
