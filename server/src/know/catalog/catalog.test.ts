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

it('lists by SKU, by category, by the beginning of a name or SKU', async () => {
  const list = async (query: object) =>
    (await inWorkspace((tx) => products.list(tx, { limit: 2, ...query }))).items.map(({ sku }) => sku);
  const { next } = await inWorkspace((tx) => products.list(tx, { limit: 2 }));
  expect(await list({})).toEqual(['bolt', 'nail']);
  expect(await list({ after: next })).toEqual(['screw']);
  expect(await list({ category: 'Outils' })).toEqual(['screw']);
  expect(await list({ text: 'CLO' })).toEqual(['nail']);
  expect(await list({ text: 'SCR' })).toEqual(['screw']);
  expect(await list({ text: "%'_" })).toEqual([]);
  expect(await stores.database.inWorkspace(stores.otherWorkspaceId, (tx) => products.count(tx))).toBe(0);
});

it('sorts, filters and counts, each page once', async () => {
  await inWorkspace((tx) =>
    products.upsert(
      tx,
      Array.from({ length: 25 }, (_, index) => ({
        sku: `T-${index}`,
        name: index % 2 === 0 ? 'Thé d’hiver' : 'Thé',
        category: 'Thés',
        unitPrice: `${index % 5}.5`,
        sensitive: index % 3 === 0,
      })),
    ),
  );
  for (const sort of ['sku', 'sku_desc', 'name', 'name_desc', 'price', 'price_desc', 'newest'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await inWorkspace((tx) => products.list(tx, { limit: 7, sort, after, category: 'Thés' }));
      seen.push(...page.items.map(({ sku }) => sku));
      after = page.next;
    } while (after !== undefined);
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
  }
  const count = (filter: object) => inWorkspace((tx) => products.count(tx, filter));
  expect(await count({ text: 'the dhiv' })).toBe(13);
  expect(await count({ category: 'Thés', sensitive: true })).toBe(9);
  expect(await count({ category: 'Thés', minPrice: '1.5', maxPrice: '2.5', currency: 'EUR' })).toBe(10);
  expect(await inWorkspace(products.categories)).toEqual([
    { category: '', products: 2, available: 2, sensitive: 0 },
    { category: 'Outils', products: 1, available: 0, sensitive: 1 },
    { category: 'Thés', products: 25, available: 25, sensitive: 9 },
  ]);
  await expect(
    inWorkspace((tx) => products.list(tx, { limit: 2, sort: 'price', after: 'x' })),
  ).rejects.toMatchObject({ code: 'invalid_request' });
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
