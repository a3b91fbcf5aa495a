import { checkFinite, checkPositive, engineError } from '../../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../../fitting/index.ts';
import type { Interactions } from '../../interactions/index.ts';
import { strongestLinks } from './co-occurrence.ts';
import type { LinkModel, Links } from './links.ts';

export interface Rp3betaSettings {
  /** Power of the step probabilities, > 0. Default 0.8. */
  readonly alpha?: number;
  /** How much popular items are held back, >= 0 (0: P3alpha). Default 0.6. */
  readonly beta?: number;
  /** Kept per past item. Default 200. */
  readonly neighbours?: number;
  /** Whether a past item's links sum to 1. Default true. */
  readonly normalise?: boolean;
  /** People with more items are left out of the counting. Default 10,000. */
  readonly longestHistory?: number;
}

/** People between two words to the watch: some 10 ms. */
const TELL_EVERY = 8192;

/** Steps of the walk, per pair: from the item to one of its people, and from the person to one of their items. */
const stepsOf = (
  { people, items, start, item, weight }: Interactions,
  { alpha, watch }: { readonly alpha: number; readonly watch: Watch | undefined },
) => {
  const ofItem = new Float64Array(items);
  const ofPerson = new Float64Array(people);
  const toPerson = new Float64Array(item.length);
  const toItem = new Float64Array(item.length);
  for (let u = 0; u < people; u++) {
    for (let p = start[u] as number; p < (start[u + 1] as number); p++) {
      const i = item[p] as number;
      if (!((weight[p] as number) >= 0))
        throw engineError('negative_weight', `the weight of item ${i} is ${weight[p]}`, {
          item: i,
          person: u,
        });
      ofItem[i] = (ofItem[i] as number) + (weight[p] as number);
      ofPerson[u] = (ofPerson[u] as number) + (weight[p] as number);
    }
  }
  for (let u = 0; u < people; u++) {
    if (u % TELL_EVERY === 0) tell(watch, 'steps', u / people);
    for (let p = start[u] as number; p < (start[u + 1] as number); p++) {
      // What is no taste of anybody's own takes no step.
      if (weight[p] === 0) continue;
      toPerson[p] = ((weight[p] as number) / (ofItem[item[p] as number] as number)) ** alpha;
      toItem[p] = ((weight[p] as number) / (ofPerson[u] as number)) ** alpha;
    }
  }
  return { ofItem, toPerson, toItem };
};

const normaliseRows = ({ start, weight }: Links, watch: Watch | undefined): void => {
  for (let i = 0; i + 1 < start.length; i++) {
    if (i % TELL_EVERY === 0) tell(watch, 'shares', i / start.length);
    const end = start[i + 1] as number;
    let sum = 0;
    for (let l = start[i] as number; l < end; l++) sum += weight[l] as number;
    for (let l = start[i] as number; l < end; l++) weight[l] = (weight[l] as number) / sum;
  }
};

/**
 * Random walks of three steps over people and items, popular items held back: W_ij = Σ_u (x_ui / Σ_u x_ui)^α (x_uj / Σ_j x_uj)^α /
 * (Σ_u x_uj)^β, the largest kept per past item i, which sum to 1; scores x W (Paudel et al., TiiS 2017; P3α: Cooper et al. 2014).
 * Sparse: O(Σ_u |I_u|²) time, 12 bytes a link, for catalogues of any size.
 *
 * Somebody who has nothing but gifts (shares of own taste of 0: no pairs, or pairs of weight 0) takes no step, so that nothing is learned from
 * them, and of them there is nothing to say: every score is the base, 0, with an explanation without parts.
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite`, `negative_count` (settings), `negative_weight`, `cancelled`
 * @example linkTaste(fitRp3beta(interactions, { alpha: 0.8, beta: 0.4 }))
 */
export const fitRp3beta = (
  interactions: Interactions,
  settings: Rp3betaSettings = {},
  watch?: Watch,
): LinkModel<'rp3beta'> => {
  const { alpha = 0.8, beta = 0.6, neighbours = 200, normalise = true, longestHistory = 10_000 } = settings;
  checkPositive('alpha', alpha);
  if (checkFinite('beta', beta) < 0)
    throw engineError('out_of_range', `beta must be >= 0, got ${beta}`, { beta });
  const { ofItem, toPerson, toItem } = stepsOf(interactions, {
    alpha,
    watch: watchPart(watch, 0, 0.1),
  });
  const heldBack = ofItem.map((total) => 1 / total ** beta);
  const { links, ignoredPeople } = strongestLinks(
    {
      interactions,
      row: toPerson,
      column: toItem,
      strength: (sum, _i, j) => sum * (heldBack[j] as number),
      neighbours,
      longestHistory,
    },
    watchPart(watch, 0.1, 0.98),
  );
  if (normalise) normaliseRows(links, watchPart(watch, 0.98, 1));
  return { kind: 'rp3beta', items: interactions.items, ignoredPeople, ...links };
};
