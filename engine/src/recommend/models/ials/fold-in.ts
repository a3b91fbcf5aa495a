import { checkFinite, checkLength, checkProbability, engineError } from '../../../errors/index.ts';
import { cholesky, type Matrix, solveCholesky } from '../../../linear/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import { ownOf } from '../own-taste.ts';
import { gramOf, type IalsModel } from './model.ts';
import { ridgeOf } from './settings.ts';

/** Row of `item` in the model's factors; -1 when it has none. */
export const rowOf = (model: IalsModel, item: number): number => {
  const { known } = model;
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle] as number) < item) low = middle + 1;
    else high = middle;
  }
  return known[low] === item ? low : -1;
};

/** Pairs of a history that count: which row, how much. */
interface KnownPairs {
  readonly rows: readonly number[];
  readonly weights: readonly number[];
  /** How many, by their shares of own taste. */
  readonly counted: number;
}

/** What a pair of the history weighs in the equations, rounded as the fit keeps it. */
export const confidenceOf = (model: IalsModel, history: TasteHistory, entry: number): number =>
  model.confidence === 'weight'
    ? Math.fround(history.weight[entry] as number)
    : Math.fround(ownOf(history, entry));

export const knownPairs = (model: IalsModel, history: TasteHistory): KnownPairs => {
  checkScoring(model.items, history);
  const rows: number[] = [];
  const weights: number[] = [];
  let counted = 0;
  history.item.forEach((item, entry) => {
    const row = rowOf(model, item);
    if (row < 0) return;
    const weight = checkFinite('weight', confidenceOf(model, history, entry));
    if (weight < 0) throw engineError('negative_weight', `the weight of item ${item} is ${weight}`, { item });
    rows.push(row);
    weights.push(weight);
    counted += ownOf(history, entry);
  });
  return { rows, weights, counted };
};

