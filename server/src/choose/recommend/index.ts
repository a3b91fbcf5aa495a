export type { RankedProduct, RecommendModel, StoredDelay } from './model.ts';
export type { CatalogPort, LastPurchases } from './ports.ts';
export { bindRecommendRoutes, type RecommendRoutesDeps } from './routes.ts';
export { type BrakeQuery, createRecommend, type Recommend, type RecommendDeps } from './service.ts';
export { reasonInWords } from './words.ts';
