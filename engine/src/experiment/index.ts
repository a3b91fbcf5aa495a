export { chiSquareTail, logGamma, upperGamma } from '../special/index.ts';
export * from './answers/index.ts';
export * from './arms/index.ts';
export { type Arm, type ArmAssignment, armAt, assignArm, checkArms, hashPoint, isHeldOut } from './assign.ts';
export {
  type AllocationEpoch,
  type AssignmentRecord,
  checkEpochs,
  epochAt,
  keepOrAssign,
} from './assignment-record.ts';
export { type BernoulliInput, bernoulliInterval, bernoulliLogE, mixtureSize } from './bernoulli.ts';
export * from './design/index.ts';
export {
  anytimeDifference,
  type Compared,
  type DifferenceInput,
  type Interval,
  type NoAnswer,
  type RelativeInterval,
} from './difference.ts';
export { equalRatesLogE } from './exact-evidence.ts';
export { MINIMUM_OUTCOMES, MINIMUM_PEOPLE } from './minimums.ts';
export {
  collectMoments,
  type Moments,
  type MomentsCollector,
  mergeMoments,
  momentsOf,
  momentsOfCounts,
  NO_MOMENTS,
  varianceOf,
} from './moments.ts';
export { capMoney, type MoneyCap, moneyCapFrom } from './money.ts';
export {
  anytimeMultiplier,
  normalMixtureBound,
  normalMixtureLogE,
  normalMixtureRho,
} from './normal-mixture.ts';
export { type EpochCounts, type SampleRatio, sampleRatio, sampleRatioByEpoch } from './sample-ratio.ts';
export * from './sequences/index.ts';
