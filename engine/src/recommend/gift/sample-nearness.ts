import type { Watch } from '../../fitting/index.ts';
import type { Random } from '../../random/index.ts';
import { SAID_GIFT } from './gift-lines.ts';
import { stratumOf } from './gift-model.ts';
import { type Outside, type VisitOrder, walkOrders } from './line-walk.ts';
import { closeness, type SimilarItems } from './similar-items.ts';
import type { SortedLines } from './sorted-lines.ts';
import { unusualness } from './unusual.ts';

/** Nearness of sampled lines: larger is more like the person. NaN where not known. */
export interface Nearness {
  readonly taste: Float64Array;
  readonly stratum: Uint8Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
}

export interface Sampling {
  readonly input: SortedLines;
  readonly similar: SimilarItems;
  readonly spreads: { readonly price: number; readonly quantity: number };
  readonly share: number;
  readonly random: Random;
  readonly watch: Watch | undefined;
}

const STRANGER_TRIES = 20;
/** Room for so many times the lines that are expected to be drawn, and for some more. */
const ROOM = 2;
const LEAST_ROOM = 1000;

const emptyNearness = (n: number): Nearness => ({
  taste: new Float64Array(n),
  stratum: new Uint8Array(n),
  price: new Float64Array(n),
  quantity: new Float64Array(n),
});

const cut = (full: Nearness, n: number): Nearness => ({
  taste: full.taste.slice(0, n),
  stratum: full.stratum.slice(0, n),
  price: full.price.slice(0, n),
  quantity: full.quantity.slice(0, n),
});

/** Lines of people, and lines of somebody else tried in their place. */
export const sampleNearness = ({
  input,
  similar,
  spreads,
  share,
  random,
  watch,
}: Sampling): { own: Nearness; anybody: Nearness } => {
  const { events, price, said } = input.lines;
  const { item, person, weight } = events;
  // In the order of the walk, so that what is drawn does not depend on the order of the rows.
  const all = new Uint32Array(input.sorted.length);
  let candidates = 0;
  for (const row of input.sorted) if (said?.[row] !== SAID_GIFT) all[candidates++] = row;
  const room = Math.min(candidates, Math.ceil(ROOM * share * candidates) + LEAST_ROOM);
  const own = emptyNearness(room);
  const anybody = emptyNearness(room);
  let n = 0;
  const put = (into: Nearness, row: number, of: { outside: Outside; own: boolean }): void => {
    into.taste[n] = closeness(similar, of.outside, { item: item[row] as number, own: of.own });
    into.stratum[n] = stratumOf(of.outside.size);
    into.price[n] = price ? -unusualness(of.outside.price, price[row] as number, spreads.price) : Number.NaN;
    into.quantity[n] = weight
      ? -unusualness(of.outside.quantity, weight[row] as number, spreads.quantity)
      : Number.NaN;
  };
  const strangerOf = (u: number, outside: Outside): number => {
    for (let tries = 0; tries < STRANGER_TRIES; tries++) {
      const row = all[random.integer(0, candidates - 1)] as number;
      if (person[row] !== u && outside.orders[item[row] as number] === 0) return row;
    }
    return -1;
  };
  const sample: VisitOrder = (rows, outside) => {
    for (const row of rows) {
      // What is bought again needs no comparison: it is evidence of its own.
      if (n === room || said?.[row] === SAID_GIFT) continue;
      if (!random.chance(share) || (outside.orders[item[row] as number] as number) > 0) continue;
      const stranger = strangerOf(person[row] as number, outside);
      if (stranger < 0) continue;
      put(own, row, { outside, own: true });
      put(anybody, stranger, { outside, own: false });
      n += 1;
    }
  };
  walkOrders(input, sample, watch);
  return { own: cut(own, n), anybody: cut(anybody, n) };
};
