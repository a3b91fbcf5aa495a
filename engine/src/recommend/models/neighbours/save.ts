import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { allBelow, checkSaved, cutsInto, savedNumbers } from '../saved.ts';
import type { LinkModel } from './links.ts';

/** The model as bytes: 12 per link. */
export const saveLinks = ({ kind, items, ignoredPeople, start, item, weight }: LinkModel): Uint8Array =>
  writeModelFile({ kind, version: 1, about: { items, ignoredPeople }, arrays: { start, item, weight } });

/**
 * Reads what `saveLinks` wrote, without a copy; throws `version_mismatch` (another kind too) or `damaged`.
 *
 * @example linkTaste(loadLinks(bytes, 'rp3beta'))
 */
export const loadLinks = <K extends 'item_knn' | 'rp3beta'>(bytes: Uint8Array, kind: K): LinkModel<K> => {
  const { about, arrays } = readModelFile(bytes, { kind, versions: [1] });
  const start = takeArray(arrays, 'start', Uint32Array);
  const item = takeArray(arrays, 'item', Uint32Array);
  const weight = takeArray(arrays, 'weight', Float64Array);
  const said = savedNumbers(about, ['items', 'ignoredPeople']);
  const fits = cutsInto(start, said.items, item.length) && allBelow(item, said.items);
  checkSaved('its links do not fit its items', fits && item.length === weight.length);
  return { kind, ...said, start, item, weight };
};
