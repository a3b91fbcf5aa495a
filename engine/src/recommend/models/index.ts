export * from './content/index.ts';
export { type EaseModel, type EaseSettings, easeTaste, fitEase, loadEase, saveEase } from './ease/index.ts';
export * from './ials/index.ts';
export type { Explanation, TasteModel } from './model.ts';
export {
  fitItemKnn,
  fitRp3beta,
  type ItemKnnSettings,
  type LinkModel,
  type Links,
  linkTaste,
  loadLinks,
  type Rp3betaSettings,
  saveLinks,
} from './neighbours/index.ts';
export {
  fitPopularity,
  type Groups,
  loadPopularity,
  mostPopular,
  type PopularityModel,
  type PopularitySettings,
  type PopularityView,
  popularityTaste,
  popularShares,
  savePopularity,
} from './popularity/index.ts';
export {
  fitRebuy,
  loadRebuy,
  type RebuyDue,
  type RebuyModel,
  type RebuySettings,
  type RebuyView,
  rebuyDue,
  rebuyTaste,
  saveRebuy,
} from './rebuy/index.ts';
export * from './sequence/index.ts';
