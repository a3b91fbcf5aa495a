import { tell, type Watch } from '../../fitting/index.ts';
import { minimise } from '../../optimise/index.ts';
import { PARTS } from './kernels.ts';

/** How a level leans on the one above, and what its events say about other hours. */
export interface Mix {
  /** Events that the level above is worth. */
  readonly concentration: number;
  /** PARTS weights of the parts of the kernel, which sum to 1. */
  readonly weights: Float64Array;
  /** Rows that spoke for them; with 0 the prior alone does. */
  readonly rows: number;
}

/** Rows, each an event whose own block was left out. */
export interface LeftOut {
  rows: number;
  /** rows × PARTS: what the rest of the events says at the event's hour, relative to the level above. */
  readonly sums: Float64Array;
  /** Mass of the rest. */
  readonly mass: Float64Array;
  /** What the row counts. */
  readonly weight: Float64Array;
}

export const createLeftOut = (most: number): LeftOut => ({
  rows: 0,
  sums: new Float64Array(most * PARTS),
  mass: new Float64Array(most),
  weight: new Float64Array(most),
});

/** Before any row: ten events, give or take a factor of 7, and all parts alike. */
const FIRST_CONCENTRATION = 10;
const LOG_SPREAD = 2;
const LOGIT_SPREAD = 4;
/** Beyond this the level says nothing of its own. */
const LARGEST_LOG = Math.log(1e6);

const softmax = (x: Float64Array, out: Float64Array): void => {
  let most = -Infinity;
  for (let k = 0; k < PARTS; k++) most = Math.max(most, x[k + 1] as number);
  let sum = 0;
  for (let k = 0; k < PARTS; k++) {
    out[k] = Math.exp((x[k + 1] as number) - most);
    sum += out[k] as number;
  }
  for (let k = 0; k < PARTS; k++) out[k] = (out[k] as number) / sum;
};

/** -Σ weight ln((a + Σ_k w_k s_k)/(a + mass)) and its gradient by a and w_k, in `gradient` (a first). O(rows × PARTS). */
const lossAt = (
  { rows, sums, mass, weight }: LeftOut,
  concentration: number,
  { weights, gradient }: { readonly weights: Float64Array; readonly gradient: Float64Array },
): number => {
  let loss = 0;
  gradient.fill(0);
  for (let i = 0; i < rows; i++) {
    const place = i * PARTS;
    let top = concentration;
    for (let k = 0; k < PARTS; k++) top += (weights[k] as number) * (sums[place + k] as number);
    const bottom = concentration + (mass[i] as number);
    const own = weight[i] as number;
    loss -= own * Math.log(top / bottom);
    const pull = own / top;
    gradient[0] = (gradient[0] as number) - pull + own / bottom;
    for (let k = 0; k < PARTS; k++)
      gradient[k + 1] = (gradient[k + 1] as number) - pull * (sums[place + k] as number);
  }
  return loss;
};

/**
 * The concentration and the weights under which left-out events were likeliest: empirical Bayes by the leave-one-out likelihood of a
 * Dirichlet–multinomial (Minka, “Estimating a Dirichlet distribution”, 2000), with what an event says spread by kernels (Berti, Dreassi, Leisen,
 * Pratelli, Rigo, “Kernel based Dirichlet sequences”, 2022); a weak prior holds what the events do not say. BFGS over ln a and
 * the logits of the weights. O(rows × PARTS) a step, some 60 steps.
 */
export const fitMix = (left: LeftOut, stage: string, watch?: Watch): Mix => {
  const weights = new Float64Array(PARTS);
  const slopes = new Float64Array(PARTS + 1);
  let steps = 0;
  let last = new Float64Array(0);
  let lastLoss = Infinity;
  const isLast = (x: Float64Array): boolean => last.length > 0 && x.every((each, i) => each === last[i]);
  const evaluate = (x: Float64Array): number => {
    if (isLast(x)) return lastLoss;
    if (!(Math.abs(x[0] as number) <= LARGEST_LOG)) return Infinity;
    softmax(x, weights);
    let loss = lossAt(left, Math.exp(x[0] as number), { weights, gradient: slopes });
    loss += 0.5 * (((x[0] as number) - Math.log(FIRST_CONCENTRATION)) / LOG_SPREAD) ** 2;
    for (let k = 1; k <= PARTS; k++) loss += 0.5 * ((x[k] as number) / LOGIT_SPREAD) ** 2;
    last = x.slice();
    lastLoss = loss;
    return loss;
  };
  const start = new Float64Array(PARTS + 1);
  start[0] = Math.log(FIRST_CONCENTRATION);
  const made = minimise(evaluate, start, {
    gradient: (x, out) => {
      tell(watch, stage, 1 - 0.97 ** steps++);
      evaluate(x);
      const a = Math.exp(x[0] as number);
      out[0] =
        a * (slopes[0] as number) + ((x[0] as number) - Math.log(FIRST_CONCENTRATION)) / LOG_SPREAD ** 2;
      let mean = 0;
      for (let k = 0; k < PARTS; k++) mean += (weights[k] as number) * (slopes[k + 1] as number);
      for (let k = 0; k < PARTS; k++)
        out[k + 1] =
          (weights[k] as number) * ((slopes[k + 1] as number) - mean) +
          (x[k + 1] as number) / LOGIT_SPREAD ** 2;
    },
    tolerance: 1e-5,
    maxIterations: 120,
  });
  softmax(made.x, weights);
  return { concentration: Math.exp(made.x[0] as number), weights, rows: left.rows };
};
