import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import { collectJoint, momentsOf } from '../../moments/index.ts';
import { type ArmStatistic, meanArm, type NoLift, ratioArm } from './arm.ts';

/** Rows of one arm: row i is an outcome of the person (or shop, household …) `units[i]`. */
export interface UnitRows {
  readonly units: readonly (string | number)[];
  readonly values: ArrayLike<number>;
}

const checkRows = (rows: UnitRows): void => {
  checkLength('values', rows.values.length, rows.units.length);
  if (rows.units.length === 0) throw engineError('empty_arm', 'an arm has no rows');
};

/**
 * Refuses rows that repeat a unit: the same person twice is not two people, and intervals that take them for two are too narrow.
 * Add them up first (`sumPerUnit`) or let the person be the cluster (`clusterArm`). O(n).
 *
 * @throws EngineError `repeated_unit` (names the first one), `length_mismatch`, `empty_arm`
 * @example requireOneRowEach({ units: ['a', 'b', 'a'], values: [1, 2, 3] }) // throws repeated_unit
 */
export const requireOneRowEach = (rows: UnitRows): void => {
  checkRows(rows);
  const seen = new Set<string | number>();
  rows.units.forEach((unit, row) => {
    if (seen.has(unit))
      throw engineError('repeated_unit', `row ${row} repeats the person ${unit}`, {
        row,
        unit: String(unit),
      });
    seen.add(unit);
  });
};

const perUnit = (rows: UnitRows): ReadonlyMap<string | number, { sum: number; count: number }> => {
  checkRows(rows);
  const units = new Map<string | number, { sum: number; count: number }>();
  rows.units.forEach((unit, row) => {
    const value = checkFinite(`values[${row}]`, rows.values[row] as number);
    const found = units.get(unit);
    if (found) {
      found.sum += value;
      found.count += 1;
    } else units.set(unit, { sum: value, count: 1 });
  });
  return units;
};

/**
 * One outcome per unit: the sum of its rows, in the order of first appearance. O(n).
 *
 * @example sumPerUnit({ units: ['a', 'b', 'a'], values: [1, 2, 3] }) // [4, 2]
 */
export const sumPerUnit = (rows: UnitRows): Float64Array =>
  Float64Array.from(perUnit(rows).values(), ({ sum }) => sum);

export interface ClusteredArm {
  readonly kind: 'arm';
  /** `n` counts clusters. */
  readonly arm: ArmStatistic;
  readonly rows: number;
  /** Variance of the mean over what it would be were all rows independent; 1 when clusters do not matter. */
  readonly designEffect: number;
}

/**
 * The mean over rows whose clusters (people, shops) are the independent units: Σ sums/Σ rows with the delta method over clusters,
 * which is the cluster-robust variance. O(n). Source: Deng, Knoblich, Lu 2018, section 3; Liang and Zeger 1986.
 *
 * @throws EngineError `length_mismatch`, `empty_arm`, `nan`, `not_finite`
 * @example clusterArm({ units: ['a', 'a', 'b', 'c'], values: [1, 1, 0, 0] }) // arm.n = 3, arm.mean = 0.5
 */
export const clusterArm = (rows: UnitRows): ClusteredArm | NoLift => {
  const pairs = collectJoint(2);
  for (const { sum, count } of perUnit(rows).values()) pairs.add([sum, count]);
  const made = ratioArm(pairs.result());
  if (made.kind === 'no_answer') return made;
  let squares = 0;
  const count = rows.values.length;
  for (let i = 0; i < count; i++) squares += ((rows.values[i] as number) - made.arm.mean) ** 2;
  const independent = squares / (count - 1) / count;
  return {
    kind: 'arm',
    arm: made.arm,
    rows: count,
    designEffect: independent > 0 ? made.arm.variance / made.arm.n / independent : 1,
  };
};

/**
 * The mean of an arm from rows, the person being the unit: rows that repeat one are refused, or are that person's sum (an outcome per
 * person), or a cluster (an outcome per row). Never counted as several people. O(n).
 *
 * @throws EngineError `repeated_unit` with `refuse`, `length_mismatch`, `empty_arm`, `nan`, `not_finite`
 * @example armOfRows({ units: ['a', 'b', 'a'], values: [1, 2, 3] }, 'sum') // { kind: 'arm', arm: { n: 2, mean: 3, … } }
 */
export const armOfRows = (
  rows: UnitRows,
  repeats: 'refuse' | 'sum' | 'cluster' = 'refuse',
): { readonly kind: 'arm'; readonly arm: ArmStatistic } | NoLift => {
  if (repeats === 'cluster') return clusterArm(rows);
  if (repeats === 'refuse') requireOneRowEach(rows);
  return { kind: 'arm', arm: meanArm(momentsOf(sumPerUnit(rows))) };
};
