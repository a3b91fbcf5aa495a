import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';

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
 * O(n log n).
 *
 * @throws EngineError see `checkRows`
 */
export const groupRows = (rows: PurchaseRows): RowGroups => {
  checkRows(rows);
  const { repeats, recency, age } = rows;
  const n = repeats.length;
  const by = (i: number, j: number): number =>
    (repeats[i] as number) - (repeats[j] as number) ||
    (age[i] as number) - (age[j] as number) ||
    (recency[i] as number) - (recency[j] as number);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(by);
  const groupOf = new Uint32Array(n);
  const firsts: number[] = [];
  const count: number[] = [];
  for (let k = 0; k < n; k++) {
    const row = order[k] as number;
    if (k === 0 || by(order[k - 1] as number, row) !== 0) {
      firsts.push(row);
      count.push(0);
    }
    const group = firsts.length - 1;
    count[group] = (count[group] as number) + 1;
    groupOf[row] = group;
  }
  const pick = (from: Float64Array): Float64Array => Float64Array.from(firsts, (i) => from[i] as number);
  return {
    repeats: pick(repeats),
    recency: pick(recency),
    age: pick(age),
    count: Float64Array.from(count),
    groupOf,
  };
};
