import { tell, type Watch } from '../fitting/index.ts';
import {
  type CholeskyFactor,
  cholesky,
  invertCholesky,
  type Matrix,
  matrix,
  solveCholesky,
} from '../linear/index.ts';
import { log1pExp, logistic } from '../special/index.ts';
import type { Design } from './design.ts';

interface Problem {
  readonly design: Design;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array;
  readonly link: 'identity' | 'logistic';
  readonly penalty: number;
}

interface Solved {
  readonly kind: 'solved';
  /** Per standard deviation, the intercept first. */
  readonly beta: Float64Array;
  /** Of beta, sandwich. */
  readonly variances: Float64Array;
  readonly iterations: number;
  readonly effectiveDegrees: number;
}

const fillScores = ({ design }: Problem, beta: Float64Array, scores: Float64Array): void => {
  const { rows, width, values } = design;
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++, at++) sum += (values[at] as number) * (beta[k] as number);
    scores[i] = sum;
  }
};

const objective = (problem: Problem, beta: Float64Array, scores: Float64Array): number => {
  const { outcomes, weights, link, penalty } = problem;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    const y = outcomes[i] as number;
    sum +=
      (weights[i] as number) * (link === 'logistic' ? log1pExp(score) - y * score : 0.5 * (y - score) ** 2);
  }
  for (let k = 1; k < beta.length; k++) sum += 0.5 * penalty * (beta[k] as number) ** 2;
  return sum;
};

/** Numbers added between two calls of `pause`: about 10 ms. */
const QUIET_ADDITIONS = 8_000_000;

/** Σ row weight × z zᵀ, the lower triangle, and Σ pull × z. */
const accumulate = (
  { design }: Problem,
  { curvature, pull, pause }: { curvature: Float64Array; pull: Float64Array; pause: () => void },
  into: { gram: Matrix; gradient: Float64Array },
): void => {
  const { rows, width, values } = design;
  const gram = into.gram.values;
  gram.fill(0);
  into.gradient.fill(0);
  const quietRows = Math.max(1, Math.floor(QUIET_ADDITIONS / (width * width)));
  for (let i = 0; i < rows; i++) {
    if (i % quietRows === 0) pause();
    const start = i * width;
    const v = curvature[i] as number;
    const g = pull[i] as number;
    for (let a = 0; a < width; a++) {
      const z = values[start + a] as number;
      into.gradient[a] = (into.gradient[a] as number) + g * z;
      const vz = v * z;
      for (let b = 0, at = a * width; b <= a; b++, at++)
        gram[at] = (gram[at] as number) + vz * (values[start + b] as number);
    }
  }
};

const sandwich = (inverse: Matrix, meat: Matrix): Float64Array => {
  const n = inverse.rows;
  const at = (a: number, b: number): number => meat.values[Math.max(a, b) * n + Math.min(a, b)] as number;
  return Float64Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++)
        sum += (inverse.values[k * n + a] as number) * at(a, b) * (inverse.values[k * n + b] as number);
    }
    return sum;
  });
};

/**
 * Newton's method (iteratively reweighted least squares) with halved steps; a ridge regression is its one step, and the second
 * refines it. Minimises Σ w loss + penalty/2 |β|² without the intercept. O(rows × width²) a step.
 */
export const solveByNewton = (
  problem: Problem,
  watch?: Watch,
): Solved | { readonly kind: 'no_answer'; readonly reason: 'collinear' | 'separated' } => {
  const { design, outcomes, weights, link, penalty } = problem;
  const { rows, width } = design;
  const beta = new Float64Array(width);
  const trial = new Float64Array(width);
  const scores = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const pull = new Float64Array(rows);
  const into = { gram: matrix(width, width), gradient: new Float64Array(width) };
  const most = link === 'logistic' ? 60 : 2;
  let iterations = 0;
  // Newton's steps get fewer and fewer: seven or so are usual.
  const pause = (): void =>
    tell(watch, 'steps', link === 'logistic' ? 1 - 0.7 ** iterations : iterations / 3);
  const fill = (): CholeskyFactor | undefined => {
    for (let i = 0; i < rows; i++) {
      const w = weights[i] as number;
      const p = link === 'logistic' ? logistic(scores[i] as number) : (scores[i] as number);
      curvature[i] = link === 'logistic' ? w * p * (1 - p) : w;
      pull[i] = w * (p - (outcomes[i] as number));
    }
    accumulate(problem, { curvature, pull, pause }, into);
    for (let k = 1; k < width; k++) {
      into.gram.values[k * width + k] = (into.gram.values[k * width + k] as number) + penalty;
      into.gradient[k] = (into.gradient[k] as number) + penalty * (beta[k] as number);
    }
    const made = cholesky(into.gram);
    return made.kind === 'factor' ? made : undefined;
  };
  let value = objective(problem, beta, scores);
  for (;;) {
    const factor = fill();
    if (!factor) return { kind: 'no_answer', reason: iterations < 2 ? 'collinear' : 'separated' };
    const step = solveCholesky(factor, into.gradient);
    let largest = 0;
    for (const each of step) largest = Math.max(largest, Math.abs(each));
    const settled = link === 'logistic' ? largest < 1e-10 : iterations >= most;
    if (settled) break;
    if (iterations >= most) return { kind: 'no_answer', reason: 'separated' };
    iterations++;
    let moved = false;
    for (let size = 1; size > 1e-6; size /= 2) {
      for (let k = 0; k < width; k++) trial[k] = (beta[k] as number) - size * (step[k] as number);
      fillScores(problem, trial, scores);
      const next = objective(problem, trial, scores);
      if (!(next <= value + 1e-12 * Math.abs(value))) continue;
      value = next;
      beta.set(trial);
      moved = true;
      break;
    }
    // Newton doubles the digits: the step after one this small is below rounding.
    if (moved && link === 'logistic' && largest < 1e-7) break;
    // At the bottom rounding alone decides; the step was too small to matter.
    if (!moved) {
      fillScores(problem, beta, scores);
      if (!(largest < 1e-6) && link === 'logistic') return { kind: 'no_answer', reason: 'separated' };
      break;
    }
  }
  const factor = fill();
  if (!factor) return { kind: 'no_answer', reason: 'collinear' };
  const inverse = invertCholesky(factor);
  let free = width;
  for (let k = 1; k < width; k++) free -= penalty * (inverse.values[k * width + k] as number);
  for (let i = 0; i < rows; i++) curvature[i] = (pull[i] as number) ** 2;
  accumulate(problem, { curvature, pull, pause }, into);
  return {
    kind: 'solved',
    beta,
    variances: sandwich(inverse, into.gram),
    iterations,
    effectiveDegrees: free,
  };
};
