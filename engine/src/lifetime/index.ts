export {
  type BoostedLifetime,
  type BoostedLifetimeSettings,
  FEATURES as LIFETIME_FEATURES,
  fitBoostedLifetime,
  forecastBoosted,
  loadBoostedLifetime,
  type NoBoostedLifetime,
  type Snapshot,
  saveBoostedLifetime,
  snapshotAt,
} from './boosted/index.ts';
export * from './choose/index.ts';
export * from './fit/index.ts';
export * from './forecast/index.ts';
export { logLikelihoodAt } from './models/objective.ts';
export type { PurchaseModelName, PurchaseParameters } from './models/parameters.ts';
export * from './orders/index.ts';
export * from './rfm/index.ts';
export { loadLifetime, saveLifetime } from './save.ts';
export * from './spend/index.ts';
