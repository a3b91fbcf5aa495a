import type { ImportReport } from '@mesure/contract/imports';
import { appError } from '#platform/errors';
import { formatScaled } from './decimal.ts';
import { PRICE_PLACES } from './money.ts';
import type { OrderLine } from './order-line.ts';
import { ownCopy } from './written-values.ts';

export interface TalliedProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  /** Exact decimal string of the latest positive price. */
  readonly unitPrice: string;
  readonly currency: string;
}

interface Name {
  lines: number;
  lastAt: number;
}

interface Tally {
  readonly names: Map<string, Name>;
  price: number;
  pricedAt: number;
  currency: string;
  category: string;
}

export interface ProductTally {
  readonly add: (line: OrderLine) => void;
  readonly products: () => readonly TalliedProduct[];
  readonly severalNames: () => ImportReport['severalNames'];
}

const MAX_PRODUCTS = 300_000;
const MAX_NAMES = 30;
const SAMPLES = 10;

/** The most frequent name first; among equals the latest. */
const ranked = (names: ReadonlyMap<string, Name>): string[] =>
  [...names]
    .sort(([, one], [, two]) => two.lines - one.lines || two.lastAt - one.lastAt)
    .map(([name]) => name);

/**
 * What the file says of each product. Names and prices count from lines that were sold for money: stock corrections
 * carry remarks ("damaged", "?") where the name stands.
 */
export const createProductTally = (): ProductTally => {
  const tallies = new Map<string, Tally>();
  const tallyOf = (sku: string): Tally => {
    const known = tallies.get(sku);
    if (known !== undefined) return known;
    if (tallies.size >= MAX_PRODUCTS) {
      throw appError('unprocessable', {
        message: `The files name more than ${MAX_PRODUCTS} products. Is the right column mapped to the product code?`,
        details: { reason: 'too_many_products', max: MAX_PRODUCTS },
      });
    }
    const tally: Tally = {
      names: new Map(),
      price: 0,
      pricedAt: Number.NEGATIVE_INFINITY,
      currency: '',
      category: '',
    };
    tallies.set(ownCopy(sku), tally);
    return tally;
  };
  const addName = (tally: Tally, { name, at }: OrderLine): void => {
    const known = tally.names.get(name);
    if (known !== undefined) {
      known.lines += 1;
      if (at > known.lastAt) known.lastAt = at;
    } else if (name !== '' && tally.names.size < MAX_NAMES)
      tally.names.set(ownCopy(name), { lines: 1, lastAt: at });
  };
  return {
    add: (line) => {
      if (line.kind !== 'product' || line.unitPrice <= 0 || line.quantity <= 0) return;
      const tally = tallyOf(line.sku);
      addName(tally, line);
      if (line.at < tally.pricedAt) return;
      tally.price = line.unitPrice;
      tally.pricedAt = line.at;
      tally.currency = line.currency;
      if (line.category !== '' && line.category !== tally.category) tally.category = ownCopy(line.category);
    },
    products: () =>
      [...tallies].map(([sku, tally]) => ({
        sku,
        name: ranked(tally.names)[0] ?? sku,
        category: tally.category,
        unitPrice: formatScaled(tally.price, PRICE_PLACES),
        currency: tally.currency,
      })),
    severalNames: () => {
      const several = [...tallies].filter(([, tally]) => tally.names.size > 1);
      const samples = several.slice(0, SAMPLES).map(([sku, tally]) => {
        const [kept = '', ...others] = ranked(tally.names);
        return { sku, kept, others };
      });
      return { products: several.length, samples };
    },
  };
};
