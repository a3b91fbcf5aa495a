import { engineError } from '../errors/index.ts';
import { type Plain, readModelFile, takeArray, writeModelFile } from '../model-file/index.ts';
import type { Calibrator } from './calibrate.ts';
import type { TemperatureCalibrator } from './temperature.ts';

const KIND = 'calibrator';
const VERSION = 1;

/**
 * A calibrator as bytes; `loadCalibrator` gives it back to the bit.
 *
 * @example loadCalibrator(saveCalibrator(calibrator))
 */
export const saveCalibrator = (calibrator: Calibrator | TemperatureCalibrator): Uint8Array<ArrayBuffer> => {
  if (calibrator.kind !== 'isotonic')
    return writeModelFile({
      kind: KIND,
      version: VERSION,
      about: calibrator as unknown as Plain,
      arrays: {},
    });
  const { scores, chances, ...about } = calibrator;
  return writeModelFile({
    kind: KIND,
    version: VERSION,
    about,
    arrays: { scores: Float64Array.from(scores), chances: Float64Array.from(chances) },
  });
};

/** @throws EngineError `version_mismatch`, `damaged` */
export const loadCalibrator = (bytes: Uint8Array): Calibrator | TemperatureCalibrator => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [VERSION] });
  const saved = about as unknown as Calibrator | TemperatureCalibrator;
  if (saved.kind === 'platt' || saved.kind === 'temperature') return saved;
  if (saved.kind !== 'isotonic') throw engineError('damaged', 'the model file holds no calibrator');
  const scores = takeArray(arrays, 'scores', Float64Array);
  const chances = takeArray(arrays, 'chances', Float64Array);
  if (scores.length === 0 || scores.length !== chances.length)
    throw engineError('damaged', 'the scores and chances of the calibrator do not fit each other');
  return { ...saved, scores, chances };
};
