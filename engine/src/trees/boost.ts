import { checkAllFinite, checkFinite, checkLength, checkPositive, engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import type { Matrix } from '../linear/index.ts';
import { log1pExp, logistic, logit } from '../special/index.ts';
import { binFeatures, learnBins } from './bins.ts';
import { roundToGrid, sumOf } from './exact-sums.ts';
import { createGrower } from './grow.ts';
import type { BoostedTrees, NoTreesAnswer, Tree } from './model.ts';

export interface BoostedSettings {
  /** Most trees; fewer when nothing is left to split. 60 unless said. */
  readonly trees?: number;
  /** In (0, 1]; 0.1 unless said. */
  readonly learningRate?: number;
  /** Questions from root to leaf, 0 to 12; 3 unless said. */
  readonly depth?: number;
  /** Least rows in a leaf; 20 unless said. */
  readonly leafRows?: number;
  /** >= 0, added to a leaf's curvature; 1 unless said. */
  readonly l2?: number;
  /** 2 to 255 bins a feature; 64 unless said. */
  readonly maxBins?: number;
  /** Per feature 1 (never falls), -1 (never rises) or 0; all 0 unless said. Missing values have no order and are not held. */
  readonly monotone?: ArrayLike<number>;
}

export interface BoostedInput {
  /** n × columns; NaN is a missing value. */
  readonly features: Matrix;
  /** Length n; in [0, 1] for `logistic`. */
  readonly outcomes: ArrayLike<number>;
  readonly loss: 'squared' | 'logistic';
  /** Length n, >= 0; 1 unless said. */
  readonly weights?: ArrayLike<number>;
  readonly settings?: BoostedSettings;
}

export type TreesFit = BoostedTrees | NoTreesAnswer;

const whole = (name: string, value: number, [low, high]: readonly [number, number]): number => {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw engineError('out_of_range', `${name} must be a whole number from ${low} to ${high}, got ${value}`, {
    name,
  });
};

const settingsFrom = (given: BoostedSettings, columns: number) => {
  const { trees = 60, learningRate = 0.1, depth = 3, leafRows = 20, l2 = 1, maxBins = 64 } = given;
  if (!(checkPositive('learningRate', learningRate) <= 1))
    throw engineError('out_of_range', `learningRate must be in (0, 1], got ${learningRate}`);
  if (checkFinite('l2', l2) < 0) throw engineError('out_of_range', `l2 must be >= 0, got ${l2}`);
  const monotone = given.monotone ?? new Int8Array(columns);
  checkLength('monotone', monotone.length, columns);
  for (let j = 0; j < columns; j++) whole(`monotone[${j}]`, monotone[j] as number, [-1, 1]);
  return {
    trees: whole('trees', trees, [0, 100_000]),
    learningRate,
    depth: whole('depth', depth, [0, 12]),
    maxBins: whole('maxBins', maxBins, [2, 255]),
    rules: { leafRows: whole('leafRows', leafRows, [1, 2 ** 31]), l2, monotone: Int8Array.from(monotone) },
  };
};

const check = ({ features, outcomes, loss, weights }: BoostedInput): void => {
  const { rows, values } = features;
  if (rows === 0) throw engineError('empty_input', 'trees need rows');
  checkLength('outcomes', outcomes.length, rows);
  checkAllFinite('outcomes', outcomes);
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i] as number) === Infinity)
      throw engineError('not_finite', `features[${i}] is ${values[i]}`, { index: i });
  }
  if (loss === 'logistic') {
    for (let i = 0; i < rows; i++) {
      const y = outcomes[i] as number;
      if (y < 0 || y > 1)
        throw engineError('probability_out_of_range', 'logistic outcomes must be in [0, 1]');
    }
  }
  if (!weights) return;
  checkLength('weights', weights.length, rows);
  checkAllFinite('weights', weights);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    if ((weights[i] as number) < 0)
      throw engineError('negative_weight', `weights[${i}] is below 0`, { index: i });
    total += weights[i] as number;
  }
  if (!(total > 0)) throw engineError('negative_weight', 'the weights sum to 0');
};

