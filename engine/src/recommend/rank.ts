import { rebuyScore } from './rebuy.ts';

/** One item a person bought. */
export interface BoughtItem {
  readonly sku: string;
  /** Empty when unknown: then it says nothing about taste. */
  readonly category: string;
  /** Distinct orders. */
  readonly orders: number;
  /** The same, older orders counting less (see `Decay`); equal to `orders` without decay. */
  readonly weight: number;
  readonly lastAtMs: number;
}

export interface PopularItem {
  readonly sku: string;
  readonly category: string;
  /** Distinct buyers in the window. */
  readonly people: number;
}

/** Made once for many people. */
export interface PopularItems {
  /** Best first. */
  readonly overall: readonly PopularItem[];
  /** Best first within each category. */
  readonly byCategory: ReadonlyMap<string, readonly PopularItem[]>;
  readonly mostPeople: number;
  readonly peopleBySku: ReadonlyMap<string, number>;
}

export type RankedItem =
  | {
      readonly sku: string;
      readonly score: number;
      readonly reason: 'rebuy';
      readonly basis: { readonly orders: number; readonly lastAtMs: number; readonly delayDays: number };
    }
  | {
      readonly sku: string;
      readonly score: number;
      readonly reason: 'popular_in_category';
      readonly basis: { readonly category: string; readonly people: number };
    }
  | {
      readonly sku: string;
      readonly score: number;
      readonly reason: 'popular';
      readonly basis: { readonly people: number };
    };

export interface RankInput {
  readonly bought: readonly BoughtItem[];
  readonly popular: PopularItems;
  /** Days during which a bought item of this category stays excluded. */
  readonly delayDays: (category: string) => number;
  /** May this item be proposed at all: known, available, not sensitive. */
  readonly allowed: (sku: string) => boolean;
  readonly nowMs: number;
  readonly count: number;
}

const DAY_MS = 86_400_000;

/** Whether an item bought at `lastAtMs` is still within its delay. A purchase in the future of `nowMs` counts as now. */
export const isWithinDelay = (lastAtMs: number, delayDays: number, nowMs: number): boolean =>
  nowMs < lastAtMs + delayDays * DAY_MS;

const bySkuWhenEqual = (left: { readonly sku: string }, right: { readonly sku: string }): number =>
  left.sku < right.sku ? -1 : left.sku > right.sku ? 1 : 0;

/** Orders popular items: buyers descending, then sku, so that the order never depends on where they come from. */
export const orderPopular = (items: Iterable<PopularItem>): PopularItems => {
  const overall = [...items].sort((a, b) => b.people - a.people || bySkuWhenEqual(a, b));
  const byCategory = new Map<string, PopularItem[]>();
  for (const item of overall) {
    if (item.category === '') continue;
    const list = byCategory.get(item.category);
    if (list) list.push(item);
    else byCategory.set(item.category, [item]);
  }
  return {
    overall,
    byCategory,
    mostPeople: Math.max(1, overall[0]?.people ?? 0),
    peopleBySku: new Map(overall.map((item) => [item.sku, item.people])),
  };
};

const categoriesByWeight = (bought: readonly BoughtItem[]): Map<string, number> => {
  const weights = new Map<string, number>();
  let total = 0;
  for (const { category, weight } of bought) {
    if (category === '') continue;
    weights.set(category, (weights.get(category) ?? 0) + weight);
    total += weight;
  }
  for (const [category, weight] of weights) weights.set(category, total > 0 ? weight / total : 0);
  return weights;
};

/**
 * What to propose to one person: what they buy again and again and is due, then what is popular in the categories they
 * buy from, then what is popular at all. Scores of the three layers never mix: rebuy > 1, category in (0, 1], popular in
 * (-1, 0], so that the list is sorted by score. An item already bought is proposed as a rebuy or not at all.
 */
export const rankForPerson = (input: RankInput): RankedItem[] => {
  const { bought, popular, nowMs, count } = input;
  const known = new Set(bought.map((item) => item.sku));
  const share = (sku: string): number => (popular.peopleBySku.get(sku) ?? 0) / popular.mostPeople;

  const rebuys: RankedItem[] = [];
  for (const { sku, category, orders, weight, lastAtMs } of bought) {
    const delayDays = input.delayDays(category);
    if (isWithinDelay(lastAtMs, delayDays, nowMs) || !input.allowed(sku)) continue;
    rebuys.push({
      sku,
      score: 1 + rebuyScore(weight, share(sku)),
      reason: 'rebuy',
      basis: { orders, lastAtMs, delayDays },
    });
  }
  rebuys.sort((a, b) => b.score - a.score || bySkuWhenEqual(a, b));
  if (rebuys.length >= count) return rebuys.slice(0, count);

  const ofCategories: RankedItem[] = [];
  for (const [category, weight] of categoriesByWeight(bought)) {
    let taken = 0;
    for (const item of popular.byCategory.get(category) ?? []) {
      if (taken === count) break;
      if (known.has(item.sku) || !input.allowed(item.sku)) continue;
      taken += 1;
      const score = weight * (item.people / popular.mostPeople);
      ofCategories.push({
        sku: item.sku,
        score,
        reason: 'popular_in_category',
        basis: { category, people: item.people },
      });
    }
  }
  ofCategories.sort((a, b) => b.score - a.score || bySkuWhenEqual(a, b));

  const ranked = [...rebuys, ...ofCategories].slice(0, count);
  for (const { sku } of ranked) known.add(sku);
  for (const item of popular.overall) {
    if (ranked.length === count) break;
    if (known.has(item.sku) || !input.allowed(item.sku)) continue;
    ranked.push({
      sku: item.sku,
      score: item.people / popular.mostPeople - 1,
      reason: 'popular',
      basis: { people: item.people },
    });
  }
  return ranked;
};
