import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { isSampled } from '../hours/left-out.ts';
import { around, type Neighbours, neighboursOf } from './neighbours.ts';
import type { PeopleCells } from './profiles.ts';
import type { SlotCounts } from './sends.ts';
import { clampRate, fitPersonShape, fitShrinkage, type Shrinkage } from './shrink.ts';
import { createWhose, type OwnCells, type Profiles, partOf, spreadsFor, tiltAt } from './whose-profile.ts';

/** Beyond these the shapes hardly move. */
const MOST_ROWS = 10_000;
/** People whose kinds are learned from. */
const MOST_PEOPLE = 8000;

/** People's cells and what is expected of them. */
export interface Rated extends SlotCounts {
  readonly group: Uint32Array;
  /** groups × cells. */
  readonly rates: Float64Array;
  /** people × cells, or empty. */
  readonly activity: Float32Array;
}

export interface PersonCells extends Rated {
  /** Length people: 1 for those whose slots were drawn evenly. */
  readonly isEven: Uint8Array;
}

/** Engagement expected of an average person with this activity, per send. */
export const expectedAt = ({ slots, group, rates, activity }: Rated, at: number, gamma: number): number => {
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

/** A person's cells into `into`: engagement found, and expected of an average person. O(cells). */
export const loadOwn = (
  data: Rated,
  { person, gamma }: { readonly person: number; readonly gamma: number },
  into: OwnCells,
): OwnCells => {
  const cells = 2 * data.slots;
  for (let c = 0; c < cells; c++) {
    const at = person * cells + c;
    const n = data.sends[at] as number;
    into.found[c] = data.engaged[at] as number;
    into.expected[c] = n === 0 ? 0 : n * expectedAt(data, at, gamma);
  }
  return into;
};

/** People with sends for `fitProfiles`, some thousand of them. */
export const profileRows = (data: PersonCells, { activityWeight }: Shrinkage, watch?: Watch): PeopleCells => {
  const { people, slots, sends } = data;
  const cells = 2 * slots;
  const kept: number[] = [];
  const share = MOST_PEOPLE / Math.max(1, people);
  for (let u = 0; u < people; u++) {
    if ((u & 0x1fff) === 0) tell(watch, 'profiles', 0);
    if (!isSampled(u, share)) continue;
    let any = 0;
    for (let at = u * cells; at < (u + 1) * cells; at++) any += sends[at] as number;
    if (any > 0) kept.push(u);
  }
  const [found, expected] = [new Float64Array(kept.length * cells), new Float64Array(kept.length * cells)];
  kept.forEach((person, i) => {
    const [from, to] = [i * cells, (i + 1) * cells];
    loadOwn(
      data,
      { person, gamma: activityWeight },
      { found: found.subarray(from, to), expected: expected.subarray(from, to) },
    );
  });
  return { people: kept.length, cells, found, expected };
};

export const fitFactors = (
  data: PersonCells,
  { shape, activityWeight }: Shrinkage,
  watch?: Watch,
): Factors => {
  const { people, slots, sends, engaged } = data;
  const cells = 2 * slots;
  const [found, expected] = [new Float64Array(people), new Float64Array(people)];
  const [someFound, someExpected]: [number[], number[]] = [[], []];
  const share = MOST_ROWS / Math.max(1, people);
  for (let u = 0; u < people; u++) {
    if ((u & 0xfff) === 0) tell(watch, 'people', (0.5 * u) / people);
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
  const personShape = fitPersonShape(someFound, someExpected, watchPart(watch, 0.5, 1));
  const factor = new Float32Array(people);
  for (let u = 0; u < people; u++)
    factor[u] = (personShape + (found[u] as number)) / (personShape + (expected[u] as number));
  return { factor, found, expected, personShape };
};

/**
 * Each cell against what the person's other cells say of the person, and how surely; of people whose slots were drawn evenly, because a policy
 * leaves the cells that began badly.
 */
export const fitCells = (
  data: PersonCells,
  {
    factors,
    before,
    profiles,
  }: { readonly factors: Factors; readonly before: Shrinkage; readonly profiles: Profiles },
  watch?: Watch,
): Shrinkage => {
  const { people, slots, sends, engaged, activity, isEven } = data;
  const { found, personShape } = factors;
  const cells = 2 * slots;
  const rows = { sends: [] as number[], engaged: [] as number[], mean: [] as number[] };
  const [shape, hints]: [number[], number[]] = [[], []];
  const near = { found: [] as number[], expected: [] as number[] };
  const neighbours = neighboursOf(slots);
  const whose = createWhose(profiles, cells);
  const own = { found: new Float64Array(cells), expected: new Float64Array(cells) };
  const spreads = spreadsFor(profiles, { shape: before.shape, personShape });
  let filled = 0;
  for (let u = 0; u < people; u++) {
    if ((u & 0x1fff) === 0) tell(watch, 'cells', (0.2 * u) / people);
    if (!isEven[u]) continue;
    for (let at = u * cells; at < (u + 1) * cells; at++) if ((sends[at] as number) > 0) filled++;
  }
  const share = MOST_ROWS / Math.max(1, filled);
  for (let u = 0; u < people; u++) {
    if ((u & 0x1fff) === 0) tell(watch, 'cells', 0.2 + (0.2 * u) / people);
    if (!isEven[u] || !isSampled(u, share)) continue;
    loadOwn(data, { person: u, gamma: before.activityWeight }, own);
    for (let cell = 0; cell < cells; cell++) {
      const at = u * cells + cell;
      if ((sends[at] as number) === 0) continue;
      const part = partOf(before.shape, own.expected[cell] as number);
      const others = whose(own, spreads, cell);
      const tilt = (of: number): number => tiltAt(others, profiles, { cell: of, cells });
      rows.sends.push(sends[at] as number);
      rows.engaged.push(engaged[at] as number);
      rows.mean.push(clampRate(tilt(cell) * expectedAt(data, at, 0)));
      shape.push(personShape + Math.max(0, (found[u] as number) - part * (engaged[at] as number)));
      const said = around(
        neighbours[cell] as Neighbours,
        (near) => own.found[near] as number,
        (near) => tilt(near) * (own.expected[near] as number),
      );
      near.found.push(said.found);
      near.expected.push(said.expected);
      hints.push(activity[at] ?? 1);
    }
  }
  return fitShrinkage(
    { ...rows, shape, around: near, ...(activity.length > 0 && { activity: hints }) },
    watchPart(watch, 0.4, 1),
  );
};
