import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { BlendModel } from './blend-model.ts';

/** The weights, their names and the instant; sources are saved by their own functions. */
export const saveBlend = ({ items, names, weights, nowMs }: BlendModel): Uint8Array =>
  writeModelFile({ kind: 'blend', version: 1, about: { items, names, nowMs }, arrays: { weights } });

/** Reads what `saveBlend` wrote; `blendTaste` checks that the sources are those. @throws EngineError `version_mismatch`, `damaged` */
export const loadBlend = (bytes: Uint8Array): BlendModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'blend', versions: [1] });
  const weights = takeArray(arrays, 'weights', Float64Array);
  const { items, names, nowMs } = about as {
    readonly items?: unknown;
    readonly names?: unknown;
    readonly nowMs?: unknown;
  };
  if (
    typeof items !== 'number' ||
    typeof nowMs !== 'number' ||
    !Array.isArray(names) ||
    names.length !== weights.length
  )
    throw engineError('damaged', 'the blend’s file does not say what it holds', { what: 'blend' });
  return { kind: 'blend', items, names: names.map(String), weights, nowMs };
};
