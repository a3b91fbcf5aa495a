export {
  checkAllFinite,
  checkCount,
  checkFinite,
  checkLength,
  checkLevel,
  checkPositive,
  checkProbability,
  checkPropensity,
  checkShares,
} from './checks.ts';
export {
  EngineError,
  type EngineErrorCode,
  type EngineErrorDetails,
  engineError,
  isEngineError,
} from './engine-error.ts';
