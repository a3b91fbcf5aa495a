import type { Watch } from '../../fitting/index.ts';
import { type Matrix, matrix } from '../../linear/index.ts';
import { type Base, type BaseModel, fitBase, predictBase } from './base-model.ts';
import type { CheckedData } from './data.ts';

/** One model of the outcome that knows the treatment as a feature. */
export interface SModel {
  readonly learner: 's';
  readonly columns: number;
  readonly model: BaseModel;
  /** Linear: means around which the treatment × feature columns turn; empty for trees. */
  readonly centre: Float64Array;
}

/** [x, t] for trees, which find interactions; [x, t, t × (x - mean)] for a linear model, which cannot. */
const withTreatment = (features: Matrix, treated: (row: number) => number, centre: Float64Array): Matrix => {
  const { rows, columns, values } = features;
  const width = columns + 1 + centre.length;
  const out = matrix(rows, width);
  for (let i = 0; i < rows; i++) {
    const t = treated(i);
    out.values[i * width + columns] = t;
    for (let j = 0; j < columns; j++) {
      const x = values[i * columns + j] as number;
      out.values[i * width + j] = x;
      // A person in the control has no interaction, missing value or not.
      if (j < centre.length)
        out.values[i * width + columns + 1 + j] = t === 0 ? 0 : x - (centre[j] as number);
    }
  }
  return out;
};

const meansOf = ({ rows, columns, values }: Matrix): Float64Array =>
  Float64Array.from({ length: columns }, (_, j) => {
    let shift = Number.NaN;
    let sum = 0;
    let n = 0;
    for (let i = 0; i < rows; i++) {
      const x = values[i * columns + j] as number;
      if (Number.isNaN(x)) continue;
      if (n === 0) shift = x;
      sum += x - shift;
      n++;
    }
    return n === 0 ? 0 : shift + sum / n;
  });

/** The constraint of the treatment's own column is none. */
const widened = (base: Base): Base => {
  if (base.kind !== 'trees' || !base.settings?.monotone) return base;
  return {
    kind: 'trees',
    settings: { ...base.settings, monotone: [...Array.from(base.settings.monotone), 0] },
  };
};

export const fitS = (data: CheckedData, base: Base, watch?: Watch): SModel => {
  const { features, treated, outcomes, binary } = data;
  const centre = base.kind === 'linear' ? meansOf(features) : new Float64Array(0);
  const wide = withTreatment(features, (row) => treated[row] as number, centre);
  const model = fitBase({ features: wide, outcomes, binary }, widened(base), watch);
  return { learner: 's', columns: features.columns, model, centre };
};

export const predictS = ({ model, centre }: SModel, features: Matrix): Float64Array => {
  const control = predictBase(
    model,
    withTreatment(features, () => 0, centre),
  );
  return predictBase(
    model,
    withTreatment(features, () => 1, centre),
  ).map((p, i) => p - (control[i] as number));
};
