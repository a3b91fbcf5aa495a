import { checkFinite, checkPositive, engineError } from '../../../errors/index.ts';
import { checkFeatures, depthsOf, type ItemFeatures } from './features.ts';

export interface ContentSettings {
  /** Shares of category, text and price in the similarity, >= 0. 0.5, 0.4 and 0.1 unless said. */
  readonly categoryShare?: number;
  readonly textShare?: number;
  readonly priceShare?: number;
  /** Prices this factor apart are half alike: exp(−ln 2 · (Δ ln price / ln factor)²). > 1, 2 unless said. */
  readonly priceFactor?: number;
}

/** Similarity by what items are. Plain data; nothing in it comes from people. */
export interface ContentModel {
  readonly kind: 'content';
  readonly items: number;
  readonly categoryShare: number;
  readonly textShare: number;
  readonly priceShare: number;
  readonly priceFactor: number;
  /** Of the category tree: -1 for a root. */
  readonly parent: Int32Array;
  /** Per item; -1 where unknown. */
  readonly node: Int32Array;
  /** Per item, in bins of 1/`PRICE_BINS` of a doubling; `NO_PRICE` where unknown. */
  readonly priceBin: Int32Array;
  /** Sparse unit vectors. */
  readonly textStart: Uint32Array;
  readonly textTerm: Uint32Array;
  readonly textWeight: Float32Array;
}

/** Bins of a doubling of the price: 4 % wide. */
export const PRICE_BINS = 16;
export const NO_PRICE = -(2 ** 31);

const share = (name: string, value: number): number => {
  if (checkFinite(name, value) >= 0) return value;
  throw engineError('out_of_range', `${name} must be >= 0, got ${value}`, { name, value });
};

const unitText = ({
  text,
  items,
}: ItemFeatures): Pick<ContentModel, 'textStart' | 'textTerm' | 'textWeight'> => {
  if (!text) {
    return {
      textStart: new Uint32Array(items + 1),
      textTerm: new Uint32Array(0),
      textWeight: new Float32Array(0),
    };
  }
  const textWeight = new Float32Array(text.weight.length);
  for (let i = 0; i < items; i++) {
    const from = text.start[i] as number;
    const to = text.start[i + 1] as number;
    let square = 0;
    for (let k = from; k < to; k++) square += (text.weight[k] as number) ** 2;
    const length = Math.sqrt(square) || 1;
    for (let k = from; k < to; k++) textWeight[k] = (text.weight[k] as number) / length;
  }
  return { textStart: text.start.slice(), textTerm: text.term.slice(), textWeight };
};

/**
 * A model of what items are like each other by category, price and words; people play no part, so it knows items that nobody has bought.
 * It is made, not fitted: O(features).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `negative_weight`
 * @example contentTaste(contentModel({ items, category: { tree, node }, price, text }))
 */
export const contentModel = (features: ItemFeatures, settings: ContentSettings = {}): ContentModel => {
  checkFeatures(features);
  const { items, category, price } = features;
  const priceFactor = checkPositive('priceFactor', settings.priceFactor ?? 2);
  if (priceFactor <= 1) throw engineError('out_of_range', `priceFactor must be > 1, got ${priceFactor}`);
  const priceBin = new Int32Array(items).fill(NO_PRICE);
  price?.forEach((value, i) => {
    if (value > 0) priceBin[i] = Math.round(PRICE_BINS * Math.log2(value));
  });
  return {
    kind: 'content',
    items,
    categoryShare: share('categoryShare', settings.categoryShare ?? 0.5),
    textShare: share('textShare', settings.textShare ?? 0.4),
    priceShare: share('priceShare', settings.priceShare ?? 0.1),
    priceFactor,
    parent: category?.tree.parent.slice() ?? new Int32Array(0),
    node: category?.node.slice() ?? new Int32Array(items).fill(-1),
    priceBin,
    ...unitText(features),
  };
};

/** Likeness of two categories by their common path: 2 depth(common) / (depth + depth) (Wu and Palmer, ACL 1994). O(depth). */
export const categoryLikeness = (
  { parent }: Pick<ContentModel, 'parent'>,
  depth: Uint32Array,
  [a, b]: readonly [number, number],
): number => {
  let one = a;
  let other = b;
  while (one !== other) {
    // The deeper goes up; a parent comes before its children.
    if (one > other) one = parent[one] as number;
    else other = parent[other] as number;
  }
  return one < 0 ? 0 : (2 * (depth[one] as number)) / ((depth[a] as number) + (depth[b] as number));
};

/** Likeness of prices `bins` apart. */
export const priceLikeness = ({ priceFactor }: Pick<ContentModel, 'priceFactor'>, bins: number): number =>
  0.5 ** ((bins / PRICE_BINS / Math.log2(priceFactor)) ** 2);

export const treeDepths = ({ parent }: ContentModel): Uint32Array => depthsOf({ parent });
