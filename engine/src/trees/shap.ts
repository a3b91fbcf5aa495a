import { checkLength } from '../errors/index.ts';
import type { Matrix } from '../linear/index.ts';
import type { BoostedTrees, Tree } from './model.ts';
import { childOf } from './predict.ts';
import { createPath, extendPath, type Path, type Step, unwindPath, unwoundSum } from './shap-path.ts';

/** `base` + the sum of a row of `values` is that row's score (before the link), to rounding. */
export interface ShapValues {
  /** Mean score of the training rows. */
  readonly base: number;
  readonly columns: number;
  /** rows × columns, by rows; what each feature adds. */
  readonly values: Float64Array;
}

const meanOf = ({ feature, value, cover }: Tree): number => {
  let sum = 0;
  for (let node = 0; node < feature.length; node++)
    if ((feature[node] as number) < 0) sum += (value[node] as number) * (cover[node] as number);
  return sum / (cover[0] as number);
};

const depthFrom = (tree: Tree, node: number): number =>
  (tree.feature[node] as number) < 0
    ? 0
    : 1 + Math.max(depthFrom(tree, tree.left[node] as number), depthFrom(tree, tree.right[node] as number));

/** One tree's share of one row (a stretch of `rows` from `start`), added to `out` from `start`. */
const explain = (
  tree: Tree,
  path: Path,
  { rows, out, start }: { rows: Float64Array; out: Float64Array; start: number },
): void => {
  const { feature, zero, one, weight } = path;
  const walk = (node: number, before: { at: number; d: number }, step: Step): void => {
    const at = before.at + before.d;
    let d = before.d;
    // The parent's stretch holds d elements; ours begins behind it.
    for (let i = 0; i < d; i++) {
      feature[at + i] = feature[before.at + i] as number;
      zero[at + i] = zero[before.at + i] as number;
      one[at + i] = one[before.at + i] as number;
      weight[at + i] = weight[before.at + i] as number;
    }
    extendPath(path, { at, d }, step);
    const j = tree.feature[node] as number;
    if (j < 0) {
      for (let k = 1; k <= d; k++) {
        const share = unwoundSum(path, { at, d }, k) * ((one[at + k] as number) - (zero[at + k] as number));
        const to = start + (feature[at + k] as number);
        out[to] = (out[to] as number) + share * (tree.value[node] as number);
      }
      return;
    }
    const hot = childOf(tree, node, rows[start + j] as number);
    const cold = (hot === tree.left[node] ? tree.right[node] : tree.left[node]) as number;
    let z = 1;
    let o = 1;
    for (let k = 1; k <= d; k++) {
      if (feature[at + k] !== j) continue;
      z = zero[at + k] as number;
      o = one[at + k] as number;
      unwindPath(path, { at, d }, k);
      d--;
      break;
    }
    const own = tree.cover[node] as number;
    const next = { at, d: d + 1 };
    walk(hot, next, { feature: j, zero: (z * (tree.cover[hot] as number)) / own, one: o });
    walk(cold, next, { feature: j, zero: (z * (tree.cover[cold] as number)) / own, one: 0 });
  };
  walk(0, { at: 0, d: 0 }, { feature: -1, zero: 1, one: 1 });
};

/**
 * Exact Shapley values of the score (not of the probability), features unknown as the training rows were split (TreeSHAP, path-dependent:
 * Lundberg, Erion and Lee, arXiv 1802.03888, algorithm 2). O(rows × trees × 2^depth × depth²).
 *
 * @throws EngineError `length_mismatch`
 * @example
 * const { base, values, columns } = shapValues(model, features);
 * base + values.subarray(0, columns).reduce((a, b) => a + b, 0); // boostedScores(model, features)[0]
 */
export const shapValues = (model: BoostedTrees, features: Matrix): ShapValues => {
  const { columns, trees } = model;
  checkLength('columns', features.columns, columns);
  const values = new Float64Array(features.rows * columns);
  let mean = 0;
  for (const tree of trees) {
    mean += meanOf(tree);
    const path = createPath(depthFrom(tree, 0) + 1);
    for (let i = 0; i < features.rows; i++)
      explain(tree, path, { rows: features.values, out: values, start: i * columns });
  }
  return { base: model.base + mean, columns, values };
};
