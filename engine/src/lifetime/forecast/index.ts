export { type Column, type ForecastSettings, forecastPurchases, type PurchaseForecast } from './forecast.ts';
export { aliveAt, chanceToBuy, expectedPurchases, type PersonRow } from './person.ts';
export { chanceOfAtLeast, purchaseRange } from './range.ts';
export { forecastValue, SPEND_SOURCES, type ValueForecast } from './value.ts';
