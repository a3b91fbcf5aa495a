import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import { cholesky, type Matrix, matrix, solveCholesky } from '../../linear/index.ts';
import { collectJoint, type JointMoments } from '../../moments/index.ts';
import type { ArmStatistic } from './arm.ts';
import { reductionOf, squaredError } from './cuped.ts';

/** People of one arm. */
export interface ArmRows {
  /** Length n. */
  readonly outcomes: ArrayLike<number>;
  /** Columns of length n, the same in both arms, known before assignment; NaN where a person has none (a newcomer). */
  readonly covariates: readonly ArrayLike<number>[];
}

export interface RegressionInput {
  readonly control: ArmRows;
  readonly treatment: ArmRows;
  /**
   * `pooled`: one set of slopes (within arms), the default. `per_arm`: one set per arm, never worse in large samples when arms are
   * unequal or people react differently (Lin 2013).
   */
  readonly slopes?: 'pooled' | 'per_arm';
}

export interface RegressionAdjusted {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  /** Per column: covariates, then a flag for each that misses values. 0 where the column was dropped. Of the control if per arm. */
  readonly slopes: Float64Array;
  /** Columns that were constant or followed from others. */
  readonly dropped: readonly number[];
  /** Share of values missing, per covariate. */
  readonly missing: Float64Array;
  /** What was really obtained: 1 - squared standard error after/before. Below 0 the adjustment did harm. */
  readonly varianceReduction: number;
}

const isMissing = (value: number): boolean => Number.isNaN(value);

/** Means over who has the covariate, in both arms together, and the share of those who do not. */
const describe = (
  input: RegressionInput,
  column: number,
): { readonly mean: number; readonly missing: number } => {
  let sum = 0;
  let have = 0;
  let people = 0;
  for (const { covariates } of [input.control, input.treatment]) {
    const values = covariates[column] as ArrayLike<number>;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      people += 1;
      if (isMissing(value)) continue;
      have += 1;
      // A running mean: sums of 1e12 lose no digits.
      sum += (checkFinite(`covariates[${column}][${i}]`, value) - sum) / have;
    }
  }
  return { mean: sum, missing: 1 - have / people };
};

/** Joint moments of covariates, flags of missing ones, and last the outcome. */
const collect = (
  rows: ArmRows,
  filled: readonly { readonly mean: number; readonly missing: number }[],
): JointMoments => {
  const flags = filled.flatMap(({ missing }, column) => (missing > 0 && missing < 1 ? [column] : []));
  const width = filled.length + flags.length + 1;
  const joint = collectJoint(width);
  const row = new Float64Array(width);
  for (let i = 0; i < rows.outcomes.length; i++) {
    filled.forEach(({ mean }, column) => {
      const value = (rows.covariates[column] as ArrayLike<number>)[i] as number;
      row[column] = isMissing(value) ? mean : value;
    });
    flags.forEach((column, k) => {
      row[filled.length + k] = isMissing((rows.covariates[column] as ArrayLike<number>)[i] as number) ? 1 : 0;
    });
    row[width - 1] = rows.outcomes[i] as number;
    joint.add(row);
  }
  return joint.result();
};

/** Slopes of the last column on the others from co-moments, on the scale of correlations; dependent columns get 0. */
const solve = (comoments: Matrix, means: ArrayLike<number>, n: number) => {
  const width = comoments.columns;
  const at = (i: number, j: number): number => comoments.values[i * width + j] as number;
  const isConstant = (i: number): boolean => at(i, i) <= n * ((means[i] as number) * 1e-14) ** 2;
  const slopes = new Float64Array(width - 1);
  let kept = Array.from({ length: width - 1 }, (_, i) => i).filter((i) => !isConstant(i));
  while (kept.length > 0) {
    const k = kept.length;
    const scale = kept.map((i) => Math.sqrt(at(i, i)));
    const gram = matrix(k, k);
    const right = new Float64Array(k);
    kept.forEach((i, a) => {
      right[a] = at(i, width - 1) / (scale[a] as number);
      kept.forEach((j, b) => {
        gram.values[a * k + b] = at(i, j) / ((scale[a] as number) * (scale[b] as number));
      });
    });
    const factor = cholesky(gram, 1e-10);
    if (factor.kind === 'factor') {
      solveCholesky(factor, right).forEach((slope, a) => {
        slopes[kept[a] as number] = slope / (scale[a] as number);
      });
      break;
    }
    kept = kept.filter((_, a) => a !== factor.row);
  }
  return { slopes, kept };
};

const sumOf = (a: JointMoments, b: JointMoments): Matrix =>
  matrix(
    a.width,
    a.width,
    a.comoments.map((value, i) => value + (b.comoments[i] as number)),
  );

