import { createRandom } from '@mesure/engine/random';
import { expect, it } from 'vitest';
import { exportColumns, exportOrders } from './csv.ts';
import { createShop } from './shop.ts';

const now = new Date('2026-03-10T09:00:00Z');
const small = { seed: 7, customers: 400, products: 120, now, months: 18 };

const textOf = (seed: number): string =>
  [...exportOrders(createRandom(seed, 'export'), createShop({ ...small, seed }).orders)].join('');

it('is the same shop for the same seed, and another for another', () => {
  expect(textOf(7)).toBe(textOf(7));
  expect(textOf(7)).not.toBe(textOf(8));
});

it('lets everybody order at least once, before the demo starts and never before they came', () => {
  const shop = createShop(small);
  expect(new Set(shop.orders.map((order) => order.customer.id)).size).toBe(400);
  for (const order of shop.orders) {
    expect(order.at.getTime()).toBeLessThan(now.getTime());
    expect(order.lines.length).toBeGreaterThan(0);
  }
});

it('has what the loop needs to be tested on: rebuyers, gifts, sensitive shelves, time zones, missing consent, bounces', () => {
  const shop = createShop({ ...small, customers: 2000 });
  const bought = new Map<string, number>();
  for (const order of shop.orders) {
    for (const line of order.lines) {
      const pair = `${order.customer.id}/${line.product.sku}`;
      bought.set(pair, (bought.get(pair) ?? 0) + 1);
    }
  }
  expect([...bought.values()].filter((times) => times >= 3).length).toBeGreaterThan(100);
  expect(shop.orders.filter((order) => order.gift).length / shop.orders.length).toBeGreaterThan(0.05);
  expect(shop.products.some((product) => product.category.sensitive)).toBe(true);
  expect(new Set(shop.customers.map((customer) => customer.place.timeZone)).size).toBeGreaterThan(5);
  const consenting = shop.customers.filter((customer) => customer.consents.length > 0).length / 2000;
  expect(consenting).toBeGreaterThan(0.6);
  expect(consenting).toBeLessThan(0.8);
  expect(shop.customers.some((customer) => customer.bounces)).toBe(true);
});

it('exports as many cells as columns on every line, names with commas and quotes included', () => {
  const [header = '', ...lines] = textOf(7).trimEnd().split('\n');
  expect(header.split(',')).toEqual([...exportColumns]);
  for (const line of lines) {
    const cells = line.replaceAll(/"(?:[^"]|"")*"/g, 'quoted').split(',');
    expect(cells).toHaveLength(exportColumns.length);
  }
});
