import { tell, type Watch } from '../../fitting/index.ts';
import { minimiseLarge, type ValueAndGradient } from '../../optimise/index.ts';
import type { Design } from './design.ts';

export interface SoftmaxProblem {
  readonly design: Design;
  readonly classes: number;
  /** Weight of a text, by its class. */
  readonly classWeights: Float64Array;
  readonly inversePenalty: number;
}

/** Scores of one row: intercept + Σ value × weight, per class. Weights are column-major by class, the intercepts behind. */
const scoreRow = (
  { columns, columnOf, values, starts }: Design,
  weights: Float64Array,
  { row, out }: { readonly row: number; readonly out: Float64Array },
): void => {
  const classes = out.length;
  for (let c = 0; c < classes; c++) out[c] = weights[columns * classes + c] as number;
  for (let k = starts[row] as number; k < (starts[row + 1] as number); k++) {
    const value = values[k] as number;
    const at = (columnOf[k] as number) * classes;
    for (let c = 0; c < classes; c++) out[c] = (out[c] as number) + value * (weights[at + c] as number);
  }
};

/** rows × classes. */
export const softmaxScores = (design: Design, weights: Float64Array, classes: number): Float64Array => {
  const out = new Float64Array(design.rows * classes);
  for (let row = 0; row < design.rows; row++)
    scoreRow(design, weights, { row, out: out.subarray(row * classes, (row + 1) * classes) });
  return out;
};

/** Rows between two tells: some milliseconds. */
const TELL_ROWS = 4096;

/** C Σ w loss + |weights|² / 2, all divided by C Σ w: the mean loss, so that tolerances do not depend on n. */
const objectiveOf = (
  { design, classes, classWeights, inversePenalty }: SoftmaxProblem,
  pulse: () => void,
): ValueAndGradient => {
  const { rows, columns, columnOf, values, starts, labels } = design;
  let total = 0;
  for (const label of labels) total += classWeights[label] as number;
  const penalty = 1 / (inversePenalty * total);
  const scores = new Float64Array(classes);
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      if (row % TELL_ROWS === 0) pulse();
      scoreRow(design, weights, { row, out: scores });
      let most = -Infinity;
      for (let c = 0; c < classes; c++) most = Math.max(most, scores[c] as number);
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += Math.exp((scores[c] as number) - most);
      const label = labels[row] as number;
      const weight = (classWeights[label] as number) / total;
      loss += weight * (most + Math.log(sum) - (scores[label] as number));
      for (let c = 0; c < classes; c++) {
        const chance = Math.exp((scores[c] as number) - most) / sum;
        const pull = weight * (chance - (c === label ? 1 : 0));
        scores[c] = pull;
        gradient[columns * classes + c] = (gradient[columns * classes + c] as number) + pull;
      }
      for (let k = starts[row] as number; k < (starts[row + 1] as number); k++) {
        const value = values[k] as number;
        const at = (columnOf[k] as number) * classes;
        for (let c = 0; c < classes; c++)
          gradient[at + c] = (gradient[at + c] as number) + value * (scores[c] as number);
      }
    }
    let squares = 0;
    for (let i = 0; i < columns * classes; i++) {
      const weight = weights[i] as number;
      squares += weight * weight;
      gradient[i] = (gradient[i] as number) + penalty * weight;
    }
    return loss + 0.5 * penalty * squares;
  };
};

/** Iterations after which a fit that has not settled is taken as it is: the loss then changes in its fifth digit. */
const MOST_ITERATIONS = 200;

/**
 * Multinomial logistic regression with an L2 penalty, by L-BFGS; the intercepts are free. It ends when the gap to the minimum, at most
 * |gradient|² / (2 penalty) by strong convexity, is below 1e-3 of the loss. O(entries × classes) an iteration.
 */
export const fitSoftmax = (problem: SoftmaxProblem, start: Float64Array, watch?: Watch) => {
  let iteration = 0;
  const pulse = (): void => tell(watch, 'weights', iteration / (iteration + 20));
  let total = 0;
  for (const label of problem.design.labels) total += problem.classWeights[label] as number;
  const penalty = 1 / (problem.inversePenalty * total);
  const found = minimiseLarge(objectiveOf(problem, pulse), start, {
    maxIterations: MOST_ITERATIONS,
    settled: ({ value, gradient }) => {
      let squares = 0;
      for (const each of gradient) squares += each * each;
      return squares <= 2e-3 * penalty * value;
    },
    each: (done) => {
      iteration = done;
    },
  });
  return {
    weights: found.x,
    loss: found.value,
    iterations: found.iterations,
    settled: found.kind === 'minimum',
  };
};
