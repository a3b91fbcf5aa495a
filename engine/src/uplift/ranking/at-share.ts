import { checkCount, checkFinite, engineError } from '../../errors/index.ts';
import { noAnswer, type RankingAnswer } from './areas.ts';
import { type GroupSums, groupSums, type Ranked, type RankingInput, rankedFrom } from './ranked.ts';

export interface AtShareOptions {
  /** Share of the people in (0, 1], or `{ people }` as many. Cut down to whole people. */
  readonly top: number | { readonly people: number };
  /** `overall`: the top of everybody; `by_arm`: the top of each arm. `overall` unless said. */
  readonly among?: 'overall' | 'by_arm';
  /**
   * When the cut falls among equal scores. `shared`: all of them count, in proportion (the expectation over their orders; the order of
   * the rows does not matter). `later_first`: scikit-uplift's order. `shared` unless said.
   */
  readonly ties?: 'shared' | 'later_first';
}

const wanted = (top: AtShareOptions['top'], n: number): number => {
  if (typeof top === 'object') {
    checkCount('people', top.people);
    return Math.min(n, top.people);
  }
  if (!(checkFinite('top', top) > 0 && top <= 1))
    throw engineError('out_of_range', `top must be a share in (0, 1], got ${top}`, { top });
  return Math.floor(n * top);
};

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Rows and outcomes of `taken` among the first `people`, where `all` says how many a group has. */
const cut = (
  people: number,
  all: (g: number) => number,
  [rows, outcomes]: readonly [Float64Array, Float64Array],
): readonly [number, number] => {
  let left = people;
  let n = 0;
  let y = 0;
  for (let g = 0; g < rows.length && left > 0; g++) {
    const size = all(g);
    if (size === 0) continue;
    const share = Math.min(1, left / size);
    n += share * (rows[g] as number);
    y += share * (outcomes[g] as number);
    left -= size;
  }
  return [n, y];
};

const difference = ([t, yt]: readonly [number, number], [c, yc]: readonly [number, number]): RankingAnswer =>
  t > 0 && c > 0 ? { kind: 'value', value: yt / t - yc / c } : noAnswer('empty_arm');

/** With ties shared. O(groups). */
export const atShareOf = (sums: GroupSums, options: AtShareOptions): RankingAnswer => {
  const treated = [sums.treated, sums.treatedSum] as const;
  const control = [sums.control, sums.controlSum] as const;
  const [t, c] = [total(sums.treated), total(sums.control)];
  if (options.among === 'by_arm')
    return difference(
      cut(wanted(options.top, t), (g) => sums.treated[g] as number, treated),
      cut(wanted(options.top, c), (g) => sums.control[g] as number, control),
    );
  const both = (g: number): number => (sums.treated[g] as number) + (sums.control[g] as number);
  const people = wanted(options.top, t + c);
  return difference(cut(people, both, treated), cut(people, both, control));
};

const firstRows = (ranked: Ranked, { top, among }: AtShareOptions): RankingAnswer => {
  const { order, treated, outcomes } = ranked;
  const treatedRows = order.filter((row) => treated[row] === 1);
  const controlRows = order.filter((row) => treated[row] === 0);
  const mean = (rows: Int32Array): readonly [number, number] => [
    rows.length,
    rows.reduce((sum, row) => sum + (outcomes[row] as number), 0),
  ];
  if (among === 'by_arm')
    return difference(
      mean(treatedRows.subarray(0, wanted(top, treatedRows.length))),
      mean(controlRows.subarray(0, wanted(top, controlRows.length))),
    );
  const first = order.subarray(0, wanted(top, order.length));
  return difference(
    mean(first.filter((row) => treated[row] === 1)),
    mean(first.filter((row) => treated[row] === 0)),
  );
};

/**
 * uplift@k: mean treated outcome minus mean control outcome among the people with the highest scores. O(n log n).
 *
 * @throws EngineError as `qiniCurve`, and `out_of_range` or `negative_count` for `top`
 * @example upliftAtShare({ outcomes, treated, scores }, { top: 0.3 }) // { kind: 'value', value: 0.0745 }
 */
export const upliftAtShare = (input: RankingInput, options: AtShareOptions): RankingAnswer => {
  const ranked = rankedFrom(input);
  return options.ties === 'later_first' ? firstRows(ranked, options) : atShareOf(groupSums(ranked), options);
};
