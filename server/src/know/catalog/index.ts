export type { Product, ProductUpsert } from './product.ts';
export type { ProductCategory, ProductFilter, ProductPage, ProductQuery } from './read.ts';
export { bindCatalogRoutes, type CatalogRoutesDeps } from './routes.ts';
export { createProducts, type Products } from './service.ts';
