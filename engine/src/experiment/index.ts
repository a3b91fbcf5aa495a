export { type Arm, type ArmAssignment, armAt, assignArm, checkArms, hashPoint, isHeldOut } from './assign.ts';
export { type BernoulliInput, bernoulliInterval } from './bernoulli.ts';
export {
  anytimeDifference,
  type Compared,
  type DifferenceInput,
  type Interval,
  MINIMUM_OUTCOMES,
  type NoAnswer,
  type RelativeInterval,
} from './difference.ts';
export { chiSquareTail, logGamma, upperGamma } from './gamma.ts';
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
export { type SampleRatio, sampleRatio } from './sample-ratio.ts';
