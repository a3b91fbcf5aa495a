import { isSampled } from '../hours/left-out.ts';
import { around, type Neighbours, neighboursOf } from './neighbours.ts';
import type { SlotCounts } from './sends.ts';
import { clampRate, fitPersonShape, fitShrinkage, type Shrinkage } from './shrink.ts';

/** Beyond these the shapes hardly move. */
const MOST_ROWS = 10_000;

export interface PersonCells extends SlotCounts {
  readonly group: Uint32Array;
  /** groups × cells. */
  readonly rates: Float64Array;
  /** people × cells, or empty. */
  readonly activity: Float32Array;
  /** Length people: 1 for those whose slots were drawn evenly. */
  readonly isEven: Uint8Array;
}

/** Engagement expected of an average person with this activity, per send. */
const expectedAt = ({ slots, group, rates, activity }: PersonCells, at: number, gamma: number): number => {
  const cells = 2 * slots;
  const rate = rates[(group[Math.floor(at / cells)] as number) * cells + (at % cells)] as number;
  return activity.length > 0 ? rate * (activity[at] as number) ** gamma : rate;
};

interface Factors {
  /** Length people. */
  readonly factor: Float32Array;
  /** Σ of discounted engagement found and expected, length people. */
  readonly found: Float64Array;
  readonly expected: Float64Array;
  readonly personShape: number;
}

/**
 * How much of a cell speaks for the person's level rather than for the hour: a cell of expected engagement E varies by 1/E from chance and by
 * 1/shape from the hour, so it counts shape/(shape + E). Without this a person who is always sent at one hour would pass for somebody
 * who answers at any.
 */
const partOf = (shape: number, expected: number): number => shape / (shape + expected);

export const fitFactors = (data: PersonCells, { shape, activityWeight }: Shrinkage): Factors => {
  const { people, slots, sends, engaged } = data;
  const cells = 2 * slots;
  const [found, expected] = [new Float64Array(people), new Float64Array(people)];
  const [someFound, someExpected]: [number[], number[]] = [[], []];
  const share = MOST_ROWS / Math.max(1, people);
  for (let u = 0; u < people; u++) {
    for (let at = u * cells; at < (u + 1) * cells; at++) {
      const n = sends[at] as number;
      if (n === 0) continue;
      const e = n * expectedAt(data, at, activityWeight);
      const part = partOf(shape, e);
      expected[u] = (expected[u] as number) + part * e;
      found[u] = (found[u] as number) + part * (engaged[at] as number);
    }
    if (expected[u] === 0 || !isSampled(u, share)) continue;
    someFound.push(found[u] as number);
    someExpected.push(expected[u] as number);
  }
  const personShape = fitPersonShape(someFound, someExpected);
  const factor = Float32Array.from(
    found,
    (y, u) => (personShape + y) / (personShape + (expected[u] as number)),
  );
  return { factor, found, expected, personShape };
};

/**
 * Each cell against what the person's other cells say of the person, and how surely; of people whose slots were drawn evenly, because a policy
 * leaves the cells that began badly.
 */
export const fitCells = (data: PersonCells, factors: Factors, before: Shrinkage): Shrinkage => {
  const { people, slots, sends, engaged, activity, isEven } = data;
  const { found, expected, personShape } = factors;
  const cells = 2 * slots;
  const rows = { sends: [] as number[], engaged: [] as number[], mean: [] as number[] };
  const [shape, hints]: [number[], number[]] = [[], []];
  const near = { found: [] as number[], expected: [] as number[] };
  const neighbours = neighboursOf(slots);
  let filled = 0;
  for (let at = 0; at < sends.length; at++)
    if ((sends[at] as number) > 0 && isEven[Math.floor(at / cells)]) filled++;
  const share = MOST_ROWS / Math.max(1, filled);
  for (let u = 0; u < people; u++) {
    if (!isEven[u] || !isSampled(u, share)) continue;
    for (let at = u * cells; at < (u + 1) * cells; at++) {
      const n = sends[at] as number;
      if (n === 0) continue;
      const e = n * expectedAt(data, at, before.activityWeight);
      const part = partOf(before.shape, e);
      const y = Math.max(0, (found[u] as number) - part * (engaged[at] as number));
      const others = personShape + y;
      const factor = others / (personShape + Math.max(0, (expected[u] as number) - part * e));
      rows.sends.push(n);
      rows.engaged.push(engaged[at] as number);
      rows.mean.push(clampRate(factor * expectedAt(data, at, 0)));
      shape.push(others);
      const first = u * cells;
      const said = around(
        neighbours[at - first] as Neighbours,
        (cell) => engaged[first + cell] as number,
        (cell) =>
          factor * (sends[first + cell] as number) * expectedAt(data, first + cell, before.activityWeight),
      );
      near.found.push(said.found);
      near.expected.push(said.expected);
      hints.push(activity[at] ?? 1);
    }
  }
  return fitShrinkage({ ...rows, shape, around: near, ...(activity.length > 0 && { activity: hints }) });
};
