import { sortRows } from '../../sorting/index.ts';
import type { RowGroups } from '../orders/index.ts';
import type { Pulse } from '../orders/pulse.ts';

/** Distinct values, and where each row's value stands among them. */
export interface Distinct {
  readonly values: Float64Array;
  readonly indexOf: Uint32Array;
}

/** Logarithms and gamma functions are taken once per distinct count or time, not once per row. O(n), once a fit. */
export const distinct = (values: Float64Array, pulse?: Pulse): Distinct => {
  const order = sortRows([values], pulse);
  const kept = new Float64Array(values.length);
  const indexOf = new Uint32Array(values.length);
  let found = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    const value = values[i] as number;
    if (k === 0 || value !== kept[found - 1]) kept[found++] = value;
    indexOf[i] = found - 1;
  }
  return { values: kept.slice(0, found), indexOf };
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

/** `pulse` is called some milliseconds of work apart, in making it and in every evaluation. */
export type ObjectiveOf = (groups: RowGroups, pulse?: Pulse) => Objective;
