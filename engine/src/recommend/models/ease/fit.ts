import { checkPositive, engineError } from '../../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../../fitting/index.ts';
import { createKernels, type Kernels } from '../../../linear/index.ts';
import type { Interactions } from '../../interactions/index.ts';
import { inverseError } from './check-inverse.ts';
import { type ActivePairs, activePairs, countActive, regularisedGram } from './gram.ts';
import type { EaseModel } from './model.ts';

export interface EaseSettings {
  /** λ > 0 of the ridge, in units of (squared) interaction weights. Default 300. */
  readonly l2?: number;
  /**
   * Arithmetic and storage of the weights. `f32` takes half the time and memory; it needs `l2` >= 100, and is refused where
   * a check in double precision finds elements of B that may be off by more than 1e-3. Default `f64`.
   */
  readonly precision?: 'f64' | 'f32';
  /** Same model to the last bit. Default 1. */
  readonly threads?: 1 | 2;
  /** More items with interactions than this are refused before any memory is taken. Default 8,192. */
  readonly mostItems?: number;
}

/** Below, an inverse in single precision has too few digits left. */
const LEAST_L2_SINGLE = 100;
const WORST_ERROR = 1e-3;
const MEGABYTE = 2 ** 20;
/** Packed panels, working spaces, rounding up. */
const SPARE_MEGABYTES = 16;

const checkSize = (interactions: Interactions, settings: Required<EaseSettings>): void => {
  const items = countActive(interactions);
  if (items <= settings.mostItems) return;
  const gigabytes = (2 * items ** 2 * (settings.precision === 'f32' ? 4 : 8)) / 2 ** 30;
  throw engineError(
    'out_of_memory',
    `EASE of ${items} items would take ${gigabytes.toPrecision(2)} GB (at most ${settings.mostItems} items): use fitRp3beta`,
    { items, mostItems: settings.mostItems },
  );
};

interface InvertInput {
  readonly pairs: ActivePairs;
  readonly settings: Required<EaseSettings>;
  readonly watch: Watch | undefined;
}

/** (Xᵀ X + l2 I)⁻¹ in the kernels' memory. */
const invertGram = (
  kernels: Kernels,
  { pairs, settings, watch }: InvertInput,
): Float64Array | Float32Array => {
  const n = pairs.active.length;
  const single = settings.precision === 'f32';
  const zeros = () => (single ? kernels.float32(n * n) : kernels.float64(n * n));
  const gram = { rows: n, columns: n, values: zeros() };
  regularisedGram(pairs, {
    l2: settings.l2,
    out: gram.values,
    watch: watchPart(watch, 0, 0.25),
  });
  // The smallest eigenvalue is l2 at least: a pivot at rounding's size is a precision that does not suffice.
  const made = kernels.cholesky(gram, undefined, (done) => tell(watch, 'factor', 0.25 + 0.25 * done));
  if (made.kind !== 'factor')
    throw engineError(
      'not_positive_definite',
      `EASE: no pivot at item ${pairs.active[made.row]}: use more l2`,
      {
        pivot: made.pivot,
      },
    );
  const inverse = { rows: n, columns: n, values: zeros() };
  kernels.invertFactor(gram, inverse, (done) => tell(watch, 'inverse', 0.5 + 0.4 * done));
  return inverse.values;
};

/** B_ij = -P_ij / P_jj with a zero diagonal, copied out of the kernels' memory. */
const weightsOf = (inverse: Float64Array | Float32Array, n: number, watch: Watch | undefined) => {
  const weights = inverse instanceof Float32Array ? new Float32Array(n * n) : new Float64Array(n * n);
  const scale = new Float64Array(n);
  for (let j = 0; j < n; j++) scale[j] = -1 / (inverse[j * n + j] as number);
  for (let i = 0; i < n; i++) {
    for (let j = 0, at = i * n; j < n; j++, at++)
      weights[at] = (inverse[at] as number) * (scale[j] as number);
    weights[i * n + i] = 0;
    if (i % 256 === 255) tell(watch, 'weights', 0.95 + (0.05 * i) / n);
  }
  return weights;
};

/**
 * EASE: the ridge regression of every item on all others, in closed form. P = (Xᵀ X + l2 I)⁻¹, B_ij = -P_ij / P_jj, B_jj = 0
 * (Steck, WWW 2019, equations 6–8). X are the interactions' weights: collect them `binary` for the published model.
 *
 * Time Σ_u |I_u|² / 2 + n³ flops for n items with interactions (4,000: some seconds in f64); memory 24 n² bytes in f64, 12 n² in
 * f32. Beyond some 8,000 items use `fitRp3beta`.
 *
 * Throws `out_of_memory` for more than `mostItems` items, `out_of_range` for an `l2` that is too small for f32,
 * `no_convergence` where f32 turns out too coarse, `not_positive_definite` where weights are too large for `l2`, `cancelled`.
 *
 * @example
 * const model = fitEase(collectInteractions(events, { binary: true }), { l2: 200 });
 * easeTaste(model).score(history, scores);
 */
export const fitEase = (
  interactions: Interactions,
  { l2 = 300, precision = 'f64', threads = 1, mostItems = 8192 }: EaseSettings = {},
  watch?: Watch,
): EaseModel => {
  const settings = { l2: checkPositive('l2', l2), precision, threads, mostItems };
  if (precision === 'f32' && l2 < LEAST_L2_SINGLE)
    throw engineError('out_of_range', `EASE in f32 needs l2 >= ${LEAST_L2_SINGLE}, got ${l2}: use f64`, {
      l2,
    });
  checkSize(interactions, settings);
  tell(watch, 'gram', 0);
  const pairs = activePairs(interactions);
  const n = pairs.active.length;
  const bytes = 2 * n * n * (precision === 'f32' ? 4 : 8);
  const kernels = createKernels({ megabytes: Math.ceil(bytes / MEGABYTE) + SPARE_MEGABYTES, threads });
  try {
    const inverse = invertGram(kernels, { pairs, settings, watch });
    const errorBound = inverseError({ rows: pairs.rows, l2, inverse }, watchPart(watch, 0.9, 0.95));
    if (!(errorBound <= WORST_ERROR))
      throw engineError(
        'no_convergence',
        `EASE: ${precision} is too coarse for these interactions: use more l2`,
        {
          errorBound,
        },
      );
    const weights = weightsOf(inverse, n, watch);
    return { kind: 'ease', items: interactions.items, active: pairs.active, weights, l2, errorBound };
  } finally {
    kernels.close();
  }
};
