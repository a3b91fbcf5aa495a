export { fitSpend, type NoSpendModel, type SpendFitSettings, type SpendModel, spendWithin } from './fit.ts';
export { expectedSpend, type SpendParameters, type SpendRows } from './gamma-gamma.ts';
