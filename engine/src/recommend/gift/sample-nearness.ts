import { tell, type Watch } from '../../fitting/index.ts';
import type { Random } from '../../random/index.ts';
import { type GiftLines, SAID_GIFT } from './gift-lines.ts';
import { stratumOf } from './gift-model.ts';
import { type Outside, walkOrders } from './line-walk.ts';
import { closeness, type SimilarItems } from './similar-items.ts';
import { unusualness } from './unusual.ts';

/** Nearness of sampled lines: larger is more like the person. NaN where not known. */
export interface Nearness {
  readonly taste: Float64Array;
  readonly stratum: Uint8Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
}

export interface Sampling {
  readonly lines: GiftLines;
  readonly similar: SimilarItems;
  readonly spreads: { readonly price: number; readonly quantity: number };
  readonly share: number;
  readonly random: Random;
  readonly watch: Watch | undefined;
}

const STRANGER_TRIES = 20;

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
  lines,
  similar,
  spreads,
  share,
  random,
  watch,
}: Sampling): { own: Nearness; anybody: Nearness } => {
  const { events, price, said } = lines;
  const { item, person, weight } = events;
  const all: number[] = [];
  walkOrders(lines, (rows) => {
    for (const row of rows) if (said?.[row] !== SAID_GIFT) all.push(row);
  });
  const own = emptyNearness(all.length);
  const anybody = emptyNearness(all.length);
  let n = 0;
  let seen = 0;
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
      const row = all[random.integer(0, all.length - 1)] as number;
      if (person[row] !== u && outside.orders[item[row] as number] === 0) return row;
    }
    return -1;
  };
  walkOrders(lines, (rows, outside) => {
    for (const row of rows) {
      if (++seen % 4096 === 0) tell(watch, 'taste', seen / all.length);
      // What is bought again needs no comparison: it is evidence of its own.
      if (said?.[row] === SAID_GIFT) continue;
      if (!random.chance(share) || (outside.orders[item[row] as number] as number) > 0) continue;
      const stranger = strangerOf(person[row] as number, outside);
      if (stranger < 0) continue;
      put(own, row, { outside, own: true });
      put(anybody, stranger, { outside, own: false });
      n += 1;
    }
  });
  return { own: cut(own, n), anybody: cut(anybody, n) };
};
