import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { catalogRoutes, type ProductBody } from '@mesure/contract/catalog';
import { profilesRoutes } from '@mesure/contract/profiles';
import { recommendRoutes } from '@mesure/contract/recommend';
import { createRandom } from '@mesure/engine/random';
import { strangerOf } from '../answers/answerer.ts';
import type { Answerer } from '../answers/answers.ts';
import type { Deed } from './answering.ts';
import { playCampaignWeek } from './campaign-week.ts';
import type { CampaignPlan } from './first-campaign.ts';
import { importOrders } from './import-orders.ts';
import { WrongOptions } from './options.ts';
import type { Stage } from './stage.ts';
import type { Summary } from './summary.ts';

const dayMs = 86_400_000;

const plan: CampaignPlan = {
  name: 'Your customers, simulated answers',
  segment: { name: 'Everybody with an order', rule: { kind: 'event', did: true, name: 'order_completed' } },
  language: 'en',
  subjects: [
    { key: 'A', subject: 'Three ideas for you' },
    { key: 'B', subject: 'What you may need again' },
  ],
  holdoutShare: 0.25,
};

/** A Tuesday's ten o'clock is kept: the day after the last order, at the hour at which the sample shop opens. */
const dayAfter = (lastOrder: string): Date =>
  new Date(Math.floor(Date.parse(lastOrder) / dayMs) * dayMs + dayMs + 9 * 3_600_000);

const everybody = async (stage: Stage): Promise<ReadonlyMap<string, Answerer>> => {
  const people = new Map<string, Answerer>();
  let after: string | undefined;
  do {
    const page = await stage.team.marketer.call(profilesRoutes.listProfiles, {
      query: { limit: 200, ...(after === undefined ? {} : { after }) },
    });
    for (const { id, email, externalId } of page.items) {
      if (email) people.set(email.toLowerCase(), { ...strangerOf(stage.seed, id), id: externalId ?? id });
    }
    after = page.next;
  } while (after !== undefined);
  return people;
};

const simulatedExport = (
  stage: Stage,
  deeds: readonly Deed[],
  shelf: readonly {
    readonly sku: string;
    readonly name: string;
    readonly unitPrice: string;
    readonly currency: string;
  }[],
): string => {
  const random = createRandom(stage.seed, 'simulated orders');
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = deeds.map(({ at, reader }, index) => {
    const { sku, name, unitPrice, currency } = random.choice(shelf);
    return [
      `SIM${index + 1}`,
      at.toISOString(),
      reader.person.id,
      sku,
      quote(name),
      '1',
      unitPrice,
      currency,
    ].join(',');
  });
  return ['Order ID,Order date,Customer ID,SKU,Product name,Quantity,Unit price,Currency', ...lines, ''].join(
    '\n',
  );
};

/** Orders say nothing of product pages: links to a shop that does not exist, so that readers have something to click on. */
const giveAddresses = async ({ team }: Stage): Promise<readonly ProductBody[]> => {
  const products: ProductBody[] = [];
  let after: string | undefined;
  do {
    const page = await team.marketer.call(catalogRoutes.listProducts, {
      query: { limit: 500, ...(after === undefined ? {} : { after }) },
    });
    products.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  const items = products.map(({ sku }) => ({
    sku,
    url: `https://simulated-shop.example/produits/${encodeURIComponent(sku.toLowerCase())}`,
  }));
  if (items.length > 0) await team.marketer.call(catalogRoutes.saveProducts, { body: { items } });
  return products;
};

/** The same loop on real orders. Addresses and consents are made up and labelled simulated; nothing can leave this machine. */
export const runRealOrders = async (stage: Stage, files: readonly string[]): Promise<Summary | undefined> => {
  const { team, phases, clock } = stage;
  const before = await team.marketer.call(campaignRoutes.listCampaigns, { query: { limit: 1 } });
  if (before.items.length > 0) return undefined;
  const report = await phases.run('Importing your orders', async (say) => {
    const upload = files.map((path) => ({ name: basename(path), content: createReadStream(path) }));
    const simulation = {
      addresses: true,
      consentShare: 0.7,
      purposes: ['prospecting', 'click_tracking', 'personalisation'],
    };
    const done = await importOrders(team.marketer, upload, {
      mapping: { simulation },
      onProgress: (lines) => say(`${lines} lines`),
    });
    say(`${done.report?.linesIn ?? 0} lines, ${done.report?.linesSetAside ?? 0} set aside`);
    return done.report;
  });
  if (!report?.lastOrderAt)
    throw new WrongOptions('There is no order in these files: give others with --orders.');
  clock.set(dayAfter(report.lastOrderAt));
  const shelf = await phases.run('Learning what people buy again', async () => {
    await team.marketer.call(recommendRoutes.refreshRecommendations);
    return giveAddresses(stage);
  });
  return playCampaignWeek(stage, {
    plan,
    people: await everybody(stage),
    categoryOf: () => undefined,
    takeOrders: async (deeds) => {
      if (deeds.length === 0 || shelf.length === 0) return;
      await importOrders(
        team.marketer,
        [{ name: 'simulated-week.csv', content: simulatedExport(stage, deeds, shelf) }],
        { mapping: {} },
      );
    },
  });
};
