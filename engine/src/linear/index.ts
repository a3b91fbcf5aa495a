export {
  type CholeskyFactor,
  cholesky,
  inverseQuadraticForm,
  invertCholesky,
  logDeterminant,
  type NotPositiveDefinite,
  solveCholesky,
  solveLowerInPlace,
  solveLowerTransposedInPlace,
} from './cholesky.ts';
export { type SymmetricEigen, symmetricEigen } from './eigen.ts';
export {
  createKernels,
  type Dense,
  type FactorMade,
  type FactorRefused,
  type KernelOptions,
  type Kernels,
  type RowSystems,
  type SparseRows,
  type TopK,
} from './kernels/kernels.ts';
export { type LeastSquaresFit, leastSquares, type RankDeficient } from './least-squares.ts';
export { identity, type Matrix, matrix, matrixOf } from './matrix.ts';
export { dot, gram, times, timesVector, transpose, transposeTimesVector } from './products.ts';
export { inverseDrift, shermanMorrison, updateCholesky } from './rank-one.ts';
