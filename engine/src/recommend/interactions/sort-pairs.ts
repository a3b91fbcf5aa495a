import type { TasteEvents } from './events.ts';

/** Row numbers in the order of `keys` (each < `size`), ties in the order of `rows`. One counting sort: O(rows + size). */
const countingSort = (rows: Uint32Array | undefined, keys: Uint32Array, size: number): Uint32Array => {
  const n = keys.length;
  const free = new Uint32Array(size + 1);
  for (let k = 0; k < n; k++) {
    const next = (keys[k] as number) + 1;
    free[next] = (free[next] as number) + 1;
  }
  for (let i = 0; i < size; i++) free[i + 1] = (free[i + 1] as number) + (free[i] as number);
  const out = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const row = rows ? (rows[k] as number) : k;
    const key = keys[row] as number;
    const at = free[key] as number;
    free[key] = at + 1;
    out[at] = row;
  }
  return out;
};

/** Small loops over one column each: the processor fetches many distant rows at once, which a long loop body would prevent. */
const pick = <T extends Uint32Array | Float64Array | Float32Array>(
  column: T,
  rows: Uint32Array,
  into: T,
): T => {
  for (let k = 0; k < rows.length; k++) into[k] = column[rows[k] as number] as number;
  return into;
};

/** Those events, in that order; people and items keep their numbers. */
export const pickEvents = (events: TasteEvents, rows: Uint32Array): TasteEvents => {
  const { weight, order, own } = events;
  const n = rows.length;
  return {
    people: events.people,
    items: events.items,
    person: pick(events.person, rows, new Uint32Array(n)),
    item: pick(events.item, rows, new Uint32Array(n)),
    atMs: pick(events.atMs, rows, new Float64Array(n)),
    ...(weight && { weight: pick(weight, rows, new Float64Array(n)) }),
    ...(order && { order: pick(order, rows, new Uint32Array(n)) }),
    ...(own && { own: pick(own, rows, new Float32Array(n)) }),
  };
};

/** The events by person, then item. Two counting sorts: no comparison, O(events + people + items). */
export const sortPairs = (events: TasteEvents): TasteEvents =>
  pickEvents(
    events,
    countingSort(countingSort(undefined, events.item, events.items), events.person, events.people),
  );
