import { engineError } from '../../../errors/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { checkItem, checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';
import { voiceOf } from '../own-taste.ts';
import { type ContentModel, categoryLikeness, NO_PRICE, priceLikeness, treeDepths } from './model.ts';

/** How alike two items are, 0 to 1, and by what. Each part is of the whole: they sum to `similarity`. */
export interface Likeness {
  readonly similarity: number;
  readonly category: number;
  readonly text: number;
  readonly price: number;
}

/** 1 / the shares of what is known of an item; 0 where nothing is. */
const scaleOf = (model: ContentModel, item: number): number => {
  const known =
    ((model.node[item] as number) >= 0 ? model.categoryShare : 0) +
    ((model.textStart[item + 1] as number) > (model.textStart[item] as number) ? model.textShare : 0) +
    (model.priceBin[item] === NO_PRICE ? 0 : model.priceShare);
  return known > 0 ? 1 / known : 0;
};

const cosine = ({ textStart, textTerm, textWeight }: ContentModel, a: number, b: number): number => {
  const from = textStart[b] as number;
  const terms = textTerm.subarray(from, textStart[b + 1]);
  let sum = 0;
  for (let k = textStart[a] as number; k < (textStart[a + 1] as number); k++) {
    const at = terms.indexOf(textTerm[k] as number);
    if (at >= 0) sum += (textWeight[k] as number) * (textWeight[from + at] as number);
  }
  return sum;
};

/** Likeness of item `to` with a past item `from`; what is unknown of `to` is left out of its shares. */
const likenessOf = (
  model: ContentModel,
  depth: Uint32Array,
  [from, to]: readonly [number, number],
): Likeness => {
  const scale = scaleOf(model, to);
  const nodes = [model.node[from] as number, model.node[to] as number] as const;
  const bins = [model.priceBin[from] as number, model.priceBin[to] as number] as const;
  const category =
    nodes[0] < 0 || nodes[1] < 0 ? 0 : scale * model.categoryShare * categoryLikeness(model, depth, nodes);
  const text = scale * model.textShare * cosine(model, from, to);
  const price = bins.includes(NO_PRICE)
    ? 0
    : scale * model.priceShare * priceLikeness(model, bins[0] - bins[1]);
  return { similarity: category + text + price, category, text, price };
};

/**
 * How alike two items are and by what, as the model sees item `to` from item `from`. O(words of both + depth of the tree).
 *
 * @throws EngineError `out_of_range`
 * @example likenessBetween(model, 3, 12) // { similarity: 0.71, category: 0.5, text: 0.16, price: 0.05 }
 */
export const likenessBetween = (model: ContentModel, from: number, to: number): Likeness => {
  checkItem(model.items, from);
  checkItem(model.items, to);
  return likenessOf(model, treeDepths(model), [from, to]);
};

/** Each past entry's share of the person's weight; together less than 1 where nothing is wholly of their own taste. */
const sharesOf = (history: TasteHistory): Float64Array => {
  const { weight } = history;
  const voice = voiceOf(history);
  let total = 0;
  for (const value of weight) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw engineError('negative_weight', `a weight of the past is ${value}`);
    total += value;
  }
  return weight.map((value) => (total > 0 ? voice * (value / total) : 0));
};

interface Profile {
  /** Per node of the tree: Σ of the past's shares × likeness. */
  readonly category: Float64Array;
  /** Per price bin from `firstBin`. */
  readonly price: Float64Array;
  readonly firstBin: number;
}

const profileOf = (
  model: ContentModel,
  depth: Uint32Array,
  { item, shares }: { readonly item: Uint32Array; readonly shares: Float64Array },
): Profile => {
  const category = new Float64Array(model.parent.length);
  let firstBin = 0;
  let lastBin = -1;
  for (const bin of model.priceBin) {
    if (bin === NO_PRICE) continue;
    if (lastBin < firstBin) firstBin = lastBin = bin;
    firstBin = Math.min(firstBin, bin);
    lastBin = Math.max(lastBin, bin);
  }
  const price = new Float64Array(lastBin - firstBin + 1);
  item.forEach((past, h) => {
    const share = shares[h] as number;
    const node = model.node[past] as number;
    if (node >= 0)
      for (let n = 0; n < category.length; n++)
        category[n] = (category[n] as number) + share * categoryLikeness(model, depth, [node, n]);
    const bin = model.priceBin[past] as number;
    if (bin !== NO_PRICE)
      for (let b = 0; b < price.length; b++)
        price[b] = (price[b] as number) + share * priceLikeness(model, bin - firstBin - b);
  });
  return { category, price, firstBin };
};

/**
 * The model as a source of scores and explanations: the mean likeness of an item with the past, weighted as the past is, times min(1, Σ own); 0 to 1. People
 * without a past, and items of which nothing is known, have 0. O(history × (categories + price bins) + words of all items).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `negative_weight`
 * @example contentTaste(model).score(historyOf(interactions, 7), scores)
 */
export const contentTaste = (model: ContentModel): TasteModel => {
  const depth = treeDepths(model);
  const { items, textStart, textTerm, textWeight } = model;
  const scale = Float64Array.from({ length: items }, (_, i) => scaleOf(model, i));
  return {
    kind: model.kind,
    items,
    score: (history, out) => {
      checkScoring(items, history, out);
      const { item } = history;
      const shares = sharesOf(history);
      const profile = profileOf(model, depth, { item, shares });
      const words = new Map<number, number>();
      item.forEach((past, h) => {
        for (let k = textStart[past] as number; k < (textStart[past + 1] as number); k++) {
          const term = textTerm[k] as number;
          words.set(term, (words.get(term) ?? 0) + (shares[h] as number) * (textWeight[k] as number));
        }
      });
      for (let i = 0; i < items; i++) {
        const node = model.node[i] as number;
        const bin = model.priceBin[i] as number;
        let text = 0;
        for (let k = textStart[i] as number; k < (textStart[i + 1] as number) && words.size > 0; k++)
          text += (textWeight[k] as number) * (words.get(textTerm[k] as number) ?? 0);
        out[i] =
          (scale[i] as number) *
          (model.categoryShare * (node < 0 ? 0 : (profile.category[node] as number)) +
            model.textShare * text +
            model.priceShare * (bin === NO_PRICE ? 0 : (profile.price[bin - profile.firstBin] as number)));
      }
    },
    explain: (history, to) => {
      checkExplained(items, history, to);
      const shares = sharesOf(history);
      return explainSum(
        history,
        0,
        (h) => (shares[h] as number) * likenessOf(model, depth, [history.item[h] as number, to]).similarity,
      );
    },
  };
};
