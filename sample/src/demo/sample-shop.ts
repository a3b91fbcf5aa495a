import { campaignRoutes } from '@mesure/contract/campaigns';
import { catalogRoutes } from '@mesure/contract/catalog';
import { recommendRoutes } from '@mesure/contract/recommend';
import { createRandom } from '@mesure/engine/random';
import { answererOf } from '../answers/answerer.ts';
import { drawOrder, type Order } from '../shop/orders.ts';
import { createShop, type SampleShop } from '../shop/shop.ts';
import type { Deed } from './answering.ts';
import { playCampaignWeek } from './campaign-week.ts';
import { demoStart } from './demo-clock.ts';
import type { CampaignPlan } from './first-campaign.ts';
import { importOrders } from './import-orders.ts';
import type { DemoOptions } from './options.ts';
import { exportStream, shopMapping } from './shop-export.ts';
import type { Stage } from './stage.ts';
import type { Summary } from './summary.ts';

const plan: CampaignPlan = {
  name: 'Les incontournables du printemps',
  segment: {
    name: 'Clients francophones, hors achats de la semaine',
    rule: {
      kind: 'all',
      rules: [
        { kind: 'field', field: 'language', test: { operator: 'equals', value: 'fr' } },
        { kind: 'event', did: true, name: 'order_completed' },
        {
          kind: 'event',
          did: false,
          name: 'order_completed',
          window: { kind: 'last', amount: 3, unit: 'days' },
        },
      ],
    },
  },
  language: 'fr',
  subjects: [
    { key: 'A', subject: 'Trois idées pour votre printemps' },
    { key: 'B', subject: 'Ce que vous pourriez reprendre ce printemps' },
  ],
  holdoutShare: 0.25,
};

const address = (sku: string): string => `https://maison-alba.example/produits/${sku.toLowerCase()}`;

/** What an export of orders does not say: addresses of product pages, and which shelves are never to be used. */
const sendCatalogue = async (stage: Stage, shop: SampleShop): Promise<void> => {
  await stage.team.marketer.call(catalogRoutes.saveProducts, {
    body: {
      items: shop.products.map(({ sku, name, category, priceCents }) => ({
        sku,
        name: name.fr,
        category: category.key,
        unitPrice: (priceCents / 100).toFixed(2),
        currency: 'EUR',
        url: address(sku),
        imageUrl: null,
        sensitive: category.sensitive,
        available: true,
      })),
    },
  });
};

const weekOrders = (stage: Stage, shop: SampleShop, deeds: readonly Deed[]): readonly Order[] => {
  const random = createRandom(stage.seed, 'week');
  const byId = new Map(shop.customers.map((customer) => [customer.id, customer]));
  return deeds.flatMap(({ at, reader }, index) => {
    const customer = byId.get(reader.person.id);
    if (!customer) return [];
    const order = drawOrder({
      random,
      customer,
      at,
      shelves: shop.shelves,
      habits: [],
      id: `B${200_001 + index}`,
    });
    return { ...order, status: 'paid' as const };
  });
};

/** The same shop at every start of the same demo. */
export const sampleShop = ({ seed, customers }: Pick<DemoOptions, 'seed' | 'customers'>): SampleShop =>
  createShop({ seed, customers, products: 400, now: demoStart, months: 18 });

/** The sample shop from its export to the report. Undefined when an earlier start has done it already. */
export const runSampleShop = async (stage: Stage, options: DemoOptions): Promise<Summary | undefined> => {
  const { team, phases } = stage;
  const before = await team.marketer.call(campaignRoutes.listCampaigns, { query: { limit: 1 } });
  if (before.items.length > 0) return undefined;
  const shop = await phases.run('Making up a shop', async (report) => {
    const made = sampleShop(options);
    report(`${made.customers.length} customers, ${made.orders.length} orders`);
    return made;
  });
  await phases.run('Importing eighteen months of orders', async (report) => {
    const file = { name: 'maison-alba.csv', content: exportStream(options.seed, shop.orders) };
    const done = await importOrders(team.marketer, [file], {
      mapping: shopMapping,
      onProgress: (lines) => report(`${lines} lines`),
    });
    report(`${done.report?.linesIn ?? 0} lines, ${done.report?.linesSetAside ?? 0} set aside`);
  });
  await phases.run('Learning what people buy again', async () => {
    await sendCatalogue(stage, shop);
    await team.marketer.call(recommendRoutes.refreshRecommendations);
  });
  const categories = new Map(shop.products.map(({ sku, category }) => [sku, category.key]));
  return playCampaignWeek(stage, {
    plan,
    people: new Map(shop.customers.map((customer) => [customer.email, answererOf(customer)])),
    categoryOf: (sku) => categories.get(sku),
    takeOrders: async (deeds) => {
      const orders = weekOrders(stage, shop, deeds);
      if (orders.length > 0) {
        await importOrders(
          team.marketer,
          [{ name: 'maison-alba-week.csv', content: exportStream(options.seed, orders) }],
          { mapping: shopMapping },
        );
      }
    },
  });
};
