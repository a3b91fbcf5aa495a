import { tell, type Watch, watchPart } from '../../../fitting/index.ts';
import { createKernels, type Kernels } from '../../../linear/index.ts';
import { createRandom } from '../../../random/index.ts';
import type { Interactions } from '../../interactions/index.ts';
import { halfStep } from './half-step.ts';
import { gramOf, type IalsModel, modelSettings } from './model.ts';
import { chooseIals, type IalsChosen, type IalsSettings } from './settings.ts';
import { makeSides, megabytesFor, type Side, type Sides } from './sides.ts';

/** Pairs between two calls of the watch while the loss is summed. */
const LOSS_PAIRS = 100_000;

const fillNormal = (values: Float64Array, deviation: number, seed: number | string): void => {
  const random = createRandom(seed, 'ials');
  for (let k = 0; k < values.length; k++) values[k] = random.normal(0, deviation);
};

const penalty = ({ factors, ridge }: Side): number => {
  const { values, columns: d } = factors;
  let sum = 0;
  for (let r = 0; r < factors.rows; r++) {
    let square = 0;
    for (let k = r * d; k < (r + 1) * d; k++) square += (values[k] as number) ** 2;
    sum += (ridge[r] as number) * square;
  }
  return sum;
};

/** The whole objective; people's Gram matrix is diagonal in the basis of the last half-step. O(pairs × d). */
export const lossOf = (
  { people, items }: Sides,
  unobserved: { readonly weight: number; readonly peopleGram: Float64Array },
  watch?: Watch,
): number => {
  const { starts, indices, weights } = people.pairs;
  const d = people.factors.columns;
  const w = people.factors.values;
  const h = items.factors.values;
  let loss = penalty(people) + penalty(items);
  let told = 0;
  for (let r = 0, e = 0; r < people.pairs.rows; r++) {
    if (e >= told) {
      tell(watch, 'loss', e / Math.max(1, indices.length));
      told = e + LOSS_PAIRS;
    }
    for (const end = starts[r + 1] as number; e < end; e++) {
      const at = (indices[e] as number) * d;
      let score = 0;
      for (let k = 0; k < d; k++) score += (w[r * d + k] as number) * (h[at + k] as number);
      loss += (weights[e] as number) * (1 - score) ** 2;
    }
  }
  for (let i = 0; i < items.factors.rows; i++) {
    let all = 0;
    for (let k = 0; k < d; k++) all += (unobserved.peopleGram[k] as number) * (h[i * d + k] as number) ** 2;
    loss += unobserved.weight * all;
  }
  return loss;
};

/** `epochs` times people, then items, from the items' factors as they are. Returns people's Gram matrix, a diagonal. */
export const alternate = (
  { people, items }: Sides,
  { kernels, settings, watch }: { kernels: Kernels; settings: IalsChosen; watch?: Watch | undefined },
): Float64Array => {
  const { epochs, unobservedWeight } = settings;
  let diagonal: Float64Array = new Float64Array(settings.factors);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const part = (half: number): Watch | undefined =>
      watchPart(watch, (epoch + half) / epochs, (epoch + half + 0.5) / epochs);
    const stage = `epoch ${epoch + 1} of ${epochs}`;
    halfStep({ kernels, unobservedWeight, solved: people, fixed: items, stage, watch: part(0) });
    diagonal = halfStep({ kernels, unobservedWeight, solved: items, fixed: people, stage, watch: part(0.5) });
  }
  return diagonal;
};

const fitWith = (
  interactions: Interactions,
  { kernels, settings, watch }: { kernels: Kernels; settings: IalsChosen; watch?: Watch | undefined },
): IalsModel => {
  const sides = makeSides(interactions, { settings, kernels, watch });
  const { factors: d, initialDeviation, unobservedWeight, seed } = settings;
  fillNormal(sides.items.factors.values, initialDeviation / Math.sqrt(d), seed);
  const peopleGram = alternate(sides, { kernels, settings, watch: watchPart(watch, 0, 0.98) });
  const loss = lossOf(sides, { weight: unobservedWeight, peopleGram }, watchPart(watch, 0.98, 0.99));
  const itemFactors = Float32Array.from(sides.items.factors.values);
  const pairs = interactions.item.length;
  return {
    kind: 'ials',
    items: interactions.items,
    people: interactions.people,
    factors: d,
    ...modelSettings(settings),
    known: sides.items.known,
    itemFactors,
    itemGram: gramOf(itemFactors, d, () => tell(watch, 'gram', 0.99)),
    peopleGram,
    lossPerPair: pairs === 0 ? 0 : loss / pairs,
  };
};

/**
 * Weighted matrix factorisation of implicit feedback by alternating least squares (Hu, Koren, Volinsky, ICDM 2008), with the
 * objective and penalties of Rendle, Krichene, Zhang and Koren 2021 (arXiv 2110.14037): Σ over pairs that happened c (1 − w·h)² +
 * α0 Σ over all pairs (w·h)² + Σ λ (|I_u| + α0 |I|)^ν |w_u|² + the same for items.
 *
 * Each half-step is exact, in double precision. An epoch takes Σ over people and items of min(n² d + n³/3, n d² + d³/3) flops, n their
 * pairs, and (people + items) d² more; memory 8 d bytes per person and item with pairs and 16 per pair (at most 4 GB). The same
 * interactions and seed give the same model, whatever the number of threads.
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite`, `negative_count`, `out_of_memory`, `cancelled`
 * @example const model = fitIals(interactions, { factors: 64, epochs: 16, seed: 1 });
 */
export const fitIals = (
  interactions: Interactions,
  settings: IalsSettings = {},
  watch?: Watch,
): IalsModel => {
  const chosen = chooseIals(settings);
  const kernels = createKernels({
    megabytes: megabytesFor(interactions, chosen.factors),
    threads: chosen.threads,
  });
  try {
    return fitWith(interactions, { kernels, settings: chosen, watch });
  } finally {
    kernels.close();
  }
};
