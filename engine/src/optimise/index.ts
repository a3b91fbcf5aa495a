export { type BfgsOptions, minimise } from './bfgs.ts';
export { checkGradient, numericalGradient, numericalHessian } from './gradient.ts';
export { type LbfgsOptions, minimiseLarge, type ValueAndGradient } from './lbfgs.ts';
export { type NelderMeadOptions, nelderMead, type SimplexPoint } from './nelder-mead.ts';
export { minimisePositive, type PositiveOptions, type PositiveResult } from './positive.ts';
export type { Gradient, Minimum, NoMinimum, Objective } from './result.ts';
export { findRoot } from './root.ts';
