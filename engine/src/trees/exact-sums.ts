/**
 * Rounds to a common grid, a power of two so coarse that any sum of n such values is exact: sums, and differences of sums, then
 * do not depend on the order of the rows nor on how they were taken. Costs 2^-52 n of the largest value in precision.
 */
export const roundToGrid = (values: Float64Array): Float64Array => {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  if (largest === 0) return values;
  const grid = 2 ** (Math.ceil(Math.log2(largest) + Math.log2(values.length)) - 51);
  if (grid === 0 || grid === Infinity) return values;
  for (let i = 0; i < values.length; i++) values[i] = Math.round((values[i] as number) / grid) * grid;
  return values;
};

export const sumOf = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
};
