export { type PurchaseBin, purchaseCalibration } from './calibration.ts';
export {
  type ChoiceSettings,
  type Contender,
  type ContenderResult,
  chooseLifetime,
  type LifetimeChoice,
  type NoChoice,
  type Pick,
} from './choose.ts';
export { type ForecastScore, scoreForecast } from './score.ts';
