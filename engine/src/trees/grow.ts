import type { Binning } from './bins.ts';
import type { Tree } from './model.ts';
import { type Bounds, findSplit, leafValue, type Split, type SplitRules, type Sums } from './split.ts';

interface GrowSettings {
  readonly binning: Binning;
  /** Of every row, by columns. */
  readonly bins: Uint8Array;
  readonly rows: number;
  readonly depth: number;
  readonly learningRate: number;
  readonly rules: SplitRules;
  /** Called between columns of large counts: some milliseconds of work apart. */
  readonly pause?: () => void;
}

/** Rows of one column that are counted without a word: about 1 ms. */
const QUIET_ROWS = 100_000;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * Grows one tree after another on the same rows; the histograms are made once. The smaller child is counted, its sibling is the
 * difference, which is exact because gradients stand on a grid. O(rows columns depth / 2 + nodes bins columns) a tree.
 */
export const createGrower = (settings: GrowSettings) => {
  const { binning, bins, rows, depth: deepest, learningRate, rules, pause } = settings;
  const offsets = new Int32Array(binning.length + 1);
  binning.forEach((edges, j) => {
    offsets[j + 1] = (offsets[j] as number) + edges.length + 2;
  });
  const size = (offsets[binning.length] as number) * 3;
  const pool = Array.from(
    { length: deepest + 1 },
    () => [new Float64Array(size), new Float64Array(size)] as const,
  );
  const order = new Int32Array(rows);
  const aside = new Int32Array(rows);

  const count = (
    into: Float64Array,
    { from, to }: Range,
    [g, h]: readonly [Float64Array, Float64Array],
  ): void => {
    into.fill(0);
    let quiet = 0;
    for (let j = 0; j < binning.length; j++) {
      quiet += to - from;
      if (quiet > QUIET_ROWS) {
        pause?.();
        quiet = 0;
      }
      const column = j * rows;
      const first = offsets[j] as number;
      for (let i = from; i < to; i++) {
        const row = order[i] as number;
        const at = (first + (bins[column + row] as number)) * 3;
        into[at] = (into[at] as number) + (g[row] as number);
        into[at + 1] = (into[at + 1] as number) + (h[row] as number);
        into[at + 2] = (into[at + 2] as number) + 1;
      }
    }
  };

  /** Left rows first, in their order; where the right ones begin. */
  const partition = ({ from, to }: Range, { feature, bin, missingLeft }: Split): number => {
    const column = feature * rows;
    const missing = (binning[feature] as Float64Array).length + 1;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      const b = bins[column + row] as number;
      if (b === missing ? missingLeft : b <= bin) order[left++] = row;
      else aside[right++] = row;
    }
    order.set(aside.subarray(0, right), left);
    return left;
  };

  /** Adds the tree's leaves to `scores` of its rows, and the gains of its splits to `gain`. */
  const grow = (
    gradients: readonly [Float64Array, Float64Array],
    total: Sums,
    { scores, gain }: { scores: Float64Array; gain: Float64Array },
  ): Tree => {
    const feature: number[] = [];
    const threshold: number[] = [];
    const missingLeft: number[] = [];
    const left: number[] = [];
    const right: number[] = [];
    const value: number[] = [];
    const cover: number[] = [];
    for (let i = 0; i < rows; i++) order[i] = i;

    const node = (range: Range, sums: Sums & Bounds, histogram: Float64Array): number => {
      const id = feature.length;
      feature.push(-1);
      threshold.push(0);
      missingLeft.push(0);
      left.push(-1);
      right.push(-1);
      value.push(0);
      cover.push(sums.n);
      const split =
        range.depth < deepest
          ? findSplit({ values: histogram, offsets }, sums, { binning, rules })
          : undefined;
      if (!split) {
        const add =
          learningRate * leafValue(sums.g, sums.h, { l2: rules.l2, low: sums.low, high: sums.high });
        value[id] = add;
        for (let i = range.from; i < range.to; i++) {
          const row = order[i] as number;
          scores[row] = (scores[row] as number) + add;
        }
        return id;
      }
      const edges = binning[split.feature] as Float64Array;
      const middle = partition(range, split);
      gain[split.feature] = (gain[split.feature] as number) + split.gain;
      feature[id] = split.feature;
      threshold[id] = split.bin < edges.length ? (edges[split.bin] as number) : Infinity;
      missingLeft[id] = split.missingLeft ? 1 : 0;
      const depth = range.depth + 1;
      const sides = [
        { from: range.from, to: middle, depth },
        { from: middle, to: range.to, depth },
      ] as const;
      const [a, b] = childBounds(sums, split, edges.length);
      // Children at the last depth are leaves: nobody reads their histograms.
      const [first, second] = pool[depth] as readonly [Float64Array, Float64Array];
      const leftSmaller = split.left.n <= split.right.n;
      if (depth < deepest) {
        const [small, large] = leftSmaller ? [first, second] : [second, first];
        count(small, leftSmaller ? sides[0] : sides[1], gradients);
        for (let k = 0; k < size; k++) large[k] = (histogram[k] as number) - (small[k] as number);
      }
      left[id] = node(sides[0], { ...split.left, ...a }, first);
      right[id] = node(sides[1], { ...split.right, ...b }, second);
      return id;
    };

    const childBounds = (parent: Bounds, split: Split, edges: number): readonly [Bounds, Bounds] => {
      const direction = rules.monotone[split.feature] as number;
      const { low, high } = parent;
      if (direction === 0 || split.bin === edges)
        return [
          { low, high },
          { low, high },
        ];
      const limits = { l2: rules.l2, low, high };
      const middle =
        (leafValue(split.left.g, split.left.h, limits) + leafValue(split.right.g, split.right.h, limits)) / 2;
      const under = { low, high: middle };
      const over = { low: middle, high };
      return direction > 0 ? [under, over] : [over, under];
    };

    const [root] = pool[0] as readonly [Float64Array, Float64Array];
    const all = { from: 0, to: rows, depth: 0 };
    if (deepest > 0) count(root, all, gradients);
    node(all, { ...total, low: -Infinity, high: Infinity }, root);
    return {
      feature: Int32Array.from(feature),
      threshold: Float64Array.from(threshold),
      missingLeft: Uint8Array.from(missingLeft),
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      value: Float64Array.from(value),
      cover: Float64Array.from(cover),
    };
  };
  return { grow };
};
