/** f(x): what is minimised. May return NaN or Infinity where it has no value: such points are avoided. */
export type Objective = (x: Float64Array) => number;

/** Writes the gradient at x into `out`. */
export type Gradient = (x: Float64Array, out: Float64Array) => void;

export interface Minimum {
  readonly kind: 'minimum';
  readonly x: Float64Array;
  readonly value: number;
  /** Largest |∂f/∂x_i| · max(1, |x_i|) / max(1, |f|) at x. */
  readonly gradientSize: number;
  readonly iterations: number;
  readonly evaluations: number;
}

/** Why there is no minimum to report; `x` is the best point seen, not an answer. */
export interface NoMinimum {
  readonly kind: 'no_minimum';
  readonly reason:
    | 'start_not_finite'
    | 'too_many_iterations'
    /** f keeps falling while x runs away: no minimum inside. */
    | 'unbounded'
    /** No step lowers f although the gradient is not small: f is rough, or the gradient is wrong. */
    | 'no_descent';
  readonly x: Float64Array;
  readonly value: number;
  readonly gradientSize: number;
  readonly iterations: number;
  readonly evaluations: number;
}
