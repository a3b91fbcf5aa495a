import { checkFinite, engineError } from '../../../errors/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { topItems } from '../../rebuy.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';
import { voiceOf } from '../own-taste.ts';
import type { PopularityModel } from './fit.ts';

export interface PopularityView {
  /** The person's region; nowhere in particular by default. */
  readonly region?: number;
  /** An item of a category that holds the share s of the past counts 1 + lift × s times. Default 0. */
  readonly categoryLift?: number;
}

/** The whole shop's shares weigh as much in a region as this many of its people. */
const PRIOR_PEOPLE = 200;

/** Per item, the share of people who bought it; a region's share is drawn to the whole shop's. In [0, 1]. */
export const popularShares = (model: PopularityModel, region?: number): Float64Array => {
  const share = Float64Array.from(model.buyers, (count) => count / Math.max(1, model.people));
  if (region === undefined) return share;
  if (!(Number.isInteger(region) && region >= 0 && region < model.regions))
    throw engineError('out_of_range', `there is no region ${region} among ${model.regions}`, { region });
  const scale = 1 / ((model.regionPeople[region] as number) + PRIOR_PEOPLE);
  for (let i = 0; i < share.length; i++) share[i] = (share[i] as number) * PRIOR_PEOPLE * scale;
  for (let at = model.regionStart[region] as number; at < (model.regionStart[region + 1] as number); at++) {
    const i = model.regionItem[at] as number;
    share[i] = (share[i] as number) + (model.regionBuyers[at] as number) * scale;
  }
  return share;
};

/** Share of the past's weight in each category; together less than 1 where nothing is wholly of their own taste. */
const categoryShares = (model: PopularityModel, history: TasteHistory): Float64Array => {
  const shares = new Float64Array(model.categories);
  let total = 0;
  for (let h = 0; h < history.item.length; h++) {
    const c = model.category[history.item[h] as number] as number;
    shares[c] = (shares[c] as number) + (history.weight[h] as number);
    total += history.weight[h] as number;
  }
  const voice = voiceOf(history);
  return total > 0 ? shares.map((weight) => voice * (weight / total)) : shares.fill(0);
};

/**
 * Popularity as a source of scores: the share of people who bought the item, in a region if asked, more for categories of the
 * person's past if asked. O(items).
 *
 * @throws EngineError `out_of_range` for a region that is not there, or a lift < 0 or without categories
 * @example popularityTaste(model, { region: 3, categoryLift: 2 })
 */
export const popularityTaste = (
  model: PopularityModel,
  { region, categoryLift = 0 }: PopularityView = {},
): TasteModel => {
  const { items, category } = model;
  if (checkFinite('categoryLift', categoryLift) < 0 || (categoryLift > 0 && model.categories === 0))
    throw engineError(
      'out_of_range',
      `categoryLift must be >= 0, and needs categories; got ${categoryLift}`,
      {
        categoryLift,
      },
    );
  const share = popularShares(model, region);
  return {
    kind: model.kind,
    items,
    score: (history, out) => {
      checkScoring(items, history, out);
      out.set(share);
      if (categoryLift === 0) return;
      const liked = categoryShares(model, history);
      for (let i = 0; i < items; i++)
        out[i] = (share[i] as number) * (1 + categoryLift * (liked[category[i] as number] as number));
    },
    explain: (history, item) => {
      checkExplained(items, history, item);
      const base = share[item] as number;
      if (categoryLift === 0) return explainSum(history, base, () => 0);
      const total = history.weight.reduce((a, b) => a + b, 0);
      const voice = voiceOf(history);
      return explainSum(history, base, (h) =>
        category[history.item[h] as number] === category[item] && total > 0
          ? base * categoryLift * (voice * ((history.weight[h] as number) / total))
          : 0,
      );
    },
  };
};

/**
 * The `count` most popular items, best first, ties by the lower item; of a category and in a region where asked. Items
 * without buyers are not among them. O(items log count).
 *
 * @example mostPopular(model, { count: 10, category: 4 })
 */
export const mostPopular = (
  model: PopularityModel,
  {
    count,
    category,
    region,
  }: { readonly count: number; readonly category?: number; readonly region?: number },
): readonly { readonly item: number; readonly share: number }[] => {
  const share = popularShares(model, region);
  for (let i = 0; i < share.length; i++) {
    const elsewhere = category !== undefined && model.category[i] !== category;
    if (elsewhere || share[i] === 0) share[i] = Number.NEGATIVE_INFINITY;
  }
  return topItems(share, count).map((item) => ({ item, share: share[item] as number }));
};