interface Problem {
  readonly gram: Float64Array;
  readonly ridge: number;
  readonly rows: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** The equations of one person (or item): A = α0 HᵀH + Σ c h hᵀ + ridge I and b = Σ c h. O(n d²). */
const equations = (
  model: Pick<IalsModel, 'factors' | 'unobservedWeight'>,
  factors: Float32Array | Float64Array,
  { gram, ridge, rows, weights }: Problem,
): { readonly a: Matrix; readonly b: Float64Array } => {
  const d = model.factors;
  const a = { rows: d, columns: d, values: gram.map((value) => model.unobservedWeight * value) };
  const b = new Float64Array(d);
  for (let p = 0; p < rows.length; p++) {
    const at = (rows[p] as number) * d;
    const weight = weights[p] as number;
    for (let i = 0; i < d; i++) {
      const f = weight * (factors[at + i] as number);
      b[i] = (b[i] as number) + f;
      for (let j = 0; j <= i; j++)
        a.values[i * d + j] = (a.values[i * d + j] as number) + f * (factors[at + j] as number);
    }
  }
  for (let i = 0; i < d; i++) {
    a.values[i * (d + 1)] = (a.values[i * (d + 1)] as number) + ridge;
    for (let j = 0; j < i; j++) a.values[j * d + i] = a.values[i * d + j] as number;
  }
  return { a, b };
};

const factorOf = (a: Matrix) => {
  const made = cholesky(a);
  if (made.kind !== 'factor')
    throw engineError(
      'not_positive_definite',
      'the equations have no solution: the weights are too far apart',
    );
  return made;
};

const personProblem = (model: IalsModel, pairs: KnownPairs): Problem => ({
  gram: model.itemGram,
  ridge: ridgeOf(model, pairs.counted, model.items),
  rows: pairs.rows,
  weights: pairs.weights,
});

/**
 * The factor of a person from their history alone: what a fit with these item factors would give them, in one solve. This is how
 * people who were not there, and events that came later, count without retraining. Items that the model does not know say nothing;
 * without others the factor is 0. O(n d² + d³/3).
 *
 * @throws EngineError `out_of_range`, `negative_weight`, `nan`, `not_finite`
 * @example foldInPerson(model, historyOf(interactions, 7)) // `model.factors` numbers
 */
export const foldInPerson = (model: IalsModel, history: TasteHistory): Float64Array => {
  const pairs = knownPairs(model, history);
  if (pairs.rows.length === 0) return new Float64Array(model.factors);
  const { a, b } = equations(model, model.itemFactors, personProblem(model, pairs));
  return solveCholesky(factorOf(a), b);
};

/**
 * z = A_u⁻¹ h of an item for a person: the score is Σ over the past c_j h_j·z (Hu, Koren, Volinsky 2008, §5).
 */
export const itemSeenBy = (model: IalsModel, pairs: KnownPairs, row: number): Float64Array => {
  const d = model.factors;
  const { a } = equations(model, model.itemFactors, personProblem(model, pairs));
  return solveCholesky(factorOf(a), Float64Array.from(model.itemFactors.subarray(row * d, (row + 1) * d)));
};

/**
 * The model with one item solved anew from the people who have it: an item that came after the fit, or that many more people have
 * now. `buyers` are their histories and the weights of their pair with the item (all 1 unless given; they count where the model's
 * confidence is `weight`) and its shares of own taste (all 1 unless given). The other items stay as they are. O(buyers × n d² + items × d) and a copy of the factors.
 *
 * @throws EngineError `out_of_range`, `empty_input`, `length_mismatch`, `negative_weight`, `nan`, `not_finite`,
 * `probability_out_of_range`
 * @example foldInItem(model, { item: 40_000, buyers: [historyOf(interactions, 7)] })
 */
export const foldInItem = (
  model: IalsModel,
  news: {
    readonly item: number;
    readonly buyers: readonly TasteHistory[];
    readonly weights?: Float64Array;
    readonly own?: Float64Array;
  },
): IalsModel => {
  const { item, buyers, weights, own } = news;
  const d = model.factors;
  if (!Number.isInteger(item) || item < 0 || item > model.items)
    throw engineError('out_of_range', `item must be one of ${model.items}, or the next, got ${item}`, {
      item,
    });
  if (buyers.length === 0) throw engineError('empty_input', 'an item without buyers has no factor');
  if (weights && weights.length !== buyers.length)
    throw engineError('length_mismatch', 'one weight per buyer is needed');
  if (own) checkLength('own', own.length, buyers.length);
  const people = new Float64Array(buyers.length * d);
  buyers.forEach((history, r) => people.set(foldInPerson(model, history), r * d));
  const gram = new Float64Array(d * d);
  model.peopleGram.forEach((value, k) => {
    gram[k * (d + 1)] = value;
  });
  const shares = buyers.map((_, r) => checkProbability('own', own?.[r] ?? 1));
  const confidence = shares.map((share, r) =>
    model.confidence === 'weight' ? checkFinite('weight', weights?.[r] ?? 1) : share,
  );
  if (confidence.some((weight) => weight < 0)) throw engineError('negative_weight', 'a weight is below 0');
  const { a, b } = equations(model, people, {
    gram,
    ridge: ridgeOf(
      model,
      shares.reduce((sum, share) => sum + share, 0),
      model.people,
    ),
    rows: confidence.map((_, r) => r),
    weights: confidence,
  });
  const factor = Float32Array.from(solveCholesky(factorOf(a), b));
  const row = rowOf(model, item);
  const at = row >= 0 ? row : model.known.filter((other) => other < item).length;
  const after = row >= 0 ? at + 1 : at;
  const known = new Uint32Array(model.known.length + 1 - (after - at));
  known.set(model.known.subarray(0, at));
  known[at] = item;
  known.set(model.known.subarray(after), at + 1);
  const itemFactors = new Float32Array(known.length * d);
  itemFactors.set(model.itemFactors.subarray(0, at * d));
  itemFactors.set(factor, at * d);
  itemFactors.set(model.itemFactors.subarray(after * d), (at + 1) * d);
  return {
    ...model,
    items: Math.max(model.items, item + 1),
    known,
    itemFactors,
    itemGram: gramOf(itemFactors, d),
  };
};
