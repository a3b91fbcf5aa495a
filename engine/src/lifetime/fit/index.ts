export { fitPurchases, type PurchaseFitSettings, type PurchaseRowsIn } from './fit.ts';
export type { Dropout, NoPurchaseModel, PurchaseModel } from './model.ts';
export { type ParameterInterval, parameterIntervals } from './profile.ts';
