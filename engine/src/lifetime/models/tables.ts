import type { RowGroups } from '../orders/index.ts';

/** Distinct values, and where each row's value stands among them. */
export interface Distinct {
  readonly values: Float64Array;
  readonly indexOf: Uint32Array;
}

/** Logarithms and gamma functions are taken once per distinct count or time, not once per row. O(n log n), once a fit. */
export const distinct = (values: Float64Array): Distinct => {
  const sorted = Float64Array.from(new Set(values)).sort();
  const place = new Map(Array.from(sorted, (value, i) => [value, i]));
  return { values: sorted, indexOf: Uint32Array.from(values, (value: number) => place.get(value) as number) };
};

/** Counts of people per distinct value, summed in the groups' order. */
export const countsOf = ({ values, indexOf }: Distinct, count: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length);
  for (let g = 0; g < count.length; g++) {
    const at = indexOf[g] as number;
    sums[at] = (sums[at] as number) + (count[g] as number);
  }
  return sums;
};

/** -log-likelihood of the groups at the logarithms of the parameters; writes its gradient by the logarithms. */
export type Objective = (logs: Float64Array, gradient: Float64Array) => number;

export type ObjectiveOf = (groups: RowGroups) => Objective;
