export type { Forget } from './arm-sums.ts';
export { type BestOf, bestOf, type Contenders } from './best-of.ts';
export type { Decision, Distribution } from './decision.ts';
export type { Situation } from './distribute.ts';
export { drawAction } from './draw.ts';
export type { DrawReport } from './draw-check.ts';
export { epsilonGreedyShares } from './epsilon-greedy.ts';
export { applyFloor } from './floor.ts';
export {
  createGaussianArm,
  type GaussianArm,
  type GaussianPrior,
  type GaussianStep,
  gaussianSumsLength,
} from './gaussian-arm.ts';
export { greedyShares } from './greedy.ts';
export type { Round } from './learn.ts';
export {
  createPolicy,
  type DrawVerdict,
  loadPolicy,
  type Policy,
  type PolicyHealth,
  type Uniform,
} from './policy.ts';
export {
  createRounds,
  type MatureRound,
  type OpenRound,
  type Outcome,
  type Rewarded,
  type Rounds,
  type RoundsSettings,
  type RoundsState,
} from './rounds.ts';
export {
  type ActionSettings,
  type BetaPrior,
  defaultPolicy,
  type ModelSettings,
  type PolicySettings,
  type Rule,
} from './settings.ts';
export { boundShares, type Capped } from './share-cap.ts';
export { squareCbShares } from './square-cb.ts';
export type { Merged, PolicyState, PolicyUpdate } from './state.ts';
export { createSupport, fillSupport, type Support } from './support.ts';
export { thompsonBetaShares } from './thompson-beta.ts';
export { thompsonNormalShares } from './thompson-normal.ts';
