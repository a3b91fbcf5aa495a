import { checkLength, engineError } from '../errors/index.ts';

/**
 * Replay for a target that always takes one action: the mean reward of the rows in which the log took it (Li, Chu, Langford, Wang 2011).
 * Unbiased only for logs drawn uniformly over the same actions. null when no row matches. O(n).
 *
 * @throws EngineError `length_mismatch`, `empty_input`
 * @example replayValue({ actions: [0, 1], wanted: [0, 0], rewards: Float64Array.of(1, 0) }) // { value: 1, matched: 1 }
 */
export const replayValue = ({
  actions,
  wanted,
  rewards,
}: {
  readonly actions: ArrayLike<number>;
  readonly wanted: ArrayLike<number>;
  readonly rewards: Float64Array;
}): { readonly value: number | null; readonly matched: number } => {
  if (rewards.length === 0) throw engineError('empty_input', 'there are no rows');
  checkLength('actions', actions.length, rewards.length);
  checkLength('wanted', wanted.length, rewards.length);
  let sum = 0;
  let matched = 0;
  for (let i = 0; i < rewards.length; i++) {
    if (actions[i] !== wanted[i]) continue;
    sum += rewards[i] as number;
    matched++;
  }
  return { value: matched === 0 ? null : sum / matched, matched };
};
