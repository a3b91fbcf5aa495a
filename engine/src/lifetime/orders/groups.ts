import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { sortRows } from '../../sorting/index.ts';

/** What of a person the purchase models read; columns of one length, times in one unit. */
export interface PurchaseRows {
  readonly repeats: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
}

/** Distinct rows by repeats, age, recency: a fit costs by distinct rows, and does not depend on the order of people. */
export interface RowGroups extends PurchaseRows {
  /** People with such a row. */
  readonly count: Float64Array;
  /** The group of each row given. */
  readonly groupOf: Uint32Array;
}

/** @throws EngineError `length_mismatch`, `nan`, `not_finite`, `negative_count`, `out_of_range` unless 0 <= recency <= age */
export const checkRows = ({ repeats, recency, age }: PurchaseRows): void => {
  checkLength('recency', recency.length, repeats.length);
  checkLength('age', age.length, repeats.length);
  checkAllFinite('repeats', repeats);
  checkAllFinite('recency', recency);
  checkAllFinite('age', age);
  for (let i = 0; i < repeats.length; i++) {
    const x = repeats[i] as number;
    if (!(x >= 0 && Number.isInteger(x)))
      throw engineError('negative_count', `repeats[${i}] must be a whole number >= 0, got ${x}`, {
        index: i,
      });
    const t = recency[i] as number;
    if (!(t >= 0 && t <= (age[i] as number)))
      throw engineError('out_of_range', `recency[${i}] must be in [0, age], got ${t} of ${age[i]}`, {
        index: i,
      });
    if (x === 0 && t !== 0)
      throw engineError('out_of_range', `recency[${i}] must be 0 without a repeat, got ${t}`, { index: i });
  }
};

/**
 * O(n), about 0.5 µs a row, told to `watch` in short steps.
 *
 * @throws EngineError see `checkRows`; `cancelled`
 */
export const groupRows = (rows: PurchaseRows, watch?: Watch): RowGroups => {
  checkRows(rows);
  const pulse = (): void => tell(watch, 'group', 0);
  const { repeats, recency, age } = rows;
  const n = repeats.length;
  const order = sortRows([repeats, age, recency], pulse);
  const groupOf = new Uint32Array(n);
  const firsts = new Uint32Array(n);
  const count = new Float64Array(n);
  let groups = 0;
  for (let k = 0; k < n; k++) {
    if ((k & 0xffff) === 0) pulse();
    const row = order[k] as number;
    const first = firsts[groups - 1] as number;
    if (
      k === 0 ||
      repeats[row] !== repeats[first] ||
      age[row] !== age[first] ||
      recency[row] !== recency[first]
    )
      firsts[groups++] = row;
    count[groups - 1] = (count[groups - 1] as number) + 1;
    groupOf[row] = groups - 1;
  }
  pulse();
  const pick = (from: Float64Array): Float64Array => {
    const out = new Float64Array(groups);
    for (let g = 0; g < groups; g++) out[g] = (from[firsts[g] as number] as number) + 0;
    return out;
  };
  return {
    repeats: pick(repeats),
    recency: pick(recency),
    age: pick(age),
    count: count.slice(0, groups),
    groupOf,
  };
};
