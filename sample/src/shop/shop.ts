import { createRandom } from '@mesure/engine/random';
import { type Customer, makeCustomers } from './customers.ts';
import { makeHistory, type Order, type Shelves, shelve } from './orders.ts';
import { makeProducts, type ShopProduct } from './products.ts';

export interface ShopOptions {
  readonly seed: number;
  readonly customers: number;
  readonly products: number;
  /** The instant at which the shop opens its doors to the demo: history ends the day before. */
  readonly now: Date;
  readonly months: number;
}

export interface SampleShop {
  readonly products: readonly ShopProduct[];
  readonly shelves: Shelves;
  readonly customers: readonly Customer[];
  readonly orders: readonly Order[];
}

/** The same seed gives the same shop, byte for byte. Each part has a stream of its own, so that one can grow without moving the others. */
export const createShop = (options: ShopOptions): SampleShop => {
  const random = (stream: string) => createRandom(options.seed, stream);
  const from = new Date(options.now);
  from.setUTCMonth(from.getUTCMonth() - options.months);
  const period = { from, until: options.now };
  const products = makeProducts(random('products'), options.products);
  const shelves = shelve(products);
  const customers = makeCustomers(random('customers'), { count: options.customers, ...period });
  const orders = makeHistory(random('orders'), { customers, shelves }, period);
  return { products, shelves, customers, orders };
};
