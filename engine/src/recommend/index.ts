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
