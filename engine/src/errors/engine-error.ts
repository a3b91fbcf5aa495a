/**
 * What can be wrong with an input, by name. A code is a promise: callers branch on it.
 *
 * - `nan` a value is NaN where a number is needed · `not_finite` ±Infinity (or NaN) where a finite number is needed
 * - `negative_count` a count below 0, or one that is not whole · `count_above_total` more successes than trials
 * - `empty_input` no values at all · `empty_arm` an arm with nobody · `one_arm` a comparison needs two arms or more
 * - `empty_group` a group of 0 people · `too_few` fewer values than the estimator needs
 * - `zero_variance` all values are the same · `zero_control_mean` a relative lift over 0 is undefined
 * - `weights_do_not_sum` shares do not sum to 1 · `negative_weight` a weight below 0 or a total of 0
 * - `probability_out_of_range` not in [0, 1] (or the open interval asked) · `propensity_out_of_range` not in (0, 1]
 * - `length_mismatch` arrays or shapes that do not fit · `out_of_range` a parameter outside its stated domain
 * - `repeated_unit` a person has several rows · `unknown_key` a name that was not declared · `no_actions` nothing allowed
 * - `version_mismatch` a stored state of another format · `not_mergeable` two states with different settings
 * - `not_positive_definite` a matrix that has no Cholesky factor · `singular` a matrix without an inverse
 * - `damaged` stored bytes that were cut or changed · `cancelled` a fit was stopped by its watch
 * - `no_convergence` an iteration did not settle, and no safe answer can be given · `out_of_memory` no room
 */
export type EngineErrorCode =
  | 'nan'
  | 'not_finite'
  | 'negative_count'
  | 'count_above_total'
  | 'empty_input'
  | 'empty_arm'
  | 'one_arm'
  | 'empty_group'
  | 'too_few'
  | 'zero_variance'
  | 'zero_control_mean'
  | 'weights_do_not_sum'
  | 'negative_weight'
  | 'probability_out_of_range'
  | 'propensity_out_of_range'
  | 'length_mismatch'
  | 'out_of_range'
  | 'repeated_unit'
  | 'unknown_key'
  | 'no_actions'
  | 'version_mismatch'
  | 'not_mergeable'
  | 'damaged'
  | 'cancelled'
  | 'not_positive_definite'
  | 'singular'
  | 'no_convergence'
  | 'out_of_memory';

/** Values that go with an error: the parameter's name, what was found, where. */
export type EngineErrorDetails = Readonly<Record<string, number | string | boolean>>;

/**
 * Wrong input: thrown, with a code. (An input that is right but cannot be answered is not an error: estimators return
 * a typed reason for it.) It is a RangeError, so that callers which do not know this package still catch its kind.
 */
export class EngineError extends RangeError {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly details: EngineErrorDetails;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * Makes the error; the caller throws it, so that the compiler sees the end of the path.
 *
 * @example
 * throw engineError('empty_arm', 'arm “b” has nobody', { arm: 'b' });
 */
export const engineError = (
  code: EngineErrorCode,
  message: string,
  details: EngineErrorDetails = {},
): EngineError => new EngineError(code, message, details);

/** @example isEngineError(error, 'empty_arm') // true only for that code */
export const isEngineError = (error: unknown, code?: EngineErrorCode): error is EngineError =>
  error instanceof EngineError && (code === undefined || error.code === code);
