import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';

/** What a model may use, one value per person. */
export type Feature =
  /** A number; an embedding is one of these per dimension. */
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  /** A word, as an index from 0 on. */
  | { readonly kind: 'category'; readonly name: string; readonly values: Int32Array };

/** Bins of a number, so that also what is high in the middle (an hour of the day) can be seen. */
const BINS = 16;

export interface Codes {
  readonly values: Int32Array;
  readonly count: number;
}

/** @throws EngineError `length_mismatch`, `nan`, `not_finite`, `negative_count` */
export const checkFeature = (feature: Feature, people: number): void => {
  checkLength(`feature ${feature.name}`, feature.values.length, people);
  if (feature.kind === 'number') checkAllFinite(`feature ${feature.name}`, feature.values);
  else if (feature.values.some((value) => value < 0))
    throw engineError('negative_count', `feature ${feature.name} has a category below 0`, {
      name: feature.name,
    });
};

/** A feature as categories: itself, or bins of equal counts (equal values stay together). O(n log n). */
export const codesOf = (feature: Feature): Codes => {
  if (feature.kind === 'category')
    return {
      values: feature.values,
      count: feature.values.reduce((most, value) => Math.max(most, value + 1), 0),
    };
  const sorted = feature.values.toSorted();
  const cuts: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / BINS)] as number;
    if (cut > (cuts.at(-1) ?? (sorted[0] as number))) cuts.push(cut);
  }
  const values = Int32Array.from(feature.values, (value) => {
    let bin = 0;
    while (bin < cuts.length && value >= (cuts[bin] as number)) bin++;
    return bin;
  });
  return { values, count: cuts.length + 1 };
};
