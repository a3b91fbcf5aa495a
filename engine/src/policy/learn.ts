import { engineError } from '../errors/index.ts';
import { checkReward, countRound } from './arm.ts';
import { armOf, type PolicyCore } from './core.ts';
import type { GaussianStep } from './gaussian-arm.ts';
import { logisticStep } from './logistic-step.ts';
import { createSupport, fillSupport } from './support.ts';

/** A decision whose reward is known. */
export interface Round {
  readonly action: string;
  readonly context?: Float64Array;
  readonly reward: number;
}

/**
 * Makes the function that learns from one round. Rounds may come late and in any order; the action may have been retired, or chosen by
 * somebody else. O(d²) (O(1) for shares of success), no allocation.
 */
export const createLearn = (core: PolicyCore): ((round: Round) => void) => {
  const { model } = core.settings;
  const support = createSupport(model.kind === 'beta' ? 0 : model.features);
  let known = 0;
  let scaledError = 0;
  const plan = (step: GaussianStep): void => {
    if (model.kind === 'logistic') {
      logisticStep(step, known);
      return;
    }
    scaledError = (known - step.mean) ** 2 / (1 + step.form);
    step.weight = 1;
    step.coefficient = known;
  };
  return ({ action, context, reward }) => {
    const arm = armOf(core, action);
    known = checkReward(model, reward);
    scaledError = 0;
    if (arm.gaussian && model.kind !== 'beta') {
      if (!context)
        throw engineError('length_mismatch', `this policy needs a context of ${model.features} features`);
      arm.gaussian.absorb(fillSupport(support, context), plan);
    }
    countRound(arm, reward, scaledError);
    core.revision++;
  };
};
