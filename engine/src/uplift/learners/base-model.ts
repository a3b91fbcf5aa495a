import { engineError } from '../../errors/index.ts';
import type { Watch } from '../../fitting/index.ts';
import type { Matrix } from '../../linear/index.ts';
import { fitLinearModel, type LinearModel, predictLinear } from '../../linear-models/index.ts';
import {
  type BoostedSettings,
  type BoostedTrees,
  fitBoostedTrees,
  predictBoosted,
} from '../../trees/index.ts';

/** What the learners are built on. Ridge with penalty 1 unless said. */
export type Base =
  | { readonly kind: 'linear'; readonly penalty?: number }
  | { readonly kind: 'trees'; readonly settings?: BoostedSettings };

export interface ConstantModel {
  readonly kind: 'constant';
  readonly value: number;
}

export type BaseModel = LinearModel | BoostedTrees | ConstantModel;

interface BaseInput {
  readonly features: Matrix;
  readonly outcomes: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
  /** 0/1 outcomes: logistic. */
  readonly binary: boolean;
}

/** One model of expected outcomes; a constant where all outcomes are the same. */
export const fitBase = (input: BaseInput, base: Base, watch?: Watch): BaseModel => {
  const { binary, ...rest } = input;
  if (base.kind === 'linear' && !((base.penalty ?? 1) > 0))
    throw engineError('out_of_range', `an uplift model's penalty must be > 0, got ${base.penalty}`);
  const made =
    base.kind === 'linear'
      ? fitLinearModel({ ...rest, link: binary ? 'logistic' : 'identity', penalty: base.penalty ?? 1 }, watch)
      : fitBoostedTrees(
          { ...rest, loss: binary ? 'logistic' : 'squared', settings: base.settings ?? {} },
          watch,
        );
  if (made.kind !== 'no_answer') return made;
  if (made.reason === 'one_outcome') return { kind: 'constant', value: input.outcomes[0] as number };
  throw engineError('singular', `the penalty is too small for these features (${made.reason})`);
};

export const predictBase = (model: BaseModel, features: Matrix): Float64Array => {
  switch (model.kind) {
    case 'constant':
      return new Float64Array(features.rows).fill(model.value);
    case 'linear':
      return predictLinear(model, features);
    case 'trees':
      return predictBoosted(model, features);
  }
};
