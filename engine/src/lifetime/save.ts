import { engineError } from '../errors/index.ts';
import { type Plain, readModelFile, takeArray, writeModelFile } from '../model-file/index.ts';
import type { PurchaseModel } from './fit/index.ts';
import { populationMeanOf } from './spend/fit.ts';
import type { SpendModel } from './spend/index.ts';

const VERSION = 1;

/**
 * A purchase or spend model as bytes (under 2 kB); `loadLifetime` gives it back to the bit.
 *
 * @example loadLifetime(saveLifetime(model))
 */
export const saveLifetime = (model: PurchaseModel | SpendModel): Uint8Array<ArrayBuffer> => {
  const { points, ...region } = model.region;
  return writeModelFile({
    kind: 'lifetime',
    version: VERSION,
    about: { ...model, ...(model.kind === 'spend' && { populationMean: null }), region } as unknown as Plain,
    arrays: { points: Float64Array.from(points) },
  });
};

/** @throws EngineError `version_mismatch`, `damaged` */
export const loadLifetime = (bytes: Uint8Array): PurchaseModel | SpendModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'lifetime', versions: [VERSION] });
  const saved = about as unknown as PurchaseModel | SpendModel;
  if (saved.kind !== 'purchases' && saved.kind !== 'spend')
    throw engineError('damaged', 'the model file holds no lifetime model');
  const region = { ...saved.region, points: takeArray(arrays, 'points', Float64Array) };
  // An interval that may end at Infinity, which JSON does not hold, comes from the region again.
  return saved.kind === 'spend'
    ? { ...saved, region, populationMean: populationMeanOf(region) }
    : { ...saved, region };
};
