import { checkLength } from '../errors/index.ts';
import type { Matrix } from '../linear/index.ts';
import { logistic } from '../special/index.ts';
import type { BoostedTrees, Tree } from './model.ts';

/** The child that a row (from `start` in `values`) goes to. */
export const childOf = (tree: Tree, node: number, x: number): number => {
  const goesLeft = Number.isNaN(x) ? tree.missingLeft[node] === 1 : x <= (tree.threshold[node] as number);
  return (goesLeft ? tree.left[node] : tree.right[node]) as number;
};

/**
 * Scores before the link: the outcome's own unit for squared loss, log-odds for logistic. O(rows × trees × depth).
 *
 * @throws EngineError `length_mismatch`
 * @example boostedScores(model, features)
 */
export const boostedScores = (model: BoostedTrees, features: Matrix): Float64Array => {
  const { columns } = model;
  checkLength('columns', features.columns, columns);
  const out = new Float64Array(features.rows);
  for (const tree of model.trees) {
    for (let i = 0; i < features.rows; i++) {
      let node = 0;
      for (let j = tree.feature[0] as number; j >= 0; j = tree.feature[node] as number)
        node = childOf(tree, node, features.values[i * columns + j] as number);
      out[i] = (out[i] as number) + (tree.value[node] as number);
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = model.base + (out[i] as number);
  return out;
};

/**
 * Expected outcomes: probabilities for logistic loss. O(rows × trees × depth).
 *
 * @throws EngineError `length_mismatch`
 * @example predictBoosted(model, features)
 */
export const predictBoosted = (model: BoostedTrees, features: Matrix): Float64Array => {
  const scores = boostedScores(model, features);
  if (model.loss === 'logistic')
    for (let i = 0; i < scores.length; i++) scores[i] = logistic(scores[i] as number);
  return scores;
};
