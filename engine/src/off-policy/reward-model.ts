import { checkCount, checkLength, checkPositive, engineError } from '../errors/index.ts';
import {
  createGaussianArm,
  createSupport,
  fillSupport,
  type GaussianArm,
  gaussianSumsLength,
} from '../policy/index.ts';
import { createRandom } from '../random/index.ts';
import { type DecisionLog, numberPeople } from './log.ts';

export interface RewardModelSettings {
  /** Length of a context; with 0 only the action counts. */
  readonly features: number;
  /** n × features, by rows. */
  readonly contexts: Float64Array;
  /**
   * 'time': each row is predicted from the rows before it; the only one that keeps the log of a learning policy a martingale. 'people': folds
   * over people, predicted from the others; more data, for a fixed logging policy. 'time' unless said.
   */
  readonly fitting?: 'time' | 'people';
  /** 5 unless said. */
  readonly folds?: number;
  /** Ridge, in units of 1/noise variance. 1 unless said. */
  readonly precision?: number;
  readonly seed?: number | string;
}

/** One ridge regression for all actions, and one per action for what it leaves over: rare actions lean on the common one. */
const createModel = (
  actionCount: number,
  { features, precision }: { features: number; precision: number },
) => {
  const d = features + 1;
  const make = (): GaussianArm => {
    const sums = [new Float64Array(gaussianSumsLength(d))];
    return createGaussianArm(d, { prior: { precision }, targets: () => sums });
  };
  const common = make();
  const own: (GaussianArm | undefined)[] = Array.from({ length: actionCount }, () => undefined);
  const support = createSupport(d);
  const withOne = new Float64Array(d);
  const absorb = (arm: GaussianArm, reward: number): void =>
    arm.absorb(support, (step) => {
      step.weight = 1;
      step.coefficient = reward;
    });
  const see = (contexts: Float64Array, row: number): void => {
    withOne[features] = 1;
    for (let i = 0; i < features; i++) withOne[i] = contexts[row * features + i] as number;
    fillSupport(support, withOne);
  };
  return {
    see,
    /** Of the context seen last. */
    predictInto: (out: Float64Array, start: number): void => {
      const shared = common.meanAt(support);
      for (let k = 0; k < actionCount; k++) out[start + k] = shared + (own[k]?.meanAt(support) ?? 0);
    },
    learn: (action: number, reward: number): void => {
      const left = reward - common.meanAt(support);
      absorb(common, reward);
      own[action] ??= make();
      absorb(own[action], left);
    },
  };
};

const foldOfPeople = (people: number, folds: number, seed: number | string): Int32Array => {
  const order = createRandom(seed, 'folds').shuffle(Array.from({ length: people }, (_, i) => i));
  const fold = new Int32Array(people);
  order.forEach((person, place) => {
    fold[person] = place % folds;
  });
  return fold;
};

/**
 * Rewards that a model expects for every action in every row, each row predicted without itself: n × K, by rows (forced rows too, though nothing
 * is learned from them with other weight). Any model that does not look at the row (nor, for 'time', ahead) may be used instead. O(n (K d + d²)),
 * times the folds for 'people'.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range`
 * @example evaluatePolicy({ log, target, predictions: crossFitRewards(log, { features: 3, contexts }) })
 */
export const crossFitRewards = (log: DecisionLog, settings: RewardModelSettings): Float64Array => {
  const { features, contexts, fitting = 'time', folds = 5, precision = 1, seed = 'cross-fit' } = settings;
  const n = log.rewards.length;
  checkCount('features', features);
  checkLength('contexts', contexts.length, n * features);
  checkPositive('precision', precision);
  const out = new Float64Array(n * log.actionCount);
  if (fitting === 'time') {
    const model = createModel(log.actionCount, { features, precision });
    for (let row = 0; row < n; row++) {
      model.see(contexts, row);
      model.predictInto(out, row * log.actionCount);
      model.learn(log.actions[row] as number, log.rewards[row] as number);
    }
    return out;
  }
  if (!(Number.isInteger(folds) && folds >= 2))
    throw engineError('out_of_range', `folds must be a whole number >= 2, got ${folds}`);
  const { person, people } = numberPeople(
    log.people,
    Int32Array.from({ length: n }, (_, row) => row),
  );
  const fold = foldOfPeople(people, folds, seed);
  for (let f = 0; f < folds; f++) {
    const model = createModel(log.actionCount, { features, precision });
    for (let row = 0; row < n; row++) {
      if (fold[person[row] as number] === f) continue;
      model.see(contexts, row);
      model.learn(log.actions[row] as number, log.rewards[row] as number);
    }
    for (let row = 0; row < n; row++) {
      if (fold[person[row] as number] !== f) continue;
      model.see(contexts, row);
      model.predictInto(out, row * log.actionCount);
    }
  }
  return out;
};
