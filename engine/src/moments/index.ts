export {
  collectJoint,
  correlation,
  covariance,
  type JointCollector,
  type JointMoments,
} from './covariance.ts';
export {
  collectMoments,
  type Moments,
  type MomentsCollector,
  mergeMoments,
  momentsOf,
  momentsOfCounts,
  NO_MOMENTS,
  sampleVariance,
  standardErrorOfMean,
} from './moments.ts';
export {
  effectiveSampleSize,
  mergeWeightedMoments,
  NO_WEIGHTED_MOMENTS,
  type WeightedMoments,
  weightedMomentsOf,
} from './weighted.ts';
