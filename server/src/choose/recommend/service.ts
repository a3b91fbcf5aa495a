import { createHash } from 'node:crypto';
import {
  ASSUMED_DAYS,
  type BoughtItem,
  isWithinDelay,
  learnRebuyDelays,
  orderPopular,
  type PopularItems,
  rankForPerson,
} from '@mesure/engine/recommend';
import type { EventReader } from '#know/collect';
import type { Clock } from '#platform/clock';
import type { Database, Tx } from '#platform/postgres';
import {
  HALF_LIFE_DAYS,
  type Learned,
  LONG_POPULARITY_DAYS,
  POPULARITY_DAYS,
  presentBasis,
  type RankedProduct,
  type RecommendModel,
  type StoredDelay,
} from './model.ts';
import { type HistoryRow, readHistories, readPopularity, readRebuys } from './orders-read.ts';
import type { CatalogPort, LastPurchases } from './ports.ts';
import { currentModel, popularProducts, storedDelays } from './read.ts';
import { replaceModel } from './store.ts';

export interface RecommendDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly events: EventReader;
  readonly products: CatalogPort;
  readonly purchases: LastPurchases;
}

export interface BrakeQuery {
  readonly profileIds: readonly string[];
  readonly skusByProfile: ReadonlyMap<string, readonly string[]>;
  readonly now: Date;
}

