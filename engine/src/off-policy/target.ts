import { checkLength, engineError } from '../errors/index.ts';
import type { DecisionLog, TargetPolicy } from './log.ts';

/**
 * The same probability for every action that was allowed. O(n K).
 *
 * @throws EngineError `length_mismatch`, `no_actions`
 * @example uniformTarget({ actionCount: 2, actions: [0], rewards: Float64Array.of(1), propensities: Float64Array.of(0.5) }) // [0.5, 0.5]
 */
export const uniformTarget = ({ rewards, actionCount, allowed }: DecisionLog): TargetPolicy =>
  constrainTarget(new Float64Array(rewards.length * actionCount).fill(1), { actionCount, allowed });

/**
 * A target under the same constraints as the log: what was not allowed then gets 0, the rest of the row is scaled to sum to 1; a row with
 * nothing left is uniform over what was allowed. Makes a copy. O(n K).
 *
 * @throws EngineError `length_mismatch`, `no_actions` for a row in which nothing was allowed
 * @example constrainTarget(Float64Array.of(0.5, 0.3, 0.2), { actionCount: 3, allowed: Uint8Array.of(1, 1, 0) }) // [0.625, 0.375, 0]
 */
export const constrainTarget = (
  target: TargetPolicy,
  { actionCount, allowed }: { readonly actionCount: number; readonly allowed?: Uint8Array | undefined },
): TargetPolicy => {
  if (allowed) checkLength('allowed', allowed.length, target.length);
  const out = target.slice();
  for (let start = 0; start < out.length; start += actionCount) {
    let sum = 0;
    let open = 0;
    for (let at = start; at < start + actionCount; at++) {
      if (allowed && !allowed[at]) out[at] = 0;
      else open++;
      sum += out[at] as number;
    }
    if (open === 0)
      throw engineError('no_actions', `row ${start / actionCount} allows nothing`, {
        row: start / actionCount,
      });
    for (let at = start; at < start + actionCount; at++) {
      if (sum > 0) out[at] = (out[at] as number) / sum;
      else out[at] = !allowed || allowed[at] ? 1 / open : 0;
    }
  }
  return out;
};
