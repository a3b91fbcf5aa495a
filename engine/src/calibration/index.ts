export type { CalibrationBasis } from './basis.ts';
export { type Calibrator, calibrate } from './calibrate.ts';
export { fitIsotonic, type IsotonicCalibrator, type IsotonicRows } from './isotonic.ts';
export { fitPlatt, type PlattCalibrator } from './platt.ts';
export {
  type Reliability,
  type ReliabilityBin,
  type ReliabilityInput,
  reliabilityOf,
} from './reliability.ts';
export type { CalibrationRows, NoCalibrator } from './rows.ts';
export { loadCalibrator, saveCalibrator } from './save.ts';
export {
  calibrateRows,
  fitTemperature,
  type NoTemperature,
  type TemperatureCalibrator,
  type TemperatureRows,
} from './temperature.ts';
