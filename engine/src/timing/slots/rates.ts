import type { SlotSends } from './sends.ts';
import { clampRate, fitShrinkage, strengthOf } from './shrink.ts';

/** What is expected of everybody before the first send: one in twenty. */
const FIRST_RATE = 0.05;
const FIRST_SENDS = 20;

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
): GroupTotals => {
  const length = groups * 2 * slots;
  const [hits, weights, squares] = [
    new Float64Array(length),
    new Float64Array(length),
    new Float64Array(length),
  ];
  for (let k = 0; k < person.length; k++) {
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

const shrunk = ({ sends, engaged }: GroupTotals, mean: Float64Array): Float64Array => {
  const { shape } = fitShrinkage({ sends, engaged, mean });
  return mean.map((expected, at) => {
    const strength = strengthOf(shape, expected);
    return clampRate((strength * expected + (engaged[at] as number)) / (strength + (sends[at] as number)));
  });
};

/** Rates of all cells and of each group's cells, each drawn towards the level above. Length groups × cells. */
export const ratesOf = (
  { sends, engaged }: GroupTotals,
  { groups, cells }: { readonly groups: number; readonly cells: number },
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
  const common = shrunk(all, new Float64Array(cells).fill(clampRate(y / n)));
  if (groups === 1) return common;
  const above = Float64Array.from(sends, (_, at) => common[at % cells] as number);
  return shrunk({ sends, engaged }, above);
};