export interface Recommend {
  /** Up to `count` products per person, best first. Learns first when nothing was learned for a day. */
  readonly forProfiles: (
    workspaceId: string,
    profileIds: readonly string[],
    options: { readonly count: number; readonly now: Date },
  ) => Promise<Map<string, RankedProduct[]>>;
  /** Category → days after a purchase during which the same product is not proposed again. */
  readonly rebuyDelays: (tx: Tx) => Promise<ReadonlyMap<string, number>>;
  readonly delays: (tx: Tx) => Promise<StoredDelay[]>;
  readonly model: (tx: Tx) => Promise<RecommendModel | null>;
  /** Learns popularity and delays from the orders known now. */
  readonly refresh: (workspaceId: string) => Promise<RecommendModel>;
  /** Which of these products each person bought too recently; people with none are absent. */
  readonly purchaseBrake: (tx: Tx, query: BrakeQuery) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

const DAY_MS = 86_400_000;
const STALE_MS = DAY_MS;
/** People per read of their orders: bounds memory to a few hundred thousand rows. */
const CHUNK = 5000;
const FEW_PRODUCTS = 20;

interface Knowledge {
  readonly model: RecommendModel;
  readonly popular: PopularItems;
  readonly delayDays: (category: string) => number;
}

const delayLookup = (
  delays: readonly StoredDelay[],
  overall: number | null,
): ((category: string) => number) => {
  const days = new Map(delays.map((delay) => [delay.category, delay.days]));
  return (category) => days.get(category) ?? overall ?? ASSUMED_DAYS;
};

/** Orders as the event store has them, last purchases as PostgreSQL has them: whichever is later counts. */
const boughtItems = (
  history: readonly HistoryRow[],
  last: ReadonlyMap<string, { readonly at: Date; readonly category: string }> | undefined,
): BoughtItem[] => {
  const items = new Map(history.map((row): [string, BoughtItem] => [row.sku, row]));
  for (const [sku, { at, category }] of last ?? []) {
    const known = items.get(sku);
    if (known === undefined) items.set(sku, { sku, category, orders: 1, weight: 1, lastAtMs: at.getTime() });
    else if (known.lastAtMs < at.getTime()) items.set(sku, { ...known, lastAtMs: at.getTime() });
  }
  return [...items.values()];
};

const versionOf = (learned: Omit<Learned, 'model'>, popularityDays: number): string =>
  createHash('sha256')
    .update(JSON.stringify([popularityDays, learned.popular, learned.delays]))
    .digest('hex')
    .slice(0, 16);

export const createRecommend = (deps: RecommendDeps): Recommend => {
  const { database, events } = deps;

  const learnPopularity = async (workspaceId: string, now: Date) => {
    const within = (days: number) =>
      readPopularity(events, workspaceId, { from: new Date(now.getTime() - days * DAY_MS), to: now });
    const popular = await within(POPULARITY_DAYS);
    if (popular.length >= FEW_PRODUCTS) return { popular, days: POPULARITY_DAYS };
    return { popular: await within(LONG_POPULARITY_DAYS), days: LONG_POPULARITY_DAYS };
  };

  const refresh = async (workspaceId: string): Promise<RecommendModel> => {
    const now = deps.clock.now();
    const { popular, days } = await learnPopularity(workspaceId, now);
    const delays = learnRebuyDelays(await readRebuys(events, workspaceId, now));
    const model = {
      version: versionOf({ popular, delays }, days),
      refreshedAt: now,
      popularityDays: days,
      overallDelayDays: delays.overallDays,
    };
    await database.inWorkspace(workspaceId, (tx) => replaceModel(tx, { model, popular, delays }));
    return model;
  };

  const knowledge = async (workspaceId: string): Promise<Knowledge> => {
    const found = await database.inWorkspace(workspaceId, currentModel);
    const stale = !found || Math.abs(deps.clock.now().getTime() - found.refreshedAt.getTime()) > STALE_MS;
    if (stale) await refresh(workspaceId);
    return database.inWorkspace(workspaceId, async (tx) => {
      const model = (await currentModel(tx)) as RecommendModel;
      return {
        model,
        popular: orderPopular(await popularProducts(tx)),
        delayDays: delayLookup(await storedDelays(tx), model.overallDelayDays),
      };
    });
  };

  const allowedSkus = async (tx: Tx, skus: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
    const products = await deps.products.bySku(tx, [...skus]);
    return new Set(
      [...products].filter(([, product]) => product.available && !product.sensitive).map(([sku]) => sku),
    );
  };

  const rankChunk = async (
    workspaceId: string,
    profileIds: readonly string[],
    context: { readonly known: Knowledge; readonly count: number; readonly now: Date },
  ): Promise<[string, RankedProduct[]][]> => {
    const { known, count, now } = context;
    const histories = Map.groupBy(
      await readHistories(events, workspaceId, { profileIds, now, halfLifeDays: HALF_LIFE_DAYS }),
      (row) => row.profileId,
    );
    return database.inWorkspace(workspaceId, async (tx) => {
      const last = await deps.purchases.last(tx, profileIds);
      const bought = new Map(
        profileIds.map((id) => [id, boughtItems(histories.get(id) ?? [], last.get(id))]),
      );
      const skus = new Set(known.popular.overall.map((item) => item.sku));
      for (const items of bought.values()) for (const item of items) skus.add(item.sku);
      const allowed = await allowedSkus(tx, skus);
      return profileIds.map((id): [string, RankedProduct[]] => {
        const ranked = rankForPerson({
          bought: bought.get(id) ?? [],
          popular: known.popular,
          delayDays: known.delayDays,
          allowed: (sku) => allowed.has(sku),
          nowMs: now.getTime(),
          count,
        });
        return [
          id,
          ranked.map((item) => ({
            sku: item.sku,
            score: item.score,
            reason: item.reason,
            basis: presentBasis(item, known.model.popularityDays),
          })),
        ];
      });
    });
  };

  return {
    forProfiles: async (workspaceId, profileIds, { count, now }) => {
      const known = await knowledge(workspaceId);
      const all = new Map<string, RankedProduct[]>();
      for (let from = 0; from < profileIds.length; from += CHUNK) {
        const chunk = profileIds.slice(from, from + CHUNK);
        for (const [id, ranked] of await rankChunk(workspaceId, chunk, { known, count, now }))
          all.set(id, ranked);
      }
      return all;
    },
    rebuyDelays: async (tx) => new Map((await storedDelays(tx)).map((delay) => [delay.category, delay.days])),
    delays: storedDelays,
    model: async (tx) => (await currentModel(tx)) ?? null,
    refresh,
    purchaseBrake: async (tx, { profileIds, skusByProfile, now }) => {
      const delayDays = delayLookup(
        await storedDelays(tx),
        (await currentModel(tx))?.overallDelayDays ?? null,
      );
      const last = await deps.purchases.last(tx, profileIds);
      const excluded = new Map<string, ReadonlySet<string>>();
      for (const id of profileIds) {
        const bought = last.get(id);
        const braked = (skusByProfile.get(id) ?? []).filter((sku) => {
          const purchase = bought?.get(sku);
          return (
            purchase !== undefined &&
            isWithinDelay(purchase.at.getTime(), delayDays(purchase.category), now.getTime())
          );
        });
        if (braked.length > 0) excluded.set(id, new Set(braked));
      }
      return excluded;
    },
  };
};
