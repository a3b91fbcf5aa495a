import { checkAllFinite, checkCount, checkFinite, checkLength, engineError } from '../../../errors/index.ts';

/** A tree of categories: node n's parent comes before it, or is -1 for a root. */
export interface CategoryTree {
  readonly parent: Int32Array;
}

/** Sparse vectors of words or hashed words, one row per item. */
export interface TextVectors {
  /** Terms are below this. */
  readonly terms: number;
  /** `items` + 1 values. */
  readonly start: Uint32Array;
  /** Distinct within an item. */
  readonly term: Uint32Array;
  /** >= 0, as tf-idf. Their length does not matter: cosines are taken. */
  readonly weight: Float32Array | Float64Array;
}

/** What is known of items before anybody bought them. Leave out what there is nothing of. */
export interface ItemFeatures {
  readonly items: number;
  /** Per item a node of the tree, -1 where unknown. */
  readonly category?: { readonly tree: CategoryTree; readonly node: Int32Array };
  /** Per item > 0 in one currency, 0 where unknown. */
  readonly price?: Float64Array;
  readonly text?: TextVectors;
}

/** Each node's depth, roots 1. @throws EngineError `out_of_range` */
export const depthsOf = ({ parent }: CategoryTree): Uint32Array => {
  const depth = new Uint32Array(parent.length);
  for (let n = 0; n < parent.length; n++) {
    const above = parent[n] as number;
    if (above < -1 || above >= n)
      throw engineError('out_of_range', `the parent of node ${n} must come before it, got ${above}`, {
        node: n,
      });
    depth[n] = above < 0 ? 1 : (depth[above] as number) + 1;
  }
  return depth;
};

const checkText = ({ terms, start, term, weight }: TextVectors, items: number): void => {
  checkCount('text.terms', terms);
  checkLength('text.start', start.length, items + 1);
  checkLength('text.weight', weight.length, term.length);
  checkLength('text.term', term.length, start[items] as number);
  if (start[0] !== 0) throw engineError('out_of_range', `text.start begins with ${start[0]}, not 0`);
  for (let i = 0; i < items; i++)
    if ((start[i] as number) > (start[i + 1] as number))
      throw engineError('out_of_range', `text.start falls at item ${i}`, { item: i });
  for (let k = 0; k < term.length; k++) {
    if ((term[k] as number) >= terms)
      throw engineError('out_of_range', `text.term[${k}] is ${term[k]}, there are ${terms}`, { entry: k });
    if ((weight[k] as number) < 0)
      throw engineError('negative_weight', `text.weight[${k}] is ${weight[k]}`, { entry: k });
  }
  checkAllFinite('text.weight', weight);
};

/** Throws what is wrong with the features. One pass. */
export const checkFeatures = ({ items, category, price, text }: ItemFeatures): void => {
  checkCount('items', items);
  if (category) {
    depthsOf(category.tree);
    checkLength('category.node', category.node.length, items);
    category.node.forEach((node, i) => {
      if (node < -1 || node >= category.tree.parent.length)
        throw engineError('out_of_range', `there is no category ${node} (item ${i})`, { item: i });
    });
  }
  if (price) {
    checkLength('price', price.length, items);
    price.forEach((value, i) => {
      if (checkFinite(`price[${i}]`, value) < 0)
        throw engineError('out_of_range', `price[${i}] is ${value}`, { item: i });
    });
  }
  if (text) checkText(text, items);
};
