import { checkAllFinite, engineError } from '../../../errors/index.ts';
import { tell, type Watch } from '../../../fitting/index.ts';
import type { Dense, Kernels, SparseRows } from '../../../linear/index.ts';
import { byItem, type Interactions } from '../../interactions/index.ts';
import { type IalsChosen, ridgeOf } from './settings.ts';

/** People or items that have pairs, with their factors. */
export interface Side {
  /** Row r stands for person or item `known[r]`, ascending. */
  readonly known: Uint32Array;
  /** Each row's pairs; columns are rows of the other side. */
  readonly pairs: SparseRows;
  readonly ridge: Float64Array;
  readonly factors: Dense<Float64Array>;
}

export interface Sides {
  readonly people: Side;
  readonly items: Side;
}

/** What a memory of 32-bit addresses holds, with room for what is not counted. */
const MOST_BYTES = 4_200_000_000;

const withPairs = (start: Uint32Array): Uint32Array => {
  const rows = start.length - 1;
  const known = new Uint32Array(rows);
  let n = 0;
  for (let r = 0; r < rows; r++) if ((start[r + 1] as number) > (start[r] as number)) known[n++] = r;
  return known.slice(0, n);
};

/** Megabytes of kernel memory for a fit. @throws EngineError `out_of_memory` above 4 GB */
export const megabytesFor = (interactions: Interactions, d: number): number => {
  const people = Math.min(interactions.people, interactions.item.length);
  const items = Math.min(interactions.items, interactions.item.length);
  const bytes = (people + items) * (8 * d + 20) + 16 * interactions.item.length + 80 * d * d + 300_000;
  if (bytes > MOST_BYTES)
    throw engineError('out_of_memory', `iALS needs ${bytes} bytes here; ask for fewer factors`, { bytes });
  return Math.ceil(bytes / 2 ** 20) + 2;
};

interface SideInput {
  readonly kernels: Kernels;
  readonly settings: IalsChosen;
  /** People or items, with and without pairs, of this side and of the other. */
  readonly own: Uint32Array;
  readonly others: Uint32Array;
  /** Number of the other side, those without pairs included. */
  readonly otherCount: number;
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  /** Per pair, its confidence and its share of own taste. */
  readonly confidence: Float64Array;
  readonly ownTaste: Float64Array;
}

const makeSide = (input: SideInput): Side => {
  const { kernels, settings, own, others, start, column, confidence, ownTaste } = input;
  const d = settings.factors;
  const starts = kernels.int32(own.length + 1);
  const ridge = kernels.float64(own.length);
  const indices = kernels.int32(column.length);
  const weights = kernels.float32(column.length);
  const slot = new Uint32Array((others.at(-1) ?? 0) + 1);
  others.forEach((other, r) => {
    slot[other] = r;
  });
  // Rows without pairs take no entries: the entries stay where they are.
  own.forEach((row, r) => {
    const pairs = (start[row + 1] as number) - (start[row] as number);
    starts[r + 1] = (starts[r] as number) + pairs;
    let counted = 0;
    for (let p = start[row] as number; p < (start[row + 1] as number); p++) counted += ownTaste[p] as number;
    ridge[r] = ridgeOf(settings, counted, input.otherCount);
  });
  for (let p = 0; p < column.length; p++) {
    indices[p] = slot[column[p] as number] as number;
    weights[p] = confidence[p] as number;
  }
  // Kept in single precision, which ends at 3e38.
  checkAllFinite('weight', weights);
  return {
    known: own,
    pairs: { rows: own.length, columns: others.length, starts, indices, weights },
    ridge,
    factors: { rows: own.length, columns: d, values: kernels.float64(own.length * d) },
  };
};

const gathered = (values: Float64Array, from: Uint32Array): Float64Array => {
  const out = new Float64Array(from.length);
  for (let p = 0; p < from.length; p++) out[p] = values[from[p] as number] as number;
  return out;
};

/** Both sides without those that have no pair, in the kernels' memory; factors are zeros. O(pairs). */
export const makeSides = (
  interactions: Interactions,
  {
    settings,
    kernels,
    watch,
  }: Pick<SideInput, 'settings' | 'kernels'> & { readonly watch?: Watch | undefined },
): Sides => {
  tell(watch, 'pairs', 0);
  const columns = byItem(interactions);
  tell(watch, 'pairs', 0);
  const ownTaste = interactions.own;
  const confidence = settings.confidence === 'weight' ? interactions.weight : ownTaste;
  const people = withPairs(interactions.start);
  const items = withPairs(columns.start);
  const ofPeople = makeSide({
    kernels,
    settings,
    own: people,
    others: items,
    otherCount: interactions.items,
    start: interactions.start,
    column: interactions.item,
    confidence,
    ownTaste,
  });
  tell(watch, 'pairs', 0);
  const ofItems = makeSide({
    kernels,
    settings,
    own: items,
    others: people,
    otherCount: interactions.people,
    start: columns.start,
    column: columns.person,
    confidence: gathered(confidence, columns.pair),
    ownTaste: gathered(ownTaste, columns.pair),
  });
  return { people: ofPeople, items: ofItems };
};
