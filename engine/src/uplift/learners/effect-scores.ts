import { type Watch, watchPart } from '../../fitting/index.ts';
import type { Matrix } from '../../linear/index.ts';
import { type Base, type BaseModel, fitBase, predictBase } from './base-model.ts';
import { type CheckedData, rowsWhere, takePeople } from './data.ts';
import { foldsOf } from './folds.ts';

export interface ArmModels {
  readonly treated: BaseModel;
  readonly control: BaseModel;
}

const fitArm = (
  data: CheckedData,
  arm: number,
  { base, watch }: { readonly base: Base; readonly watch: Watch | undefined },
): BaseModel => {
  const own = takePeople(
    data,
    rowsWhere(data.treated.length, (row) => data.treated[row] === arm),
  );
  return fitBase({ features: own.features, outcomes: own.outcomes, binary: data.binary }, base, watch);
};

/** One model of the outcome per arm. */
export const fitArms = (data: CheckedData, base: Base, watch?: Watch): ArmModels => ({
  treated: fitArm(data, 1, { base, watch: watchPart(watch, 0, 0.5) }),
  control: fitArm(data, 0, { base, watch: watchPart(watch, 0.5, 1) }),
});

export const armDifference = (models: ArmModels, features: Matrix): Float64Array => {
  const control = predictBase(models.control, features);
  return predictBase(models.treated, features).map((p, i) => p - (control[i] as number));
};

/**
 * Doubly robust effect of each person, from models that did not see them: m₁ - m₀ + (t - e)/(e(1 - e)) (y - m_t) (Robins, Rotnitzky and Zhao
 * 1994). Its mean over any group chosen without looking at these outcomes is unbiased for the group's mean effect, however bad the
 * models are, when the propensities e are right.
 */
export const effectScores = (
  models: ArmModels,
  { features, treated, outcomes, propensities }: CheckedData,
) => {
  const [m1, m0] = [predictBase(models.treated, features), predictBase(models.control, features)];
  return outcomes.map((y, i) => {
    const t = treated[i] as number;
    const e = propensities[i] as number;
    const [a, b] = [m1[i] as number, m0[i] as number];
    return a - b + ((t - e) / (e * (1 - e))) * (y - (t === 1 ? a : b));
  });
};

/** Of everybody, each from the other folds. */
export const crossEffectScores = (
  data: CheckedData,
  { base, folds, seed }: { readonly base: Base; readonly folds: number; readonly seed: number | string },
  watch?: Watch,
): Float64Array => {
  const n = data.treated.length;
  const fold = foldsOf(data, { folds, seed });
  const out = new Float64Array(n);
  for (let f = 0; f < folds; f++) {
    const inside = rowsWhere(n, (row) => fold[row] === f);
    const models = fitArms(
      takePeople(
        data,
        rowsWhere(n, (row) => fold[row] !== f),
      ),
      base,
      watchPart(watch, f / folds, (f + 1) / folds),
    );
    effectScores(models, takePeople(data, inside)).forEach((score, i) => {
      out[inside[i] as number] = score;
    });
  }
  return out;
};
