import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { type Matrix, matrix } from '../../linear/index.ts';
import { armsFrom, isBinary } from '../ranking/ranked.ts';

/** A randomised test (or one whose propensities are known); one row a person. */
export interface UpliftData {
  /** n × columns, known before the treatment; NaN is a missing value. */
  readonly features: Matrix;
  /** Length n: 1 treated, 0 control. */
  readonly treated: ArrayLike<number>;
  /** Length n, finite; all 0 or 1 makes the models logistic. */
  readonly outcomes: ArrayLike<number>;
  /** Probability of being treated, in (0, 1): one for all, or length n. The share treated unless said. */
  readonly propensities?: number | ArrayLike<number>;
  /** Ids, each once. With them the folds follow the people, whatever the order of the rows. */
  readonly people?: ArrayLike<string | number>;
}

export interface CheckedData {
  readonly features: Matrix;
  readonly treated: Uint8Array;
  readonly outcomes: Float64Array;
  readonly propensities: Float64Array;
  readonly people: ArrayLike<string | number> | undefined;
  readonly binary: boolean;
}

const propensitiesFrom = (given: UpliftData['propensities'], treated: Uint8Array): Float64Array => {
  const n = treated.length;
  if (given === undefined) return new Float64Array(n).fill(treated.reduce((a, b) => a + b, 0) / n);
  const out = typeof given === 'number' ? new Float64Array(n).fill(given) : Float64Array.from(given);
  checkLength('propensities', out.length, n);
  for (const p of out) {
    if (Number.isNaN(p)) throw engineError('nan', 'a propensity is NaN');
    if (!(p > 0 && p < 1))
      throw engineError('propensity_out_of_range', `a probability of treatment must be in (0, 1), got ${p}`, {
        p,
      });
  }
  return out;
};

/**
 * @throws EngineError `empty_input`, `empty_arm`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `propensity_out_of_range`,
 * `repeated_unit`
 */
export const checkData = (data: UpliftData): CheckedData => {
  const { features, people } = data;
  const treated = armsFrom(data.treated);
  const n = treated.length;
  checkLength('rows of features', features.rows, n);
  checkLength('outcomes', data.outcomes.length, n);
  checkAllFinite('outcomes', data.outcomes);
  features.values.forEach((x, i) => {
    if (Math.abs(x) === Infinity) throw engineError('not_finite', `features[${i}] is ${x}`, { index: i });
  });
  if (people) {
    checkLength('people', people.length, n);
    if (new Set(Array.from(people)).size < n)
      throw engineError(
        'repeated_unit',
        'a person has several rows: one row each, with the outcome over one window',
      );
  }
  const outcomes = Float64Array.from(data.outcomes);
  return {
    features,
    treated,
    outcomes,
    propensities: propensitiesFrom(data.propensities, treated),
    people,
    binary: isBinary(outcomes),
  };
};

const takeRows = ({ columns, values }: Matrix, rows: Int32Array): Matrix => {
  const out = matrix(rows.length, columns);
  for (let i = 0, at = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * columns;
    for (let j = 0; j < columns; j++) out.values[at++] = values[start + j] as number;
  }
  return out;
};

/** The same people, fewer of them. */
export const takePeople = (data: CheckedData, rows: Int32Array): CheckedData => ({
  features: takeRows(data.features, rows),
  treated: Uint8Array.from(rows, (row) => data.treated[row] as number),
  outcomes: Float64Array.from(rows, (row) => data.outcomes[row] as number),
  propensities: Float64Array.from(rows, (row) => data.propensities[row] as number),
  people:
    data.people && Array.from(rows, (row) => (data.people as ArrayLike<string | number>)[row] as string),
  binary: data.binary,
});

export const rowsWhere = (n: number, keep: (row: number) => boolean): Int32Array => {
  const rows = new Int32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) if (keep(row)) rows[count++] = row;
  return rows.slice(0, count);
};
