import { checkCount, engineError } from '../../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../../fitting/index.ts';
import { byItem, type Interactions } from '../../interactions/index.ts';
import { createLinkList } from './link-list.ts';
import type { Links } from './links.ts';
import { createTopKeeper } from './top-values.ts';

export interface CoOccurrenceInput {
  readonly interactions: Interactions;
  /** Per pair: what person u gives item i as the row, and item j as the column, of Σ_u row(u, i) column(u, j). */
  readonly row: Float64Array;
  readonly column: Float64Array;
  /** The strength of the link from i to j, >= 0, given that sum; links of 0 are not kept. */
  readonly strength: (sum: number, i: number, j: number) => number;
  /** Links kept per item. */
  readonly neighbours: number;
  /** People with more items than this are left out: their pairs would cost its square, and say little. */
  readonly longestHistory: number;
}

/** Products and links between two words to the watch: some 10 ms. */
const CHUNK = 1e6;
/** Finding the best of the links that were met costs as much as some products each. */
const LINK_COST = 8;

/** Items of each person who takes part; 0 for those who are left out. */
const takingPart = ({ people, start }: Interactions, longest: number) => {
  const lengths = new Uint32Array(people);
  let ignoredPeople = 0;
  let products = 0;
  for (let u = 0; u < people; u++) {
    const length = (start[u + 1] as number) - (start[u] as number);
    if (length > longest) ignoredPeople += 1;
    else {
      lengths[u] = length;
      products += length ** 2;
    }
  }
  return { lengths, ignoredPeople, products };
};

/**
 * For every item i the `neighbours` items j != i with the strongest links (ties by the lower j), ascending. Sums run in the
 * order of people. O(Σ_u |I_u|²) products; memory 12 bytes a link and 24 an item.
 */
export const strongestLinks = (
  input: CoOccurrenceInput,
  watch?: Watch,
): { readonly links: Links; readonly ignoredPeople: number } => {
  const { interactions, row, column, strength } = input;
  const { items, start, item } = interactions;
  if (checkCount('neighbours', input.neighbours) === 0)
    throw engineError('out_of_range', 'neighbours must be at least 1', {});
  const { lengths, ignoredPeople, products } = takingPart(interactions, input.longestHistory);
  const columns = byItem(interactions, watchPart(watch, 0, 0));
  const sums = new Float64Array(items);
  const touched = new Uint32Array(items);
  const keepTop = createTopKeeper(items, input.neighbours);
  const list = createLinkList(items);
  let done = 0;
  let spent = 0;
  for (let i = 0; i < items; i++) {
    let count = 0;
    const end = columns.start[i + 1] as number;
    for (let c = columns.start[i] as number; c < end; c++) {
      const u = columns.person[c] as number;
      const first = start[u] as number;
      const last = first + (lengths[u] as number);
      const mine = row[columns.pair[c] as number] as number;
      for (let p = first; p < last; p++) {
        const j = item[p] as number;
        const before = sums[j] as number;
        // A sum of 0 is an item that was not met yet (or met with nothing: then it is met again, and sorted out below).
        if (before === 0) touched[count++] = j;
        sums[j] = before + mine * (column[p] as number);
        if (before === 0 && sums[j] === 0) count -= 1;
      }
      done += last - first;
      spent += last - first;
      if (spent >= CHUNK) {
        spent = 0;
        tell(watch, 'neighbours', done / (products + 1));
      }
    }
    sums[i] = 0;
    let met = 0;
    for (let t = 0; t < count; t++) {
      const j = touched[t] as number;
      if (j === i) continue;
      touched[met++] = j;
      sums[j] = strength(sums[j] as number, i, j);
    }
    // Beyond the k best the keeper leaves the others in `touched`: all sums are cleared.
    const kept = keepTop(touched, met, sums);
    list.add(i, touched.subarray(0, kept), sums);
    spent += LINK_COST * met + 1;
    for (let t = 0; t < met; t++) sums[touched[t] as number] = 0;
  }
  tell(watch, 'neighbours', 1);
  return { links: list.links(), ignoredPeople };
};
