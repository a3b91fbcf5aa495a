import { engineError } from '../errors/index.ts';
import { cholesky, invertCholesky, matrix } from '../linear/index.ts';
import { formOf, type Support } from './support.ts';

/** N(mean, diag(1/precision)) before anything is seen. */
export interface GaussianPrior {
  /** Length d; zeros where not given. */
  readonly mean?: ArrayLike<number>;
  /** > 0: one for all features, or length d. */
  readonly precision: number | ArrayLike<number>;
}

/** Where the parts of the sums begin: [rounds, Σ scaled error², Σ reward, moment (d), lower triangle of the Gram matrix by rows]. */
export const MOMENT_AT = 3;
export const gaussianSumsLength = (features: number): number =>
  MOMENT_AT + features + (features * (features + 1)) / 2;

/** Place of the element (i, j) of a symmetric matrix in its lower triangle by rows. */
const placeOf = (i: number, j: number): number => (i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i);

/** Updates of an inverse between two factorisations, and between two looks at its drift. */
const FACTOR_EVERY = 1000;
const LOOK_EVERY = 50;
const DRIFT_ALLOWED = 1e-9;

/**
 * The weights of one action as N(m, Λ⁻¹), Λ = Λ₀ + Σ w x xᵀ, Λ m = Λ₀ m₀ + Σ c x (natural parameters: they add). Linear rewards are w = 1,
 * c = reward; logistic ones come from `logistic-step.ts`. The inverse is kept by Sherman and Morrison (1950), O(d²) a round, watched, and
 * made anew from the sums when it drifts. Memory 4 d² bytes for the inverse, 4 d² per set of sums.
 */
export interface GaussianArm {
  /** xᵀ m. O(non-zeros). */
  readonly meanAt: (x: Support) => number;
  /** xᵀ Λ⁻¹ x > 0. O(non-zeros²/2). */
  readonly formAt: (x: Support) => number;
  /** xᵀ Λ₀⁻¹ x, which xᵀ Λ⁻¹ x never exceeds. O(non-zeros). */
  readonly priorFormAt: (x: Support) => number;
  /**
   * Λ += w x xᵀ, Λ m += c x, where `plan` writes w and c into the step once it has xᵀ m and xᵀ Λ⁻¹ x of this x before. O(3 d²/2), no
   * allocation.
   */
  readonly absorb: (x: Support, plan: (step: GaussianStep) => void) => void;
  /** Recomputes everything from the sums: after a merge, a discount, a drift. O(d³). */
  readonly rebuild: () => void;
  readonly weights: Float64Array;
  readonly health: { factored: number; drifted: number; worstDrift: number };
}

export interface GaussianStep {
  weight: number;
  coefficient: number;
  mean: number;
  form: number;
}

const priorArrays = (features: number, prior: GaussianPrior) => {
  const precision = new Float64Array(features);
  const mean = new Float64Array(features);
  for (let i = 0; i < features; i++) {
    const at = typeof prior.precision === 'number' ? prior.precision : (prior.precision[i] as number);
    if (!(at > 0 && at < Infinity))
      throw engineError('out_of_range', `the prior precision must be > 0, got ${at}`, { index: i });
    const centre = prior.mean ? (prior.mean[i] as number) : 0;
    if (centre - centre !== 0)
      throw engineError('nan', `the prior mean must be finite, got ${centre}`, { index: i });
    precision[i] = at;
    mean[i] = centre;
  }
  return { precision, mean };
};

/**
 * `targets` are the arrays of sums that each round is added to; the first one is the total that the posterior is made from.
 *
 * @throws EngineError `out_of_range` (a precision not above 0), `nan`
 * @example
 * const sums = [new Float64Array(gaussianSumsLength(2))];
 * const arm = createGaussianArm(2, { prior: { precision: 1 }, targets: () => sums });
 * const x = fillSupport(createSupport(2), Float64Array.of(1, 1));
 * arm.absorb(x, (step) => Object.assign(step, { weight: 1, coefficient: 3 })); // ridge regression on y = 3
 * arm.meanAt(x); // 2
 */
