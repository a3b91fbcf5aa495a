import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { allBelow, checkSaved, cutsInto, savedNumbers } from '../saved.ts';
import type { SequenceModel } from './fit.ts';

/**
 * The model as bytes: 12 per link.
 *
 * @example loadSequence(saveSequence(model))
 */
export const saveSequence = (model: SequenceModel): Uint8Array<ArrayBuffer> => {
  const { kind, start, item, weight, halfLifeDays, ...about } = model;
  // JSON has no infinity; an array has.
  const halfLife = Float64Array.of(halfLifeDays);
  return writeModelFile({ kind, version: 1, about, arrays: { start, item, weight, halfLife } });
};

/**
 * Reads what `saveSequence` wrote, without a copy.
 *
 * @throws EngineError `damaged`, `version_mismatch`
 * @example sequenceTaste(loadSequence(bytes))
 */
export const loadSequence = (bytes: Uint8Array): SequenceModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'sequence', versions: [1] });
  const said = savedNumbers(about, ['items', 'nowMs', 'window', 'discount']);
  const start = takeArray(arrays, 'start', Uint32Array);
  const item = takeArray(arrays, 'item', Uint32Array);
  const weight = takeArray(arrays, 'weight', Float64Array);
  const halfLife = takeArray(arrays, 'halfLife', Float64Array);
  const fits = cutsInto(start, said.items, item.length) && allBelow(item, said.items);
  checkSaved(
    'its links do not fit its items',
    fits && item.length === weight.length && halfLife.length === 1,
  );
  return { kind: 'sequence', ...said, halfLifeDays: halfLife[0] as number, start, item, weight };
};
