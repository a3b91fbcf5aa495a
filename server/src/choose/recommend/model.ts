import type { LearnedDelays, RankedItem, RebuyDelay } from '@mesure/engine/recommend';

export interface RankedProduct {
  readonly sku: string;
  /** Compares products of one person's list only. */
  readonly score: number;
  readonly reason: RankedItem['reason'];
  /** What the reason rests on, as recorded: counts, days, an ISO instant, a category. */
  readonly basis: Readonly<Record<string, string | number>>;
}

/** Where the knowledge comes from. */
export interface RecommendModel {
  readonly version: string;
  readonly refreshedAt: Date;
  readonly popularityDays: number;
  readonly overallDelayDays: number | null;
}

/** Everything that one refresh learns. */
export interface Learned {
  readonly model: RecommendModel;
  readonly popular: readonly { readonly sku: string; readonly category: string; readonly people: number }[];
  readonly delays: LearnedDelays;
}

export type StoredDelay = RebuyDelay;

/** An old order counts half as much after this long: a convention, to be measured against others later. */
export const HALF_LIFE_DAYS = 180;
/** Wide enough for a small shop's catalogue, narrow enough to follow a season. */
export const POPULARITY_DAYS = 90;
/** Used when hardly anything was bought within POPULARITY_DAYS. */
export const LONG_POPULARITY_DAYS = 365;
/** A pair counts for "rarely bought again" once it was seen for this long. */
export const OBSERVED_DAYS = 180;
/** Popular products that can be proposed, overall and per category. */
export const KEPT_OVERALL = 200;
export const KEPT_PER_CATEGORY = 60;

export const presentBasis = (item: RankedItem, popularityDays: number): RankedProduct['basis'] => {
  switch (item.reason) {
    case 'rebuy':
      return {
        orders: item.basis.orders,
        lastAt: new Date(item.basis.lastAtMs).toISOString(),
        delayDays: item.basis.delayDays,
      };
    case 'popular_in_category':
      return { category: item.basis.category, people: item.basis.people, windowDays: popularityDays };
    case 'popular':
      return { people: item.basis.people, windowDays: popularityDays };
  }
};
