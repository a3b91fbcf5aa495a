export {
  type BoostedLifetime,
  type BoostedLifetimeSettings,
  fitBoostedLifetime,
  forecastBoosted,
  type NoBoostedLifetime,
} from './fit.ts';
export { loadBoostedLifetime, saveBoostedLifetime } from './save.ts';
export { FEATURES, type Snapshot, snapshotAt } from './snapshot.ts';
