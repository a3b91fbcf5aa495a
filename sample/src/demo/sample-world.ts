import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { ApiError, type Client } from '@mesure/contract/client';
import { importsRoutes } from '@mesure/contract/imports';
import { settingsRoutes } from '@mesure/contract/settings';
import { createRandom } from '@mesure/engine/random';
import type { RunningServer } from '@mesure/server';
import { answererOf } from '../answers/answerer.ts';
import { type Act, type Arrived, createLife } from '../answers/life.ts';
import { drawOrder, type Order } from '../shop/orders.ts';
import type { SampleShop } from '../shop/shop.ts';
import { follow, unsubscribe } from './answer-over-http.ts';
import type { ReceivedMail } from './answering.ts';
import type { Credential } from './credentials.ts';
import type { DemoClock } from './demo-clock.ts';
import { readProgress } from './first-campaign.ts';
import { importOrders } from './import-orders.ts';
import { asReceived } from './mailboxes.ts';
import { sampleShop } from './sample-shop.ts';
import { savedFile, saveFile } from './saved-file.ts';
import { exportStream, shopMapping } from './shop-export.ts';
import { signIn } from './sign-in.ts';
import type { World } from './time-machine.ts';

/** Where the life of the shop's customers stands: kept in a file, so that it goes on after a restart. */
interface Standing {
  readonly start: string;
  readonly livedUntil: string;
  readonly orderedUntil: string;
  readonly seed: number;
  readonly customers: number;
}

export interface SampleWorldDeps {
  readonly server: RunningServer;
  readonly clock: DemoClock;
  readonly workspaceId: string;
  readonly dataFolder: string;
  readonly marketer: Credential;
  readonly seed: number;
  readonly customers: number;
}

type ArrivedMail = Arrived & { readonly received: ReceivedMail };

const weekMs = 7 * 86_400_000;
const dayMs = 86_400_000;
const longestWaitMs = 60_000;

/** Until the campaigns on their way have nothing more to send at this hour; what does not go on is left alone. */
const untilSent = async (client: Client, signal: AbortSignal): Promise<void> => {
  const { items } = await client.call(campaignRoutes.listCampaigns, {
    query: { state: 'sending', limit: 50 },
  });
  const giveUpMs = performance.now() + longestWaitMs;
  for (const { id } of items) {
    while (!signal.aborted && performance.now() < giveUpMs) {
      const { counts, state, trouble } = await readProgress(client, id);
      const onTheWay = (counts.queued ?? 0) + (counts.claimed ?? 0) + (counts.attempting ?? 0);
      if (onTheWay === 0 || trouble || state !== 'sending') break;
      await wait(50);
    }
  }
};

const importIsRunning = async (client: Client): Promise<boolean> => {
  const { items } = await client.call(importsRoutes.listImports, { query: { limit: 20 } });
  return items.some(({ state }) => state === 'running' || state === 'undoing');
};

const orderOf = (shop: SampleShop, { seed, act }: { seed: number; act: Act }): Order | undefined => {
  const customer = shop.customers.find(({ id }) => id === act.person.id);
  if (!customer) return undefined;
  const id = `L${customer.id}-${act.at.getTime().toString(36)}`;
  const random = createRandom(seed, `order/${id}`);
  return {
    ...drawOrder({ random, customer, at: act.at, shelves: shop.shelves, habits: [], id }),
    status: 'paid',
  };
};

