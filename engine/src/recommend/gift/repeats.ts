import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { SAID_GIFT } from './gift-lines.ts';
import { type LikelihoodTable, NOTHING_KNOWN, tableOfRepeats } from './likelihood-table.ts';
import { type Outside, walkOrders } from './line-walk.ts';
import type { SortedLines } from './sorted-lines.ts';

/** How soon things are bought again, as counts: so that the person who is judged can be left out of them. */
export interface Repeats {
  /** Per item, people who bought it again. */
  readonly again: Float64Array;
  /** Per item, orders that came after people's first of it, up to the one that held it again: chances to. */
  readonly chances: Float64Array;
  /** The shop's repeats per chance. */
  readonly usual: number;
  /** By minus the repeats that are expected: what it says that there was none. */
  readonly none: LikelihoodTable;
}

/** Chances that the shop's own rate weighs for every item. */
const PRIOR_CHANCES = 30;
/** Fewer first purchases say nothing. */
const LEAST_PAIRS = 400;
/** Pairs between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 16;

/** Repeats that would be expected in `later` orders, the person's own part left out of the counts where they have one. */
export const expectedRepeats = (
  { again, chances, usual }: Pick<Repeats, 'again' | 'chances' | 'usual'>,
  {
    item,
    later,
    own,
  }: { readonly item: number; readonly later: number; readonly own: { again: number; chances: number } },
): number => {
  const repeats = (again[item] as number) - own.again + PRIOR_CHANCES * usual;
  return (
    (later * Math.max(0, repeats)) / (Math.max(0, (chances[item] as number) - own.chances) + PRIOR_CHANCES)
  );
};

/** The person's part in the counts of an item that they bought in one order only. */
export const ownPart = ({ later }: Outside, counted: boolean): { again: number; chances: number } => ({
  again: 0,
  chances: counted ? later : 0,
});

/**
 * Counts, per item, how often people bought it again where they could; and, by what that lets expect, how many first purchases were
 * the only ones. What is used up and is never bought again by somebody who kept ordering was more often for somebody else. O(lines).
 */
export const fitRepeats = (input: SortedLines, prior: number, watch?: Watch): Repeats => {
  const { events, said } = input.lines;
  const n = events.person.length;
  const again = new Float64Array(events.items);
  const chances = new Float64Array(events.items);
  /** Per item: the last person seen with it (+ 1), when first, and whether again since. */
  const seen = new Uint32Array(events.items);
  const firstAt = new Uint32Array(events.items);
  const pairOf = new Uint32Array(events.items);
  const pair = {
    item: new Uint32Array(n),
    later: new Uint32Array(n),
    chances: new Uint32Array(n),
    again: new Uint8Array(n),
  };
  let pairs = 0;
  walkOrders(
    input,
    (rows, { earlier, later }) => {
      for (const row of rows) {
        if (said?.[row] === SAID_GIFT) continue;
        const i = events.item[row] as number;
        const u = (events.person[row] as number) + 1;
        if (seen[i] !== u) {
          seen[i] = u;
          firstAt[i] = earlier;
          pairOf[i] = pairs;
          pair.item[pairs] = i;
          pair.later[pairs] = later;
          pair.chances[pairs] = later;
          pairs += 1;
          continue;
        }
        const p = pairOf[i] as number;
        if (pair.again[p] === 1 || firstAt[i] === earlier) continue;
        pair.again[p] = 1;
        pair.chances[p] = earlier - (firstAt[i] as number);
      }
    },
    watchPart(watch, 0, 0.8),
  );
  let repeats = 0;
  let all = 0;
  for (let p = 0; p < pairs; p++) {
    if (p % CHUNK === 0) tell(watch, 'repeats', 0.8 + (0.1 * p) / pairs);
    const i = pair.item[p] as number;
    again[i] = (again[i] as number) + (pair.again[p] as number);
    chances[i] = (chances[i] as number) + (pair.chances[p] as number);
    repeats += pair.again[p] as number;
    all += pair.chances[p] as number;
  }
  const counts = { again, chances, usual: all > 0 ? repeats / all : 0 };
  if (pairs < LEAST_PAIRS || repeats === 0) return { ...counts, none: NOTHING_KNOWN };
  const value = new Float64Array(pairs);
  for (let p = 0; p < pairs; p++) {
    if (p % CHUNK === 0) tell(watch, 'repeats', 0.9 + (0.05 * p) / pairs);
    const own = { again: pair.again[p] as number, chances: pair.chances[p] as number };
    value[p] = -expectedRepeats(counts, {
      item: pair.item[p] as number,
      later: pair.later[p] as number,
      own,
    });
  }
  const none = tableOfRepeats({ value, again: pair.again, prior }, watchPart(watch, 0.95, 1));
  return { ...counts, none };
};
