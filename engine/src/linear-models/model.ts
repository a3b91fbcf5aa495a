/** What was learned; plain and serialisable. Prediction: link⁻¹(intercept + Σ coefficient × (x - centre)). */
export interface LinearModel {
  readonly kind: 'linear';
  /** `identity`: ridge regression; `logistic`: the prediction is a probability. */
  readonly link: 'identity' | 'logistic';
  /** Features expected, in order. */
  readonly columns: number;
  /** Score of a person who has the mean of every feature. */
  readonly intercept: number;
  /** Length columns: change of the score per unit of the feature; 0 where the column was constant. */
  readonly coefficients: Float64Array;
  /**
   * Length columns: sandwich errors (Huber–White) of the coefficients, around their penalised targets; 0 where constant.
   */
  readonly standardErrors: Float64Array;
  /** Length columns: means of the values that were present; a missing value counts as its mean. */
  readonly centre: Float64Array;
  /** Features that were sometimes missing: what being missing adds, and how often it was. */
  readonly missing: readonly {
    readonly column: number;
    readonly share: number;
    readonly coefficient: number;
  }[];
  readonly diagnostics: {
    readonly rows: number;
    readonly iterations: number;
    /** Tr H⁻¹ (H - penalty), the intercept counted: how many free coefficients the penalty left. */
    readonly effectiveDegrees: number;
  };
}

/**
 * `one_outcome`: a logistic fit needs both outcomes · `collinear`: without a penalty some column follows from others ·
 * `separated`: without a penalty the coefficients run to infinity
 */
export interface NoLinearAnswer {
  readonly kind: 'no_answer';
  readonly reason: 'one_outcome' | 'collinear' | 'separated';
}
