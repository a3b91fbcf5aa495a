import type { Client, Upload } from '@mesure/contract/client';
import { type ImportDetail, type ImportMappingChange, importsRoutes } from '@mesure/contract/imports';
import { createRandom } from '@mesure/engine/random';
import { createShop, exportOrders, type SampleShop } from '@mesure/sample';
import { until } from './until.ts';

const told = { text: 'checkout form, version 3' };

/** What the columns of the shop's export mean, where consent is concerned. */
export const consentMapping: ImportMappingChange = {
  consents: [
    {
      purpose: 'prospecting',
      column: 'Newsletter consent',
      source: { column: 'Newsletter consent source' },
      dateColumn: 'Newsletter consent date',
      wording: 'Recevoir nos offres par e-mail',
    },
    {
      purpose: 'click_tracking',
      column: 'Click tracking consent',
      source: told,
      dateColumn: 'Newsletter consent date',
    },
    {
      purpose: 'personalisation',
      column: 'Personalisation consent',
      source: told,
      dateColumn: 'Newsletter consent date',
    },
  ],
};

export interface ShopFile {
  readonly shop: SampleShop;
  readonly csv: string;
}

export const shopFile = (customers: number, seed = 11): ShopFile => {
  const shop = createShop({ seed, customers, products: 60, now: new Date(), months: 6 });
  return { shop, csv: [...exportOrders(createRandom(seed, 'export'), shop.orders)].join('') };
};

export const openImport = async (
  client: Client,
  content: Upload,
  name = 'orders.csv',
): Promise<ImportDetail> => {
  const { id } = await client.call(importsRoutes.createImport);
  return client.call(importsRoutes.addImportFile, { params: { id, name }, body: content });
};

const settled = ['committed', 'failed', 'cancelled'];

export const untilSettled = (client: Client, id: string): Promise<ImportDetail> =>
  until('the import ends', async () => {
    const detail = await client.call(importsRoutes.getImport, { params: { id } });
    return settled.includes(detail.state) ? detail : undefined;
  });

export const importShop = async (client: Client, { csv }: ShopFile): Promise<ImportDetail> => {
  const { id } = await openImport(client, csv);
  await client.call(importsRoutes.correctImportMapping, { params: { id }, body: consentMapping });
  await client.call(importsRoutes.startImport, { params: { id } });
  const done = await untilSettled(client, id);
  if (done.state !== 'committed') throw new Error(`The import ended as ${done.state}: ${done.failure}`);
  return done;
};
