import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { isSampled } from '../hours/left-out.ts';
import type { SlotSends } from './sends.ts';
import { clampRate, fitShrinkage, strengthOf } from './shrink.ts';

/** What is expected of everybody before the first send: one in twenty. */
const FIRST_RATE = 0.05;
const FIRST_SENDS = 20;
/** Cells that the spread of groups is learned on: beyond these it hardly moves. */
const MOST_CELLS = 20_000;

/** Groups × cells. */
export interface GroupTotals {
  readonly sends: Float64Array;
  readonly engaged: Float64Array;
}

/**
 * Sends and engagement by group and cell, each send weighed by 1/propensity: a policy sends night owls at night, and what they do there is not
 * what anybody would do. Σ w y/Σ w is scaled to (Σ w)²/Σ w² sends (Kish 1965). Length groups × cells.
 */
export const totalsOf = (
  { person, day, slot, engaged, propensity }: SlotSends,
  { group, groups, slots }: { readonly group: Uint32Array; readonly groups: number; readonly slots: number },
  watch?: Watch,
): GroupTotals => {
  const length = groups * 2 * slots;
  const [hits, weights, squares] = [
    new Float64Array(length),
    new Float64Array(length),
    new Float64Array(length),
  ];
  for (let k = 0; k < person.length; k++) {
    if ((k & 0xffff) === 0) tell(watch, 'sends', k / person.length);
    const at =
      ((group[person[k] as number] as number) * 2 + (day[k] as number)) * slots + (slot[k] as number);
    const w = propensity ? roundWeight(1 / (propensity[k] as number)) : 1;
    weights[at] = (weights[at] as number) + w;
    squares[at] = (squares[at] as number) + w * w;
    hits[at] = (hits[at] as number) + w * (engaged[k] as number);
  }
  const sends = weights.map((w, at) => (w === 0 ? 0 : (w * w) / (squares[at] as number)));
  return {
    sends,
    engaged: hits.map((y, at) => (y === 0 ? 0 : (y / (weights[at] as number)) * (sends[at] as number))),
  };
};

/** On a grid of 1/256, on which sums (and those of squares, up to 2⁵³/2¹⁶) are exact: the order of the rows changes nothing. */
const roundWeight = (w: number): number => Math.max(1, Math.round(Math.min(w, 1024) * 256)) / 256;

const sampleOf = ({ sends, engaged }: GroupTotals, mean: Float64Array) => {
  if (mean.length <= MOST_CELLS) return { sends, engaged, mean };
  const kept = Uint32Array.from(mean.keys()).filter((at) => isSampled(at, MOST_CELLS / mean.length));
  const take = (values: Float64Array): Float64Array => Float64Array.from(kept, (at) => values[at] as number);
  return { sends: take(sends), engaged: take(engaged), mean: take(mean) };
};

const shrunk = (totals: GroupTotals, mean: Float64Array, watch?: Watch): Float64Array => {
  const { sends, engaged } = totals;
  const { shape } = fitShrinkage(sampleOf(totals, mean), watch);
  return mean.map((expected, at) => {
    const strength = strengthOf(shape, expected);
    return clampRate((strength * expected + (engaged[at] as number)) / (strength + (sends[at] as number)));
  });
};

/** Rates of all cells and of each group's cells, each drawn towards the level above. Length groups × cells. */
export const ratesOf = (
  { sends, engaged }: GroupTotals,
  { groups, cells }: { readonly groups: number; readonly cells: number },
  watch?: Watch,
): Float64Array => {
  const all: GroupTotals = { sends: new Float64Array(cells), engaged: new Float64Array(cells) };
  let [n, y] = [FIRST_SENDS, FIRST_RATE * FIRST_SENDS];
  sends.forEach((count, at) => {
    const cell = at % cells;
    all.sends[cell] = (all.sends[cell] as number) + count;
    all.engaged[cell] = (all.engaged[cell] as number) + (engaged[at] as number);
    n += count;
    y += engaged[at] as number;
  });
  const common = shrunk(all, new Float64Array(cells).fill(clampRate(y / n)), watchPart(watch, 0, 0.3));
  if (groups === 1) return common;
  const above = Float64Array.from(sends, (_, at) => common[at % cells] as number);
  return shrunk({ sends, engaged }, above, watchPart(watch, 0.3, 1));
};
