import type { Watch } from '../../fitting/index.ts';
import type { Matrix } from '../../linear/index.ts';
import { type Base, type BaseModel, fitBase, predictBase } from './base-model.ts';
import type { CheckedData } from './data.ts';

/** One model of a made-up outcome whose expectation is (a function of) the effect. */
export interface ClassTransformationModel {
  readonly learner: 'class_transformation';
  readonly columns: number;
  readonly model: BaseModel;
  /** `class`: the model gives P(z = 1), the effect is 2P - 1; `outcome`: the model gives the effect. */
  readonly transformed: 'class' | 'outcome';
}

/**
 * 0/1 outcomes: z = 1 for a treated person with the outcome and a control one without (Jaskowski and Jaroszewicz 2012), rows weighted by
 * 1/propensity of their own arm, so that any share treated is right and not only a half. Other outcomes: y (t - e)/(e (1 - e))
 * (Athey and Imbens 2015), around the mean of y, which changes nothing but the noise.
 */
export const fitClassTransformation = (
  data: CheckedData,
  base: Base,
  watch?: Watch,
): ClassTransformationModel => {
  const { features, treated, outcomes, propensities, binary } = data;
  const { columns } = features;
  const kind = { learner: 'class_transformation', columns } as const;
  if (binary) {
    const z = outcomes.map((y, i) => (y === treated[i] ? 1 : 0));
    const weights = propensities.map((e, i) => 0.5 / (treated[i] === 1 ? e : 1 - e));
    const model = fitBase({ features, outcomes: z, weights, binary: true }, base, watch);
    return { ...kind, model, transformed: 'class' };
  }
  const shift = outcomes[0] as number;
  const mean = shift + outcomes.reduce((sum, y) => sum + (y - shift), 0) / outcomes.length;
  const effects = outcomes.map((y, i) => {
    const e = propensities[i] as number;
    return ((y - mean) * ((treated[i] as number) - e)) / (e * (1 - e));
  });
  const model = fitBase({ features, outcomes: effects, binary: false }, base, watch);
  return { ...kind, model, transformed: 'outcome' };
};

export const predictClassTransformation = (
  { model, transformed }: ClassTransformationModel,
  features: Matrix,
): Float64Array => {
  const found = predictBase(model, features);
  return transformed === 'class' ? found.map((p) => 2 * p - 1) : found;
};
