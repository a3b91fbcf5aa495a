export { type ForecastInput, fitForecast } from './fit.ts';
export { type Forecast, type ForecastOptions, forecast } from './forecast.ts';
export type { Backtest, Dynamics, ForecastLoss, ForecastModel, NoForecast } from './model.ts';
export { loadForecast, saveForecast } from './save.ts';
