import { type GroupSums, groupSums, type RankingInput, rankedFrom } from './ranked.ts';

/** Points from (0, 0): x people from the highest score, and what treating them brings. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export type CurveKind = 'qini' | 'uplift';

/** A point only where the score changes: people of one score come together, in no order. O(groups). */
export const curveOf = (kind: CurveKind, sums: GroupSums): Curve => {
  const groups = sums.treated.length;
  const x = new Float64Array(groups + 1);
  const y = new Float64Array(groups + 1);
  let [t, c, yt, yc] = [0, 0, 0, 0];
  let points = 1;
  for (let g = 0; g < groups; g++) {
    const more = (sums.treated[g] as number) + (sums.control[g] as number);
    if (more === 0) continue;
    t += sums.treated[g] as number;
    c += sums.control[g] as number;
    yt += sums.treatedSum[g] as number;
    yc += sums.controlSum[g] as number;
    x[points] = t + c;
    y[points] =
      kind === 'qini'
        ? yt - (c === 0 ? 0 : (yc * t) / c)
        : ((t === 0 ? 0 : yt / t) - (c === 0 ? 0 : yc / c)) * (t + c);
    points++;
  }
  return { x: x.subarray(0, points), y: y.subarray(0, points) };
};

/** Trapezoids. */
export const areaUnder = ({ x, y }: Curve): number => {
  let sum = 0;
  for (let i = 1; i < x.length; i++)
    sum += (((x[i] as number) - (x[i - 1] as number)) * ((y[i] as number) + (y[i - 1] as number))) / 2;
  return sum;
};

/** People by treatment and outcome, both 0 or 1. */
interface Cells {
  readonly treatedYes: number;
  readonly treatedNo: number;
  readonly controlYes: number;
  readonly controlNo: number;
}

export const cellsOf = (sums: GroupSums): Cells => {
  let [t, c, yt, yc] = [0, 0, 0, 0];
  for (let g = 0; g < sums.treated.length; g++) {
    t += sums.treated[g] as number;
    c += sums.control[g] as number;
    yt += sums.treatedSum[g] as number;
    yc += sums.controlSum[g] as number;
  }
  return { treatedYes: yt, treatedNo: t - yt, controlYes: yc, controlNo: c - yc };
};

type Cell = keyof Cells;

const perfectOrder = (kind: CurveKind, cells: Cells): readonly (readonly Cell[])[] => {
  if (kind === 'qini') return [['treatedYes'], ['treatedNo', 'controlNo'], ['controlYes']];
  return cells.controlYes > cells.treatedNo
    ? [['treatedYes'], ['controlNo'], ['controlYes'], ['treatedNo']]
    : [['treatedYes'], ['controlNo'], ['treatedNo'], ['controlYes']];
};

/** The curve of somebody who knows every outcome, as scikit-uplift draws it (0/1 outcomes). O(1). */
export const perfectCurveOf = (kind: CurveKind, cells: Cells): Curve => {
  const groups = perfectOrder(kind, cells);
  const of = (wanted: readonly Cell[]) => (group: readonly Cell[]) =>
    group.reduce((sum, cell) => sum + (wanted.includes(cell) ? cells[cell] : 0), 0);
  const column = (...wanted: readonly Cell[]) => Float64Array.from(groups, of(wanted));
  return curveOf(kind, {
    treated: column('treatedYes', 'treatedNo'),
    control: column('controlYes', 'controlNo'),
    treatedSum: column('treatedYes'),
    controlSum: column('controlYes'),
  });
};

/**
 * Qini curve (Radcliffe 2007): y = treated outcomes - control outcomes × treated/control, among the x people with the highest
 * scores. The order of the rows does not matter. O(n log n).
 *
 * @throws EngineError `empty_input`, `empty_arm`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`
 * @example qiniCurve({ outcomes: [1, 0, 1, 0], treated: [1, 1, 0, 0], scores: [0.4, 0.3, 0.2, 0.1] }).y // [0, 1, 1, -1, 0]
 */
export const qiniCurve = (input: RankingInput): Curve => curveOf('qini', groupSums(rankedFrom(input)));

/**
 * Uplift curve: y = (mean treated outcome - mean control outcome) × x, an arm that is still empty counting 0. O(n log n).
 *
 * @throws EngineError as `qiniCurve`
 * @example upliftCurve({ outcomes: [1, 0, 1, 0], treated: [1, 1, 0, 0], scores: [0.4, 0.3, 0.2, 0.1] }).y // [0, 1, 1, -1.5, 0]
 */
export const upliftCurve = (input: RankingInput): Curve => curveOf('uplift', groupSums(rankedFrom(input)));
