import { checkAllFinite, checkCount, checkLength, checkPropensity, engineError } from '../errors/index.ts';

/** What was decided and what came of it, a row a decision, in the order of time. n rows, K actions. */
export interface DecisionLog {
  readonly actionCount: number;
  /** Length n: the action taken, 0 … K - 1. */
  readonly actions: ArrayLike<number>;
  /** Length n, any unit. */
  readonly rewards: Float64Array;
  /** Length n, in (0, 1]: the probability with which the action was drawn, as it was logged then. */
  readonly propensities: Float64Array;
  /** Length n: who it was for; each row somebody else unless said. */
  readonly people?: ArrayLike<number | string>;
  /** n × K, by rows: 1 where the action was allowed then; all unless said. */
  readonly allowed?: Uint8Array;
  /** Length n: 1 where there was no choice (one action allowed, a human's order). Left out; one allowed action is found by itself. */
  readonly forced?: Uint8Array;
  /** n × K, by rows: all of the logging policy's probabilities, where they were kept. Only used to see what it could never do. */
  readonly logging?: Float64Array;
}

/** A policy to evaluate: its probabilities in each row, n × K by rows; each row sums to 1 (within 1e-6), 0 where not allowed. */
export type TargetPolicy = Float64Array;

/** Rows that are evaluated: those with a choice. */
export interface UsedRows {
  /** Indices into the log. */
  readonly rows: Int32Array;
  readonly forced: number;
  /** Cluster of each used row, 0 … clusters - 1. */
  readonly person: Int32Array;
  readonly people: number;
}

const choicesIn = ({ allowed, actionCount }: DecisionLog, row: number): number => {
  if (!allowed) return actionCount;
  let count = 0;
  for (let k = 0; k < actionCount; k++) count += allowed[row * actionCount + k] ? 1 : 0;
  return count;
};

/**
 * Checks shapes and ranges of a log. O(n K).
 *
 * @example checkLog({ actionCount: 2, actions: [0, 2], rewards, propensities }) // throws `unknown_key`
 * @throws EngineError `length_mismatch`, `empty_input`, `nan`, `not_finite`, `propensity_out_of_range`, `unknown_key` (an action that is not
 * 0 … K - 1, or was not allowed in its row)
 */
export const checkLog = (log: DecisionLog): void => {
  const { actionCount, actions, rewards, propensities } = log;
  const n = rewards.length;
  if (n === 0) throw engineError('empty_input', 'the log has no rows');
  checkCount('actionCount', actionCount);
  checkLength('actions', actions.length, n);
  checkLength('propensities', propensities.length, n);
  if (log.people) checkLength('people', log.people.length, n);
  if (log.forced) checkLength('forced', log.forced.length, n);
  if (log.allowed) checkLength('allowed', log.allowed.length, n * actionCount);
  if (log.logging) checkLength('logging', log.logging.length, n * actionCount);
  checkAllFinite('rewards', rewards);
  for (let row = 0; row < n; row++) {
    const action = actions[row] as number;
    if (!Number.isInteger(action) || action < 0 || action >= actionCount)
      throw engineError('unknown_key', `row ${row} has action ${action} of ${actionCount}`, { row, action });
    if (log.allowed && !log.allowed[row * actionCount + action])
      throw engineError('unknown_key', `row ${row} took action ${action}, which was not allowed`, {
        row,
        action,
      });
    const p = propensities[row] as number;
    if (!(p > 0 && p <= 1)) checkPropensity(`propensities[${row}]`, p);
  }
};

/**
 * Checks a target against its log. O(n K).
 *
 * @throws EngineError `length_mismatch`, `negative_weight`, `weights_do_not_sum`, `nan`, `not_finite`
 * @example checkTarget(log, uniformTarget(log))
 */
export const checkTarget = ({ rewards, actionCount }: DecisionLog, target: TargetPolicy): void => {
  checkLength('target', target.length, rewards.length * actionCount);
  checkAllFinite('target', target);
  for (let row = 0; row < rewards.length; row++) {
    let sum = 0;
    for (let k = 0; k < actionCount; k++) {
      const p = target[row * actionCount + k] as number;
      if (p < 0) throw engineError('negative_weight', `target row ${row} has ${p}`, { row });
      sum += p;
    }
    if (Math.abs(sum - 1) > 1e-6)
      throw engineError('weights_do_not_sum', `target row ${row} sums to ${sum}`, { row, sum });
  }
};

/** Numbers people 0, 1, 2 … in the order in which they first come; without names each row is somebody. O(rows). */
export const numberPeople = (
  people: DecisionLog['people'],
  rows: ArrayLike<number>,
): Pick<UsedRows, 'person' | 'people'> => {
  const person = new Int32Array(rows.length);
  const known = new Map<number | string, number>();
  for (let i = 0; i < rows.length; i++) {
    const who = people ? (people[rows[i] as number] as number | string) : i;
    const index = known.get(who) ?? known.size;
    known.set(who, index);
    person[i] = index;
  }
  return { person, people: known.size };
};

/**
 * The rows in which there was a choice, and whose they are. O(n K).
 *
 * @example usedRows({ actionCount: 2, actions: [0, 1], rewards, propensities, forced: Uint8Array.of(1, 0) }).rows // [1]
 */
export const usedRows = (log: DecisionLog): UsedRows => {
  const kept: number[] = [];
  for (let row = 0; row < log.rewards.length; row++)
    if (!log.forced?.[row] && choicesIn(log, row) !== 1) kept.push(row);
  const rows = Int32Array.from(kept);
  return { rows, forced: log.rewards.length - rows.length, ...numberPeople(log.people, rows) };
};
