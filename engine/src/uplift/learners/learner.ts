import { checkLength } from '../../errors/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import type { Matrix } from '../../linear/index.ts';
import { type Base, type BaseModel, fitBase, predictBase } from './base-model.ts';
import {
  type ClassTransformationModel,
  fitClassTransformation,
  predictClassTransformation,
} from './class-transformation.ts';
import { type CheckedData, checkData, type UpliftData } from './data.ts';
import { type ArmModels, armDifference, crossEffectScores, fitArms } from './effect-scores.ts';
import { fitS, predictS, type SModel } from './s-learner.ts';

export interface TModel extends ArmModels {
  readonly learner: 't';
  readonly columns: number;
}

export interface DrModel {
  readonly learner: 'dr';
  readonly columns: number;
  /** Of the effect itself: its coefficients or SHAP values explain the effect. */
  readonly model: BaseModel;
}

/** Plain and serialisable. */
export type UpliftModel = SModel | TModel | DrModel | ClassTransformationModel;

export interface LearnerSettings {
  /**
   * `s` one model with the treatment as a feature · `t` one model per arm · `dr` a model of cross-fitted doubly robust effects (Kennedy,
   * arXiv 2004.14497) · `class_transformation`. `class_transformation` unless said: on Hillstrom nothing ranked better.
   */
  readonly learner?: 's' | 't' | 'dr' | 'class_transformation';
  /** Ridge unless said. A monotone constraint of trees holds for outcomes (s, t) or for effects (dr, class_transformation). */
  readonly base?: Base;
  readonly seed?: number | string;
}

const DR_FOLDS = 3;

export const fitChecked = (data: CheckedData, settings: LearnerSettings, watch?: Watch): UpliftModel => {
  const { learner = 'class_transformation', base = { kind: 'linear' }, seed = 'uplift' } = settings;
  const { columns } = data.features;
  switch (learner) {
    case 's':
      return fitS(data, base, watch);
    case 't':
      return { learner, columns, ...fitArms(data, base, watch) };
    case 'dr': {
      // A constraint on effects says nothing about outcomes.
      const nuisance: Base =
        base.kind === 'trees' && base.settings
          ? { kind: 'trees', settings: { ...base.settings, monotone: new Int8Array(columns) } }
          : base;
      const effects = crossEffectScores(
        data,
        { base: nuisance, folds: DR_FOLDS, seed: `${seed}/dr` },
        watchPart(watch, 0, 0.7),
      );
      const model = fitBase(
        { features: data.features, outcomes: effects, binary: false },
        base,
        watchPart(watch, 0.7, 1),
      );
      return { learner, columns, model };
    }
    case 'class_transformation':
      return fitClassTransformation(data, base, watch);
  }
};

/**
 * A model of what the treatment changes for whom. Fit on everybody only to treat people to come; to judge, `crossFitUplift`.
 * O(n columns²) for ridge, O(trees × n columns depth) for trees, a few times over.
 *
 * @throws EngineError `empty_input`, `empty_arm`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `propensity_out_of_range`,
 * `repeated_unit`, `too_few` (dr), `cancelled`
 * @example
 * const model = fitUplift({ features, treated, outcomes }, { learner: 't', base: { kind: 'trees' } });
 * predictUplift(model, features); // expected change of each person's outcome
 */
export const fitUplift = (data: UpliftData, settings: LearnerSettings = {}, watch?: Watch): UpliftModel =>
  fitChecked(checkData(data), settings, watch);

/**
 * Expected change of the outcome if treated, per person, in the outcome's unit. O(rows × columns) or O(rows × trees × depth).
 *
 * @throws EngineError `length_mismatch`
 * @example predictUplift(model, features)
 */
export const predictUplift = (model: UpliftModel, features: Matrix): Float64Array => {
  checkLength('columns', features.columns, model.columns);
  switch (model.learner) {
    case 's':
      return predictS(model, features);
    case 't':
      return armDifference(model, features);
    case 'dr':
      return predictBase(model.model, features);
    case 'class_transformation':
      return predictClassTransformation(model, features);
  }
};
