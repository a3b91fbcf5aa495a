export { aliveAt, chanceOfAtLeast, chanceToBuy, expectedPurchases, purchaseRange } from './asked.ts';
export { type Column, type ForecastSettings, forecastPurchases, type PurchaseForecast } from './forecast.ts';
export type { PersonRow } from './person.ts';
export { forecastValue, SPEND_SOURCES, type ValueForecast } from './value.ts';
