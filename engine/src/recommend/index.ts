export * from './blend/index.ts';
export * from './evaluate/index.ts';
export * from './filters/index.ts';
export * from './gift/index.ts';
export * from './interactions/index.ts';
export * from './models/index.ts';
export { collectPurchases, type Decay, type PurchaseLines, type Purchases, popularity } from './purchases.ts';
export {
  type BoughtItem,
  isWithinDelay,
  orderPopular,
  type PopularItem,
  type PopularItems,
  type RankedItem,
  type RankInput,
  rankForPerson,
} from './rank.ts';
export { rebuyScore, rebuyScores, topItems } from './rebuy.ts';
export {
  ASSUMED_DAYS,
  type CategoryRebuys,
  gapQuantile,
  type LearnedDelays,
  learnRebuyDelays,
  MINIMUM_GAPS,
  RARE_DAYS,
  RARE_SHARE,
  type RebuyDelay,
} from './rebuy-delay.ts';
export * from './rerank/index.ts';