/** The sample shop's customers, who go on living after the first campaign: they read, click, leave and order. */
export const createSampleWorld = (deps: SampleWorldDeps): World => {
  const { server, clock } = deps;
  const file = join(deps.dataFolder, 'demo-life.json');
  const now = clock.now().toISOString();
  const saved = savedFile(file);
  let standing: Standing = saved
    ? (JSON.parse(saved) as Standing)
    : { start: now, livedUntil: now, orderedUntil: now, seed: deps.seed, customers: deps.customers };
  const save = (change: Partial<Standing>): void => {
    standing = { ...standing, ...change };
    saveFile(file, JSON.stringify(standing));
  };
  save({});

  const { seed } = standing;
  const start = new Date(standing.start);
  // Made when time is moved for the first time: a start of the server does not wait for it.
  let made: ReturnType<typeof make> | undefined;
  const make = () => {
    const shop = sampleShop(standing);
    const people = shop.customers.map(answererOf);
    const categories = new Map(shop.products.map(({ sku, category }) => [sku, category.key]));
    return {
      shop,
      byEmail: new Map(shop.customers.map(({ email }, index) => [email.toLowerCase(), people[index]])),
      categoryOf: (sku: string) => categories.get(sku),
      life: createLife({ seed, people, start }),
    };
  };
  const world = () => {
    made ??= make();
    return made;
  };

  let session: Client | undefined;
  /** A demo may stay open for days: the session of the shop's own program is renewed. */
  const marketer = async (): Promise<Client> => {
    try {
      await session?.call(settingsRoutes.readSettings);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
      session = undefined;
    }
    session ??= await signIn(server.url, deps.marketer);
    return session;
  };

  let mails: readonly ArrivedMail[] = [];
  let newest: string | undefined;
  /** Messages whose week is not over, each once. */
  const readMails = async (): Promise<void> => {
    const { byEmail, categoryOf } = world();
    const since = new Date(Math.max(start.getTime(), new Date(standing.orderedUntil).getTime() - weekMs));
    const fresh: ArrivedMail[] = [];
    for (;;) {
      const page = (await server.catcher?.messages(deps.workspaceId, { since: newest, limit: 500 })) ?? [];
      for (const mail of page) {
        newest = mail.id;
        const person = byEmail.get(mail.to.toLowerCase());
        if (!person || mail.at < since) continue;
        const received = asReceived(mail, categoryOf);
        fresh.push({ id: mail.id, person, mail: received, at: mail.at, received });
      }
      if (page.length < 500) break;
    }
    mails = [...mails, ...fresh].filter(({ at }) => at >= since);
  };

  const act = async ({ kind, arrived }: Act): Promise<'clicks' | 'unsubscribes' | null> => {
    const received = mails.find(({ id }) => id === arrived?.id)?.received;
    if (kind === 'click' && received?.productLinks[0]) {
      await follow(received.productLinks[0]);
      return 'clicks';
    }
    if (kind === 'unsubscribe' && received?.unsubscribeLink) {
      await unsubscribe(received);
      return 'unsubscribes';
    }
    return null;
  };

  /** The shop's export of what was ordered since the last one. */
  const sendOrders = async (): Promise<number> => {
    const until = clock.now();
    const { life, shop } = world();
    const orders = life
      .between({ from: new Date(standing.orderedUntil), until }, mails)
      .filter(({ kind }) => kind === 'order')
      .flatMap((deed) => orderOf(shop, { seed, act: deed }) ?? []);
    if (orders.length > 0) {
      const client = await marketer();
      // One import at a time: these orders wait for the next file.
      if (await importIsRunning(client)) return 0;
      const name = `maison-alba-${until.toISOString().slice(0, 16).replaceAll(':', '')}.csv`;
      await importOrders(client, [{ name, content: exportStream(seed, orders) }], {
        mapping: shopMapping,
      });
      server.wake();
    }
    save({ orderedUntil: until.toISOString() });
    return orders.length;
  };

  return {
    live: async (count, signal) => {
      server.wake();
      await untilSent(await marketer(), signal);
      await readMails();
      const span = { from: new Date(standing.livedUntil), until: clock.now() };
      for (const deed of world().life.between(span, mails)) {
        // What is not done yet is done when time moves on.
        if (signal.aborted) return;
        const done = await act(deed);
        if (done) count(done);
        save({ livedUntil: deed.at.toISOString() });
      }
      save({ livedUntil: span.until.toISOString() });
      if (clock.now().getTime() - new Date(standing.orderedUntil).getTime() >= dayMs) {
        count('orders', await sendOrders());
      }
    },
    settle: async (count) => count('orders', await sendOrders()),
  };
};
