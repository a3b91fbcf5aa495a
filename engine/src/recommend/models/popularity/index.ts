export { fitPopularity, type Groups, type PopularityModel, type PopularitySettings } from './fit.ts';
export { loadPopularity, savePopularity } from './save.ts';
export { mostPopular, type PopularityView, popularityTaste, popularShares } from './taste.ts';
