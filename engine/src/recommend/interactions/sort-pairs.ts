import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import type { TasteEvents } from './events.ts';

/** Rows between two words to the watch: some milliseconds, even where each is far from the last. */
const CHUNK = 1 << 17;

/** Row numbers in the order of `keys` (each < `size`), ties in the order of `rows`. One counting sort: O(rows + size). */
const countingSort = (
  { rows, keys, size }: { rows?: Uint32Array; keys: Uint32Array; size: number },
  watch: Watch | undefined,
): Uint32Array => {
  const n = keys.length;
  const free = new Uint32Array(size + 1);
  for (let k = 0; k < n; k++) {
    if (k % CHUNK === 0) tell(watch, 'sort', (0.3 * k) / n);
    const next = (keys[k] as number) + 1;
    free[next] = (free[next] as number) + 1;
  }
  for (let i = 0; i < size; i++) free[i + 1] = (free[i + 1] as number) + (free[i] as number);
  const out = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    if (k % CHUNK === 0) tell(watch, 'sort', 0.3 + (0.7 * k) / n);
    const row = rows ? (rows[k] as number) : k;
    const key = keys[row] as number;
    const at = free[key] as number;
    free[key] = at + 1;
    out[at] = row;
  }
  return out;
};

/** Those events, in that order; people and items keep their numbers. */
export const pickEvents = (events: TasteEvents, rows: Uint32Array, watch?: Watch): TasteEvents => {
  const { weight, order, own } = events;
  const n = rows.length;
  const columns = 3 + (weight ? 1 : 0) + (order ? 1 : 0) + (own ? 1 : 0);
  let done = 0;
  /** Small loops over one column each: the processor fetches many distant rows at once, which a long loop body would prevent. */
  const pick = <T extends Uint32Array | Float64Array | Float32Array>(column: T, into: T): T => {
    for (let from = 0; from < n; from += CHUNK) {
      tell(watch, 'columns', (done + from / n) / columns);
      const to = Math.min(n, from + CHUNK);
      for (let k = from; k < to; k++) into[k] = column[rows[k] as number] as number;
    }
    done += 1;
    return into;
  };
  return {
    people: events.people,
    items: events.items,
    person: pick(events.person, new Uint32Array(n)),
    item: pick(events.item, new Uint32Array(n)),
    atMs: pick(events.atMs, new Float64Array(n)),
    ...(weight && { weight: pick(weight, new Float64Array(n)) }),
    ...(order && { order: pick(order, new Uint32Array(n)) }),
    ...(own && { own: pick(own, new Float32Array(n)) }),
  };
};

/** The events by person, then item. Two counting sorts: no comparison, O(events + people + items). */
export const sortPairs = (events: TasteEvents, watch?: Watch): TasteEvents => {
  const { person, item, people, items } = events;
  const byItem = countingSort({ keys: item, size: items }, watchPart(watch, 0, 0.25));
  const rows = countingSort({ rows: byItem, keys: person, size: people }, watchPart(watch, 0.25, 0.6));
  return pickEvents(events, rows, watchPart(watch, 0.6, 1));
};
