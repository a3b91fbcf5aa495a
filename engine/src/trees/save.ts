import { engineError } from '../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../model-file/index.ts';
import type { BoostedTrees, Tree } from './model.ts';

const FILE = { kind: 'boosted-trees', version: 1 } as const;

type About = Pick<BoostedTrees, 'loss' | 'columns' | 'base' | 'diagnostics'>;

/**
 * The model as bytes, 37 B a node: the nodes of all trees one after another, those of tree t at `start[t]` to `start[t + 1]`.
 *
 * @example loadBoosted(saveBoosted(model)) // the same model, to the bit
 */
export const saveBoosted = (model: BoostedTrees): Uint8Array => {
  const { loss, columns, base, gain, diagnostics, trees } = model;
  const start = new Uint32Array(trees.length + 1);
  trees.forEach(({ feature }, t) => {
    start[t + 1] = (start[t] as number) + feature.length;
  });
  const nodes = start[trees.length] as number;
  const all = {
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  };
  trees.forEach((tree, t) => {
    const at = start[t] as number;
    all.feature.set(tree.feature, at);
    all.threshold.set(tree.threshold, at);
    all.missingLeft.set(tree.missingLeft, at);
    all.left.set(tree.left, at);
    all.right.set(tree.right, at);
    all.value.set(tree.value, at);
    all.cover.set(tree.cover, at);
  });
  const about = { loss, columns, base, diagnostics: { ...diagnostics } };
  return writeModelFile({ ...FILE, about, arrays: { start, gain, ...all } });
};

/**
 * What `saveBoosted` wrote; arrays are views of `bytes` where they can be.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 */
export const loadBoosted = (bytes: Uint8Array): BoostedTrees => {
  const { about, arrays } = readModelFile(bytes, { kind: FILE.kind, versions: [FILE.version] });
  const start = takeArray(arrays, 'start', Uint32Array);
  const feature = takeArray(arrays, 'feature', Int32Array);
  const threshold = takeArray(arrays, 'threshold', Float64Array);
  const missingLeft = takeArray(arrays, 'missingLeft', Uint8Array);
  const left = takeArray(arrays, 'left', Int32Array);
  const right = takeArray(arrays, 'right', Int32Array);
  const value = takeArray(arrays, 'value', Float64Array);
  const cover = takeArray(arrays, 'cover', Float64Array);
  if (start.length === 0 || start[start.length - 1] !== feature.length)
    throw engineError('damaged', 'the nodes of the trees do not fit', { nodes: feature.length });
  const trees = Array.from({ length: start.length - 1 }, (_, t): Tree => {
    const [from, to] = [start[t] as number, start[t + 1] as number];
    return {
      feature: feature.subarray(from, to),
      threshold: threshold.subarray(from, to),
      missingLeft: missingLeft.subarray(from, to),
      left: left.subarray(from, to),
      right: right.subarray(from, to),
      value: value.subarray(from, to),
      cover: cover.subarray(from, to),
    };
  });
  const { loss, columns, base, diagnostics } = about as unknown as About;
  const gain = takeArray(arrays, 'gain', Float64Array);
  return { kind: 'trees', loss, columns, base, trees, gain, diagnostics };
};
