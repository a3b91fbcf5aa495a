/**
 * Features met on the way from the root, with the share of feature subsets of each size that flow this way. One flat array per quantity;
 * each depth of the recursion owns a stretch of it.
 */
export interface Path {
  readonly feature: Int32Array;
  /** Share of the training rows that go on when the feature is unknown. */
  readonly zero: Float64Array;
  /** 1 if the row itself goes on, else 0. */
  readonly one: Float64Array;
  readonly weight: Float64Array;
}

export const createPath = (depth: number): Path => {
  const length = ((depth + 2) * (depth + 3)) / 2;
  return {
    feature: new Int32Array(length),
    zero: new Float64Array(length),
    one: new Float64Array(length),
    weight: new Float64Array(length),
  };
};

export interface Step {
  readonly feature: number;
  readonly zero: number;
  readonly one: number;
}

/** EXTEND of Lundberg, Erion and Lee (arXiv 1802.03888), algorithm 2. `at`: start of the stretch, `d`: elements before. */
export const extendPath = (path: Path, { at, d }: { at: number; d: number }, step: Step): void => {
  const { weight } = path;
  path.feature[at + d] = step.feature;
  path.zero[at + d] = step.zero;
  path.one[at + d] = step.one;
  weight[at + d] = d === 0 ? 1 : 0;
  for (let i = d - 1; i >= 0; i--) {
    const w = weight[at + i] as number;
    weight[at + i + 1] = (weight[at + i + 1] as number) + (step.one * w * (i + 1)) / (d + 1);
    weight[at + i] = (step.zero * w * (d - i)) / (d + 1);
  }
};

/** UNWIND: takes element k out of a stretch whose last element is d. */
export const unwindPath = (path: Path, { at, d }: { at: number; d: number }, k: number): void => {
  const { feature, zero, one, weight } = path;
  const z = zero[at + k] as number;
  const o = one[at + k] as number;
  let next = weight[at + d] as number;
  for (let i = d - 1; i >= 0; i--) {
    const w = weight[at + i] as number;
    if (o === 0) weight[at + i] = (w * (d + 1)) / (z * (d - i));
    else {
      const undone = (next * (d + 1)) / ((i + 1) * o);
      weight[at + i] = undone;
      next = w - (undone * z * (d - i)) / (d + 1);
    }
  }
  for (let i = k; i < d; i++) {
    feature[at + i] = feature[at + i + 1] as number;
    zero[at + i] = zero[at + i + 1] as number;
    one[at + i] = one[at + i + 1] as number;
  }
};

/** Sum of the weights that UNWIND would leave, without doing it. */
export const unwoundSum = (path: Path, { at, d }: { at: number; d: number }, k: number): number => {
  const z = path.zero[at + k] as number;
  const o = path.one[at + k] as number;
  let next = path.weight[at + d] as number;
  let total = 0;
  for (let i = d - 1; i >= 0; i--) {
    const w = path.weight[at + i] as number;
    if (o === 0) total += (w * (d + 1)) / (z * (d - i));
    else {
      const undone = (next * (d + 1)) / ((i + 1) * o);
      total += undone;
      next = w - (undone * z * (d - i)) / (d + 1);
    }
  }
  return total;
};
