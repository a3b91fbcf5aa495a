import { type Plain, readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { checkSaved, risesBelow, savedNumbers } from '../saved.ts';
import type { IalsChosen } from './settings.ts';

/** Item factors and what is needed to solve for a person. Plain data; a person is not in it. */
export interface IalsModel {
  readonly kind: 'ials';
  /** Items and people it was fitted on, those without a pair included. */
  readonly items: number;
  readonly people: number;
  /** Length of a factor. */
  readonly factors: number;
  readonly unobservedWeight: number;
  readonly regularisation: number;
  readonly frequencyExponent: number;
  readonly confidence: 'one' | 'weight';
  /** Items that have a factor, ascending; the others have the score 0. */
  readonly known: Uint32Array;
  /** `known.length` × `factors`, row-major. */
  readonly itemFactors: Float32Array;
  /** HᵀH of the item factors, `factors` × `factors`. */
  readonly itemGram: Float64Array;
  /** WᵀW of the people's factors that the items were last solved against: a diagonal in the basis of the factors. */
  readonly peopleGram: Float64Array;
  /** The loss after the last epoch, per pair: Σ c (1 − w·h)² + α0 Σ (w·h)² + penalties, over pairs. 0 without pairs. */
  readonly lossPerPair: number;
}

/** Multiply-adds between two calls of `told`. */
const GRAM_WORK = 1e7;

/** HᵀH in double precision. O(rows × d² / 2). */
export const gramOf = (factors: Float32Array, d: number, told: () => void = () => {}): Float64Array => {
  const gram = new Float64Array(d * d);
  const every = d * Math.ceil(GRAM_WORK / (d * d));
  for (let at = 0; at < factors.length; at += d) {
    if (at % every === 0) told();
    for (let i = 0; i < d; i++) {
      const f = factors[at + i] as number;
      for (let j = 0; j <= i; j++)
        gram[i * d + j] = (gram[i * d + j] as number) + f * (factors[at + j] as number);
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) gram[j * d + i] = gram[i * d + j] as number;
  return gram;
};

/**
 * The model as bytes. Cost: one copy.
 *
 * @example loadIals(saveIals(model))
 */
export const saveIals = (model: IalsModel): Uint8Array<ArrayBuffer> => {
  const { kind, known, itemFactors, itemGram, peopleGram, ...about } = model;
  return writeModelFile({ kind, version: 1, about, arrays: { known, itemFactors, itemGram, peopleGram } });
};

const NUMBERS = [
  'items',
  'people',
  'factors',
  'unobservedWeight',
  'regularisation',
  'frequencyExponent',
  'lossPerPair',
] as const;

const confidenceSaid = (about: Plain): IalsModel['confidence'] => {
  const { confidence } = about as { readonly confidence?: unknown };
  checkSaved('it does not say its confidence', confidence === 'one' || confidence === 'weight');
  return confidence as IalsModel['confidence'];
};

const fits = ({ known, itemFactors, itemGram, peopleGram, factors: d, items }: IalsModel): boolean =>
  Number.isInteger(d) &&
  d > 0 &&
  d % 4 === 0 &&
  itemFactors.length === known.length * d &&
  itemGram.length === d * d &&
  peopleGram.length === d &&
  risesBelow(known, items);

/**
 * What `saveIals` wrote; scores are the same to the last bit.
 *
 * @throws EngineError `damaged`, `version_mismatch`
 * @example loadIals(bytes)
 */
export const loadIals = (bytes: Uint8Array): IalsModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'ials', versions: [1] });
  const model: IalsModel = {
    kind: 'ials',
    ...savedNumbers(about, NUMBERS),
    confidence: confidenceSaid(about),
    known: takeArray(arrays, 'known', Uint32Array),
    itemFactors: takeArray(arrays, 'itemFactors', Float32Array),
    itemGram: takeArray(arrays, 'itemGram', Float64Array),
    peopleGram: takeArray(arrays, 'peopleGram', Float64Array),
  };
  checkSaved('the parts of the iALS model do not fit each other', fits(model));
  return model;
};

export const modelSettings = ({
  unobservedWeight,
  regularisation,
  frequencyExponent,
  confidence,
}: IalsChosen): Pick<
  IalsModel,
  'unobservedWeight' | 'regularisation' | 'frequencyExponent' | 'confidence'
> => ({ unobservedWeight, regularisation, frequencyExponent, confidence });
