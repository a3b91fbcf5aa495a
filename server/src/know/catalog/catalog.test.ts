import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { onePerSku, shortDecimal } from './product.ts';
import { createProducts, type Products } from './service.ts';

let stores: TestStores;
let products: Products;
const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

beforeAll(async () => {
  stores = await createTestStores();
  products = createProducts(stores);
});
afterAll(() => stores.close());

it('keeps prices below a minor unit exact', async () => {
  await inWorkspace((tx) =>
    products.upsert(tx, [
      { sku: 'screw', name: 'Vis', unitPrice: '0.055', currency: 'EUR', category: 'Outils' },
      { sku: 'nail', name: 'Clou', unitPrice: '123456789012.123456', currency: 'GBP' },
    ]),
  );
  const found = await inWorkspace((tx) => products.bySku(tx, ['screw', 'nail', 'none']));
  expect([...found.values()].map(({ sku, unitPrice }) => `${sku} ${unitPrice}`).sort()).toEqual([
    'nail 123456789012.123456',
    'screw 0.055',
  ]);
});

it('completes what exists and never forgets what is known', async () => {
  const { created } = await inWorkspace((tx) =>
    products.upsert(
      tx,
      [{ sku: 'screw', sensitive: true }, { sku: 'screw', name: '', available: false }, { sku: 'bolt' }],
      { currency: 'CHF' },
    ),
  );
  expect(created).toBe(1);
  const found = await inWorkspace((tx) => products.bySku(tx, ['screw', 'bolt']));
  expect(found.get('screw')).toMatchObject({
    name: 'Vis',
    unitPrice: '0.055',
    category: 'Outils',
    sensitive: true,
    available: false,
  });
  expect(found.get('bolt')).toMatchObject({ name: 'bolt', unitPrice: '0', currency: 'CHF', available: true });
});

it('lists by SKU, by category, by the beginning of a name', async () => {
  const list = async (query: object) =>
    (await inWorkspace((tx) => products.list(tx, { limit: 2, ...query }))).map(({ sku }) => sku);
  expect(await list({})).toEqual(['bolt', 'nail']);
  expect(await list({ after: 'nail' })).toEqual(['screw']);
  expect(await list({ category: 'Outils' })).toEqual(['screw']);
  expect(await list({ text: 'CLO' })).toEqual(['nail']);
  expect(await stores.database.inWorkspace(stores.otherWorkspaceId, products.count)).toBe(0);
});

it('merges rows about one SKU and shortens decimals', () => {
  expect(
    onePerSku([
      { sku: 'a', name: 'A', url: null },
      { sku: 'a', name: null, category: 'c' },
    ]),
  ).toEqual([{ sku: 'a', name: 'A', category: 'c' }]);
  expect(['2.550000', '2.000000', '100', '0.000000'].map(shortDecimal)).toEqual(['2.55', '2', '100', '0']);
});