export const createGaussianArm = (
  features: number,
  { prior, targets }: { readonly prior: GaussianPrior; readonly targets: () => readonly Float64Array[] },
): GaussianArm => {
  const d = features;
  const { precision, mean } = priorArrays(d, prior);
  const weights = mean.slice();
  // The lower triangle by rows: symmetric by construction.
  const v = new Float64Array((d * (d + 1)) / 2);
  for (let i = 0; i < d; i++) v[placeOf(i, i)] = 1 / (precision[i] as number);
  const scratch = new Float64Array(d);
  const spread = new Float64Array(d);
  const step: GaussianStep = { weight: 0, coefficient: 0, mean: 0, form: 0 };
  const health = { factored: 0, drifted: 0, worstDrift: 0 };
  let since = 0;
  let column = 0;
  const gramAt = MOMENT_AT + d;

  /** Element (i, j) of Λ. */
  const precisionAt = (total: Float64Array, i: number, j: number): number =>
    (total[gramAt + placeOf(i, j)] as number) + (i === j ? (precision[i] as number) : 0);

  const rebuild = (): void => {
    const total = targets()[0] as Float64Array;
    const all = matrix(d, d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) {
        all.values[i * d + j] = precisionAt(total, i, j);
        all.values[j * d + i] = all.values[i * d + j] as number;
      }
    }
    const made = cholesky(all);
    if (made.kind !== 'factor')
      throw engineError('not_positive_definite', 'the precision of an action has no factor', {
        row: made.row,
        pivot: made.pivot,
      });
    const inverse = invertCholesky(made).values;
    for (let i = 0, at = 0; i < d; i++)
      for (let j = 0; j <= i; j++, at++) v[at] = inverse[i * d + j] as number;
    for (let i = 0; i < d; i++)
      scratch[i] = (total[MOMENT_AT + i] as number) + (precision[i] as number) * (mean[i] as number);
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (inverse[i * d + j] as number) * (scratch[j] as number);
      weights[i] = sum;
    }
    since = 0;
    health.factored++;
  };

  /** max |Λ Λ⁻¹ - I| over one column, another each time. */
  const driftOfNextColumn = (): number => {
    const total = targets()[0] as Float64Array;
    column = (column + 1) % d;
    let worst = 0;
    for (let i = 0; i < d; i++) {
      let sum = i === column ? -1 : 0;
      for (let k = 0; k < d; k++) sum += precisionAt(total, i, k) * (v[placeOf(k, column)] as number);
      worst = Math.max(worst, Math.abs(sum));
    }
    return worst;
  };

  return {
    weights,
    health,
    rebuild,
    meanAt: ({ count, index, value }) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (weights[index[i] as number] as number) * (value[i] as number);
      return sum;
    },
    formAt: (x) => Math.max(0, formOf(v, x)),
    priorFormAt: ({ count, index, value }) => {
      let form = 0;
      for (let i = 0; i < count; i++)
        form += (value[i] as number) ** 2 / (precision[index[i] as number] as number);
      return form;
    },
    absorb: ({ count, index, value }, plan) => {
      // y = Λ⁻¹ x; each element of the triangle serves for both of its places.
      spread.fill(0);
      for (let i = 0; i < count; i++) spread[index[i] as number] = value[i] as number;
      scratch.fill(0);
      for (let i = 0, at = 0; i < d; i++, at++) {
        const x = spread[i] as number;
        let sum = 0;
        for (let j = 0; j < i; j++, at++) {
          const element = v[at] as number;
          sum += element * (spread[j] as number);
          scratch[j] = (scratch[j] as number) + element * x;
        }
        scratch[i] = sum + (v[at] as number) * x;
      }
      let before = 0;
      let form = 0;
      for (let i = 0; i < count; i++) {
        before += (weights[index[i] as number] as number) * (value[i] as number);
        form += (scratch[index[i] as number] as number) * (value[i] as number);
      }
      step.mean = before;
      step.form = Math.max(0, form);
      plan(step);
      const { weight, coefficient } = step;
      for (const sums of targets()) {
        for (let i = 0; i < count; i++) {
          const row = index[i] as number;
          const x = value[i] as number;
          sums[MOMENT_AT + row] = (sums[MOMENT_AT + row] as number) + coefficient * x;
          const start = gramAt + placeOf(row, 0);
          const scaled = weight * x;
          for (let j = 0; j <= i; j++) {
            const at = start + (index[j] as number);
            sums[at] = (sums[at] as number) + scaled * (value[j] as number);
          }
        }
      }
      const below = 1 + weight * step.form;
      const gain = (coefficient - weight * before) / below;
      const factor = weight / below;
      for (let i = 0, at = 0; i < d; i++) {
        const y = scratch[i] as number;
        weights[i] = (weights[i] as number) + gain * y;
        const scaled = factor * y;
        for (let j = 0; j <= i; j++, at++) v[at] = (v[at] as number) - scaled * (scratch[j] as number);
      }
      since++;
      if (since % LOOK_EVERY === 0) {
        const drift = driftOfNextColumn();
        health.worstDrift = Math.max(health.worstDrift, drift);
        if (!(drift <= DRIFT_ALLOWED)) health.drifted++;
        if (!(drift <= DRIFT_ALLOWED) || since >= FACTOR_EVERY) rebuild();
      }
    },
  };
};
