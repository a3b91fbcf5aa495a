import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { areaUnderCurve, type Estimate } from '../../fairness/index.ts';
import { momentsOf, standardErrorOfMean } from '../../moments/index.ts';
import { normalUpperQuantile } from '../../special/index.ts';

const Z = normalUpperQuantile(0.025);

/** A mean with its normal 95 % interval; of one value nothing is known. */
export const meanWithin = (values: Float64Array): Estimate => {
  const moments = momentsOf(values);
  const half = values.length > 1 ? Z * standardErrorOfMean(moments) : Infinity;
  return { value: moments.mean, low: moments.mean - half, high: moments.mean + half };
};

export interface ForecastScore {
  readonly people: number;
  /** Sums over people. */
  readonly predicted: number;
  readonly actual: number;
  /** Mean absolute error, purchases per person. */
  readonly mae: Estimate;
  readonly rmse: number;
  /** Of expected purchases, for whether anybody buys at all; null when all or nobody do. */
  readonly auc: Estimate | null;
}

/**
 * How far expected purchases were from what came.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`
 * @example scoreForecast(Float64Array.of(0.5, 2), Float64Array.of(0, 3)).mae.value // 0.75
 */
export const scoreForecast = (expected: Float64Array, actual: Float64Array): ForecastScore => {
  if (expected.length === 0) throw engineError('empty_input', 'a forecast of nobody has no score');
  checkLength('actual', actual.length, expected.length);
  checkAllFinite('expected', expected);
  checkAllFinite('actual', actual);
  const errors = expected.map((each, i) => each - (actual[i] as number));
  return {
    people: expected.length,
    predicted: expected.reduce((a, b) => a + b, 0),
    actual: actual.reduce((a, b) => a + b, 0),
    mae: meanWithin(errors.map(Math.abs)),
    rmse: Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length),
    auc: areaUnderCurve(
      expected,
      actual.map((y) => (y > 0 ? 1 : 0)),
    ),
  };
};
