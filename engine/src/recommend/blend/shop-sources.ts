import { checkCount, checkFinite, checkPositive, engineError } from '../../errors/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import {
  collectInteractions,
  type Interactions,
  splitByTime,
  type TasteEvents,
} from '../interactions/index.ts';
import {
  easeTaste,
  fitEase,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  linkTaste,
  popularityTaste,
  rebuyTaste,
} from '../models/index.ts';
import type { BlendSource } from './blend-model.ts';
import { fitTrend, trendTaste } from './trend.ts';

export interface ShopSourceSettings {
  /** With `new`, rebuying is no source. */
  readonly want: 'all' | 'new';
  /** EASE's λ. Default 300. */
  readonly l2?: number;
  /** Items with interactions above which EASE is left out (its time is their cube, its memory their square). Default 6,000. */
  readonly mostItems?: number;
  /** ItemKNN's shrinkage (default 10) and RP3beta's β (default 0.6). */
  readonly shrink?: number;
  readonly beta?: number;
  /** Age after which a past item speaks half as loud in EASE, ItemKNN and RP3beta. Default 90. */
  readonly halfLifeDays?: number;
  /** Windows of the trend (default 14) and of popularity (default 30). */
  readonly trendDays?: number;
  readonly popularDays?: number;
  /** Of EASE. Default 1. */
  readonly threads?: 1 | 2;
}

export interface ShopSourceInput {
  /** All before `nowMs`. */
  readonly events: TasteEvents;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
/** Of an order counted by rebuying: what was bought again and again long ago speaks less. */
const REBUY_DAYS = 120;

/** What the shop sells, for whomever it was bought. */
const withoutOwn = (events: TasteEvents): TasteEvents => {
  const { own: _, ...sold } = events;
  return sold;
};

const countItems = ({ item, items }: Interactions): number => {
  const seen = new Uint8Array(items);
  for (let pair = 0; pair < item.length; pair++) seen[item[pair] as number] = 1;
  return seen.reduce((sum, one) => sum + one, 0);
};

/**
 * The sources that a shop's blend is usually made of, for `fitBlend`: what is bought again (by rate, and by decayed orders), EASE where
 * the catalogue is small enough, ItemKNN, RP3beta, the trend of the last days, recent popularity. Models of taste see “had it or not”
 * with recency, and gifts by their own taste; trend and popularity count what the shop sells, gifts too. Time and memory are EASE's, or else RP3beta's.
 *
 * @throws EngineError `out_of_range`, `cancelled` and those of the models
 * @example
 * fitBlend({
 *   events, nowMs, periods, want: 'all',
 *   fitSources: (events, nowMs, watch) => fitShopSources({ events, nowMs }, { want: 'all' }, watch),
 * });
 */
export const fitShopSources = (
  { events, nowMs }: ShopSourceInput,
  settings: ShopSourceSettings,
  watch?: Watch,
): readonly BlendSource[] => {
  const { want, l2 = 300, shrink = 10, beta = 0.6, threads = 1, mostItems = 6000 } = settings;
  const { halfLifeDays = 90, trendDays = 14, popularDays = 30 } = settings;
  checkFinite('nowMs', nowMs);
  const late = events.atMs.findIndex((atMs) => atMs >= nowMs);
  if (late >= 0)
    throw engineError(
      'out_of_range',
      `event ${late} is not before now: trend and popularity would look ahead`,
      {
        index: late,
      },
    );
  checkCount('mostItems', mostItems);
  checkPositive('trendDays', trendDays);
  const all = collectInteractions(events);
  const pairs = collectInteractions(events, { binary: true });
  const sold = withoutOwn(events);
  const soldPairs = events.own ? collectInteractions(sold) : all;
  const recent = collectInteractions(splitByTime(sold, nowMs - trendDays * DAY_MS).after);
  const taste = { cap: 1, halfLifeDays };
  const sources: BlendSource[] = [];
  if (want === 'all') {
    const rebuy = fitRebuy(all, { nowMs }, watchPart(watch, 0, 0.05));
    sources.push(
      { name: 'rebuy_rate', model: rebuyTaste(rebuy) },
      {
        name: 'rebuy_orders',
        model: rebuyTaste(rebuy, { by: 'orders' }),
        view: { halfLifeDays: REBUY_DAYS },
      },
    );
  }
  if (countItems(pairs) <= mostItems) {
    const ease = fitEase(pairs, { l2, threads, mostItems }, watchPart(watch, 0.05, 0.6));
    sources.push({ name: 'ease', model: easeTaste(ease), view: taste });
  }
  const knn = fitItemKnn(pairs, { shrink }, watchPart(watch, 0.6, 0.8));
  const walk = fitRp3beta(pairs, { beta }, watchPart(watch, 0.8, 1));
  const popular = fitPopularity(soldPairs, { nowMs, windowDays: popularDays });
  sources.push(
    { name: 'item_knn', model: linkTaste(knn), view: taste },
    { name: 'rp3beta', model: linkTaste(walk), view: taste },
    { name: 'trend', model: trendTaste(fitTrend({ all: soldPairs, recent })) },
    { name: 'popularity', model: popularityTaste(popular) },
  );
  return sources;
};
