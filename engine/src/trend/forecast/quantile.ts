/** Quantile of sorted values by linear interpolation (Hyndman and Fan's type 7); 0 of none. */
export const quantileOf = (sorted: Float64Array, level: number): number => {
  if (sorted.length === 0) return 0;
  const at = level * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (at - below) * (high - low);
};