/** The arm with its outcome moved to what it would be at the covariates' mean over both arms. */
const moved = (
  arm: JointMoments,
  {
    slopes,
    centre,
    used,
  }: { readonly slopes: Float64Array; readonly centre: ArrayLike<number>; readonly used: number },
): ArmStatistic => {
  const width = arm.width;
  const last = width - 1;
  let mean = arm.means[last] as number;
  const outcomeSquares = arm.comoments[last * width + last] as number;
  let squares = outcomeSquares;
  let products = outcomeSquares;
  for (let i = 0; i < last; i++) {
    const slope = slopes[i] as number;
    mean -= slope * ((arm.means[i] as number) - (centre[i] as number));
    const product = slope * (arm.comoments[i * width + last] as number);
    squares -= 2 * product;
    products -= product;
    for (let j = 0; j < last; j++)
      squares += slope * (slopes[j] as number) * (arm.comoments[i * width + j] as number);
  }
  return {
    n: arm.n,
    mean,
    variance: Math.max(0, squares) / Math.max(1, arm.n - 1 - used),
    baseline: arm.means[last] as number,
    baselineVariance: outcomeSquares / Math.max(1, arm.n - 1),
    baselineCovariance: products / Math.max(1, arm.n - 1),
  };
};

/** (b_t - b_c)' S (b_t - b_c), S the covariance of the covariates: what differing slopes add to the variance (Lin 2013). */
const slopeDifference = (both: JointMoments, difference: Float64Array): number => {
  let sum = 0;
  difference.forEach((a, i) => {
    difference.forEach((b, j) => {
      sum += a * b * (both.comoments[i * both.width + j] as number);
    });
  });
  return sum / Math.max(1, both.n - 1);
};

/**
 * Regression adjustment by any number of covariates from before the experiment (CUPED's general form, ANCOVA). Missing values are
 * filled with the mean and flagged by a column of their own, so that people without a past stay in. O(n columns²).
 * Source: Lin 2013, "Agnostic notes on regression adjustments", arXiv 1208.2301; missing ones: Zhao and Ding 2022, arXiv 2108.00152.
 *
 * @throws EngineError `empty_arm`, `length_mismatch`, `not_finite`, `nan` (a missing outcome)
 * @example
 * adjustByRegression({
 *   control: { outcomes: [1, 2, 4], covariates: [[1, 2, 3]] },
 *   treatment: { outcomes: [2, 3, 4], covariates: [[1, 2, Number.NaN]] },
 * }).varianceReduction; // 0.92
 */
export const adjustByRegression = (input: RegressionInput): RegressionAdjusted => {
  const arms = [input.control, input.treatment];
  checkLength(
    'covariates of the treatment',
    input.treatment.covariates.length,
    input.control.covariates.length,
  );
  for (const { outcomes, covariates } of arms) {
    if (outcomes.length === 0) throw engineError('empty_arm', 'an arm with nobody cannot be adjusted');
    for (const column of covariates) checkLength('a covariate', column.length, outcomes.length);
  }
  const filled = input.control.covariates.map((_, column) => describe(input, column));
  const [control, treatment] = [collect(input.control, filled), collect(input.treatment, filled)];
  const joint = collectJoint(control.width);
  joint.merge(control);
  joint.merge(treatment);
  const both = joint.result();
  const none = new Float64Array(both.width - 1);
  const raw = { slopes: none, centre: both.means, used: 0 };
  const before = squaredError(moved(control, raw), moved(treatment, raw));
  const pooled = solve(sumOf(control, treatment), both.means, both.n);
  const dropped = Array.from(none.keys()).filter((column) => !pooled.kept.includes(column));
  const finish = (c: ArmStatistic, t: ArmStatistic, slopes: Float64Array): RegressionAdjusted => ({
    control: c,
    treatment: t,
    slopes,
    dropped,
    missing: Float64Array.from(filled, ({ missing }) => missing),
    varianceReduction: reductionOf(before, squaredError(c, t)),
  });
  if (input.slopes !== 'per_arm') {
    // The columns cost degrees of freedom once for both arms: by share.
    const share = (arm: JointMoments): number => (pooled.kept.length * arm.n) / both.n;
    return finish(
      moved(control, { slopes: pooled.slopes, centre: both.means, used: share(control) }),
      moved(treatment, { slopes: pooled.slopes, centre: both.means, used: share(treatment) }),
      pooled.slopes,
    );
  }
  const own = [control, treatment].map((arm) =>
    solve(matrix(arm.width, arm.width, arm.comoments.slice()), arm.means, arm.n),
  ) as [ReturnType<typeof solve>, ReturnType<typeof solve>];
  const extra = slopeDifference(
    both,
    own[1].slopes.map((slope, i) => slope - (own[0].slopes[i] as number)),
  );
  const [c, t] = [control, treatment].map((arm, a) => {
    const { slopes, kept } = own[a as 0 | 1];
    const made = moved(arm, { slopes, centre: both.means, used: kept.length });
    return { ...made, variance: made.variance + (extra * made.n) / (2 * both.n) };
  }) as [ArmStatistic, ArmStatistic];
  return finish(c, t, own[0].slopes);
};
