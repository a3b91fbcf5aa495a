import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { checkSaved, risesBelow, savedNumbers } from '../saved.ts';
import type { EaseModel } from './model.ts';

const KIND = 'ease';

/** The model as bytes: 8 (f64) or 4 (f32) per pair of items. */
export const saveEase = ({ items, active, weights, l2, errorBound }: EaseModel): Uint8Array =>
  writeModelFile({ kind: KIND, version: 1, about: { items, l2, errorBound }, arrays: { active, weights } });

/** Reads what `saveEase` wrote, without a copy; throws `version_mismatch` or `damaged`. */
export const loadEase = (bytes: Uint8Array): EaseModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const active = takeArray(arrays, 'active', Uint32Array);
  const single = arrays['weights'] instanceof Float32Array;
  const weights = takeArray<Float32Array | Float64Array>(
    arrays,
    'weights',
    single ? Float32Array : Float64Array,
  );
  const said = savedNumbers(about, ['items', 'l2', 'errorBound']);
  const fits = weights.length === active.length ** 2 && risesBelow(active, said.items);
  checkSaved('its weights do not fit its items', fits);
  return { kind: KIND, ...said, active, weights };
};
