import { checkFinite, engineError } from '../errors/index.ts';
import { type Arm, armAt, checkArms, hashPoint } from './assign.ts';

/** Weights from a moment on, until the next epoch. */
export interface AllocationEpoch {
  /** Unique; kept with every assignment, and what `sampleRatioByEpoch` stratifies by. */
  readonly key: string;
  /** First instant at which it holds; any unit, rising from epoch to epoch. */
  readonly from: number;
  readonly arms: readonly Arm[];
}

/** What is written down at first eligibility, and never changed. */
export interface AssignmentRecord {
  readonly version: 1;
  readonly experiment: string;
  readonly unit: string;
  readonly arm: string;
  /** The chance that this person had of this arm then: the arm's share in the epoch. In (0, 1]. */
  readonly probability: number;
  readonly epoch: string;
  readonly at: number;
}

/**
 * @throws EngineError `empty_input`, `out_of_range` (epochs that do not rise, equal keys), and those of `checkArms`
 *
 * @example checkEpochs([]) // throws empty_input
 */
export const checkEpochs = (epochs: readonly AllocationEpoch[]): void => {
  if (epochs.length === 0) throw engineError('empty_input', 'epochs: the list is empty');
  epochs.forEach((epoch, i) => {
    checkArms(epoch.arms);
    const before = epochs[i - 1];
    if (before && !(epoch.from > before.from))
      throw engineError('out_of_range', `epoch ${epoch.key} must begin after ${before.key}`, {
        epoch: epoch.key,
      });
  });
  if (new Set(epochs.map(({ key }) => key)).size !== epochs.length)
    throw engineError('out_of_range', 'epochs: two have the same key');
};

/**
 * The epoch in force; undefined before the first one begins. O(epochs).
 *
 * @example epochAt([{ key: 'e1', from: 0, arms }, { key: 'e2', from: 10, arms }], 12)?.key // 'e2'
 */
export const epochAt = (epochs: readonly AllocationEpoch[], at: number): AllocationEpoch | undefined =>
  epochs.findLast(({ from }) => from <= checkFinite('at', at));

/**
 * The person's assignment: the one on record if there is one, whatever the weights are now; else a draw with the weights in force,
 * to be recorded. Later weights are for newcomers only. The salt is the experiment with its epoch's key, so that a new epoch draws
 * afresh; not eligible before the first epoch.
 *
 * @throws EngineError those of `checkEpochs`; `unknown_key` for a record of another experiment or person
 * @example
 * const epochs = [{ key: 'e1', from: 0, arms: [{ key: 'a', share: 0.5 }, { key: 'b', share: 0.5 }] }];
 * keepOrAssign({ experiment: 'spring', unit: 'p1', at: 3, epochs }) // { kind: 'new', record: { arm: …, probability: 0.5, … } }
 */
export const keepOrAssign = (input: {
  readonly experiment: string;
  readonly unit: string;
  readonly at: number;
  readonly epochs: readonly AllocationEpoch[];
  readonly record?: AssignmentRecord | undefined;
}):
  | { readonly kind: 'kept' | 'new'; readonly record: AssignmentRecord }
  | { readonly kind: 'no_answer'; readonly reason: 'not_started' } => {
  const { experiment, unit, at, epochs, record } = input;
  if (record) {
    if (record.experiment !== experiment || record.unit !== unit)
      throw engineError('unknown_key', `the record is of ${record.unit} in ${record.experiment}`, {
        unit,
        experiment,
      });
    return { kind: 'kept', record };
  }
  checkEpochs(epochs);
  const epoch = epochAt(epochs, at);
  if (!epoch) return { kind: 'no_answer', reason: 'not_started' };
  const { arm, probability } = armAt(hashPoint(`${experiment}/${epoch.key}`, unit), epoch.arms);
  return { kind: 'new', record: { version: 1, experiment, unit, arm, probability, epoch: epoch.key, at } };
};
