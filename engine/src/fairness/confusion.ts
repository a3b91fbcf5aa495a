import { checkCount, checkLength, engineError } from '../errors/index.ts';

/** People of one group: selected (positive) or not, and whether that was right (true) or not. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

export interface SelectionRows {
  /** 1 = selected; one row per person. */
  readonly selected: ArrayLike<number>;
  /** 1 = it would have been right to select; left out when not known. */
  readonly labels?: ArrayLike<number>;
  /** How often a row counts, whole; 1 each when left out. */
  readonly weights?: ArrayLike<number>;
  /** Index of the group, -1 = unknown. */
  readonly groups: Int32Array;
  readonly groupCount: number;
}

/** @throws EngineError `nan`, `out_of_range` unless the value is 0 or 1 */
export const bitAt = (name: string, values: ArrayLike<number>, at: number): 0 | 1 => {
  const value = values[at];
  if (value === 0 || value === 1) return value;
  if (Number.isNaN(value)) throw engineError('nan', `${name}[${at}] is NaN`, { name, at });
  throw engineError('out_of_range', `${name}[${at}] must be 0 or 1, got ${value}`, { name, at });
};

/**
 * Counts per group. Without labels everybody counts as negative (`fp` = selected, `tn` = not), so that selection rates are right
 * and rates among positives have nobody. O(n).
 *
 * @throws EngineError `length_mismatch`, `out_of_range` (not 0 or 1), `nan`, `negative_count` (weights), `unknown_key`
 * @example countGroups({ selected: [1, 0, 1], labels: [1, 1, 0], groups: Int32Array.of(0, 0, 1), groupCount: 2 })
 */
export const countGroups = (rows: SelectionRows): Confusion[] => {
  const { selected, labels, weights, groups, groupCount } = rows;
  const n = selected.length;
  checkLength('groups', groups.length, n);
  if (labels) checkLength('labels', labels.length, n);
  if (weights) checkLength('weights', weights.length, n);
  const cells = new Float64Array(4 * groupCount);
  for (let i = 0; i < n; i++) {
    const group = groups[i] as number;
    const cell = (labels ? 2 * bitAt('labels', labels, i) : 0) + bitAt('selected', selected, i);
    const weight = weights ? checkCount(`weights[${i}]`, weights[i] as number) : 1;
    if (group === -1) continue;
    if (!(group >= 0 && group < groupCount))
      throw engineError('unknown_key', `groups[${i}] is ${group}`, { at: i });
    cells[4 * group + cell] = (cells[4 * group + cell] as number) + weight;
  }
  return Array.from({ length: groupCount }, (_, group) => {
    const [tn, fp, fn, tp] = cells.subarray(4 * group, 4 * group + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return { tp, fp, fn, tn };
  });
};

/** @throws EngineError `negative_count` */
export const checkConfusion = ({ tp, fp, fn, tn }: Confusion): void => {
  checkCount('tp', tp);
  checkCount('fp', fp);
  checkCount('fn', fn);
  checkCount('tn', tn);
};
