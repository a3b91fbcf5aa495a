import type { DecisionLog, TargetPolicy, UsedRows } from './log.ts';

/** How far a log can speak about another policy. */
export interface OverlapDiagnostics {
  /** Rows with a choice; those without are left out. */
  readonly rows: number;
  readonly forced: number;
  readonly people: number;
  readonly meanReward: number;
  /** Of the weights target/logged propensity: should be 1 on average. */
  readonly meanWeight: number;
  readonly standardErrorMeanWeight: number;
  readonly maxWeight: number;
  /** (Σ w)²/Σ w² over rows (Kish), and the same over the people's sums of weights. */
  readonly ess: number;
  readonly essPeople: number;
  /** Share of all weight in the heaviest row. */
  readonly largestShare: number;
  readonly zeroWeightRows: number;
  /** Mean probability that the target gives to what was not allowed in the row. */
  readonly outsideConstraints: number;
  /** Mean probability that the target gives to actions which the log could not show: never logged, or of logging probability 0. */
  readonly missingSupport: number;
}

/**
 * target/propensity of the logged action per used row. O(n).
 *
 * @example weightsOf(log, uniformTarget(log), usedRows(log)) // 1 everywhere for a log of uniform choices
 */
export const weightsOf = (log: DecisionLog, target: TargetPolicy, { rows }: UsedRows): Float64Array =>
  Float64Array.from(
    rows,
    (row) =>
      (target[row * log.actionCount + (log.actions[row] as number)] as number) /
      (log.propensities[row] as number),
  );

/** Mean over used rows of the target's probability where `blocked` holds. */
const massWhere = (
  {
    log,
    target,
    used,
  }: { readonly log: DecisionLog; readonly target: TargetPolicy; readonly used: UsedRows },
  blocked: (at: number, action: number) => boolean,
): number => {
  const { actionCount } = log;
  let mass = 0;
  for (const row of used.rows) {
    for (let k = 0; k < actionCount; k++) {
      const at = row * actionCount + k;
      if (blocked(at, k)) mass += target[at] as number;
    }
  }
  return used.rows.length === 0 ? 0 : mass / used.rows.length;
};

/** Clustered standard error of a mean over rows; centred sums per person. */
export const clusteredError = (
  values: Float64Array,
  { person, people }: UsedRows,
  centre: number,
): number => {
  const sums = new Float64Array(people);
  for (let i = 0; i < values.length; i++) {
    const who = person[i] as number;
    sums[who] = (sums[who] as number) + (values[i] as number) - centre;
  }
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  return people < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(squares * (people / (people - 1))) / values.length;
};

/**
 * How far a log can speak about a target. Effective sample size: Kish 1965. O(n K).
 *
 * @example overlapOf({ log, target, used }, weightsOf(log, target, used)).ess // 655.7 of 10,000 rows
 */
export const overlapOf = (
  input: { readonly log: DecisionLog; readonly target: TargetPolicy; readonly used: UsedRows },
  weights: Float64Array,
): OverlapDiagnostics => {
  const { log, used } = input;
  const n = weights.length;
  let sum = 0;
  let squares = 0;
  let max = 0;
  let zeros = 0;
  let reward = 0;
  const perPerson = new Float64Array(used.people);
  for (let i = 0; i < n; i++) {
    const w = weights[i] as number;
    sum += w;
    squares += w * w;
    max = Math.max(max, w);
    if (w === 0) zeros++;
    reward += log.rewards[used.rows[i] as number] as number;
    const who = used.person[i] as number;
    perPerson[who] = (perPerson[who] as number) + w;
  }
  let squaresPeople = 0;
  for (const w of perPerson) squaresPeople += w * w;
  const seen = new Uint8Array(log.actionCount);
  for (const row of used.rows) seen[log.actions[row] as number] = 1;
  const { allowed, logging } = log;
  return {
    rows: n,
    forced: used.forced,
    people: used.people,
    meanReward: n === 0 ? 0 : reward / n,
    meanWeight: n === 0 ? 0 : sum / n,
    standardErrorMeanWeight: n === 0 ? 0 : clusteredError(weights, used, sum / n),
    maxWeight: max,
    ess: squares === 0 ? 0 : (sum * sum) / squares,
    essPeople: squaresPeople === 0 ? 0 : (sum * sum) / squaresPeople,
    largestShare: sum === 0 ? 0 : max / sum,
    zeroWeightRows: zeros,
    outsideConstraints: allowed ? massWhere(input, (at) => !allowed[at]) : 0,
    missingSupport: massWhere(input, (at, action) => (logging ? logging[at] === 0 : !seen[action])),
  };
};
