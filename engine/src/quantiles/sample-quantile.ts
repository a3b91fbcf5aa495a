import { checkAllFinite, checkProbability, engineError } from '../errors/index.ts';

/**
 * The sample quantile by linear interpolation (Hyndman and Fan 1996, type 7, as numpy and R have it). O(n log n) unless
 * `sorted`; the array is not changed.
 *
 * @throws EngineError `empty_input`, `nan`, `not_finite`, `probability_out_of_range`
 * @example sampleQuantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5
 */
export const sampleQuantile = (
  values: Float64Array,
  share: number,
  { sorted = false }: { readonly sorted?: boolean } = {},
): number => {
  checkProbability('share', share);
  if (values.length === 0) throw engineError('empty_input', 'a quantile needs values');
  checkAllFinite('values', values);
  const ordered = sorted ? values : values.toSorted();
  const at = share * (ordered.length - 1);
  const below = Math.floor(at);
  const low = ordered[below] as number;
  const high = ordered[Math.min(below + 1, ordered.length - 1)] as number;
  return low + (at - below) * (high - low);
};