/** Weighted mean that does not depend on the order, around the middle of the range. */
const meanOf = (outcomes: Float64Array, weights: Float64Array): number => {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < outcomes.length; i++) {
    const y = outcomes[i] as number;
    if (y < least) least = y;
    if (y > most) most = y;
  }
  const middle = least / 2 + most / 2;
  const total = sumOf(roundToGrid(weights.slice()));
  return middle + sumOf(roundToGrid(outcomes.map((y, i) => (y - middle) * (weights[i] as number)))) / total;
};

const meanLoss = (
  loss: BoostedInput['loss'],
  scores: Float64Array,
  [y, w]: readonly Float64Array[],
): number => {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    const outcome = (y as Float64Array)[i] as number;
    const weight = (w as Float64Array)[i] as number;
    total += weight;
    sum += weight * (loss === 'logistic' ? log1pExp(score) - outcome * score : 0.5 * (outcome - score) ** 2);
  }
  return sum / total;
};

/**
 * Gradient-boosted trees by histograms, second-order leaves, for squared or logistic loss (Friedman 2001; Chen and Guestrin, KDD 2016,
 * sparsity-aware splits of section 3.4 for missing values; monotone bounds as in XGBoost and LightGBM). No randomness;
 * gradients stand on a power-of-two grid, so that the order of the rows changes nothing, to the last bit.
 * O(trees × (n columns depth + 2^depth bins columns)).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `negative_weight`, `out_of_range`,
 * `probability_out_of_range`, `cancelled`
 * @example
 * const made = fitBoostedTrees({ features, outcomes, loss: 'logistic', settings: { depth: 2, monotone: [1, 0] } });
 * if (made.kind === 'trees') predictBoosted(made, features); // probabilities
 */
export const fitBoostedTrees = (input: BoostedInput, watch?: Watch): TreesFit => {
  const { features, loss } = input;
  const { rows, columns } = features;
  const { trees: most, learningRate, depth, maxBins, rules } = settingsFrom(input.settings ?? {}, columns);
  check(input);
  const outcomes = Float64Array.from(input.outcomes);
  const weights = input.weights ? Float64Array.from(input.weights) : new Float64Array(rows).fill(1);
  const mean = meanOf(outcomes, weights);
  if (loss === 'logistic' && !(mean > 0 && mean < 1)) return { kind: 'no_answer', reason: 'one_outcome' };
  const base = loss === 'logistic' ? logit(mean) : mean;
  const binning = learnBins(features, maxBins, watchPart(watch, 0, 0.07));
  let done = 0.1;
  const grower = createGrower({
    binning,
    bins: binFeatures(features, binning, watchPart(watch, 0.07, 0.1)),
    rows,
    depth,
    learningRate,
    rules,
    pause: () => tell(watch, 'trees', done),
  });
  // Squared loss is boosted on what the mean leaves over: nothing cancels around 1e12.
  const target = loss === 'squared' ? outcomes.map((y) => y - base) : outcomes;
  const scores = new Float64Array(rows).fill(loss === 'squared' ? 0 : base);
  const lossBefore = meanLoss(loss, scores, [target, weights]);
  const [g, h] = [new Float64Array(rows), new Float64Array(rows)];
  const gain = new Float64Array(columns);
  const trees: Tree[] = [];
  for (let t = 0; t < most; t++) {
    done = 0.1 + (0.9 * t) / most;
    tell(watch, 'trees', done);
    for (let i = 0; i < rows; i++) {
      const score = scores[i] as number;
      const w = weights[i] as number;
      const p = loss === 'logistic' ? logistic(score) : score;
      g[i] = w * (p - (target[i] as number));
      h[i] = loss === 'logistic' ? w * p * (1 - p) : w;
    }
    roundToGrid(g);
    roundToGrid(h);
    const tree = grower.grow([g, h], { g: sumOf(g), h: sumOf(h), n: rows }, { scores, gain });
    if (tree.feature.length === 1) break;
    trees.push(tree);
  }
  const lossAfter = meanLoss(loss, scores, [target, weights]);
  return { kind: 'trees', loss, columns, base, trees, gain, diagnostics: { rows, lossBefore, lossAfter } };
};
