import { checkFinite, engineError } from '../../../errors/index.ts';
import { type Watch, watchPart } from '../../../fitting/index.ts';
import type { Interactions } from '../../interactions/index.ts';
import { strongestLinks } from './co-occurrence.ts';
import { type LinkModel, transposeLinks } from './links.ts';

export interface ItemKnnSettings {
  /** Kept per item that is scored. Default 100. */
  readonly neighbours?: number;
  /** Added to the denominator of the cosine: similarity from few people is drawn to 0. >= 0, default 10. */
  readonly shrink?: number;
  /** People with more items are left out of the counting. Default 10,000. */
  readonly longestHistory?: number;
}

/** As in the published comparison, so that an item without weight has no infinite similarity. */
const TINY = 1e-9;

/**
 * Items by similarity to past ones: S_jl = Σ_u x_uj x_ul / (n_j n_l + shrink), n = √Σ_u x² + 1e-9, of which each item j keeps its
 * largest; the score of j is Σ_l S_jl x_l over the past (Sarwar et al., WWW 2001; shrinkage as in Bell and Koren 2007).
 * O(Σ_u |I_u|²).
 *
 * @example linkTaste(fitItemKnn(interactions, { shrink: 10 }))
 */
export const fitItemKnn = (
  interactions: Interactions,
  { neighbours = 100, shrink = 10, longestHistory = 10_000 }: ItemKnnSettings = {},
  watch?: Watch,
): LinkModel<'item_knn'> => {
  if (checkFinite('shrink', shrink) < 0)
    throw engineError('out_of_range', `shrink must be >= 0, got ${shrink}`, { shrink });
  const { items, item, weight } = interactions;
  const norm = new Float64Array(items);
  for (let p = 0; p < item.length; p++) {
    const i = item[p] as number;
    norm[i] = (norm[i] as number) + (weight[p] as number) ** 2;
  }
  for (let i = 0; i < items; i++) norm[i] = Math.sqrt(norm[i] as number) + TINY;
  const { links, ignoredPeople } = strongestLinks(
    {
      interactions,
      row: weight,
      column: weight,
      strength: (sum, i, j) => sum / ((norm[i] as number) * (norm[j] as number) + shrink),
      neighbours,
      longestHistory,
    },
    watchPart(watch, 0, 0.8),
  );
  return { kind: 'item_knn', items, ignoredPeople, ...transposeLinks(links, watchPart(watch, 0.8, 1)) };
};
