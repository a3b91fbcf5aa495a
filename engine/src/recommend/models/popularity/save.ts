import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { allBelow, checkSaved, cutsInto, savedNumbers } from '../saved.ts';
import type { PopularityModel } from './fit.ts';

const KIND = 'popularity';
const ARRAYS = ['buyers', 'category', 'regionPeople', 'regionStart', 'regionItem', 'regionBuyers'] as const;

/** The model as bytes. */
export const savePopularity = (model: PopularityModel): Uint8Array => {
  const { items, people, categories, regions } = model;
  const arrays = Object.fromEntries(ARRAYS.map((name) => [name, model[name]]));
  return writeModelFile({ kind: KIND, version: 1, about: { items, people, categories, regions }, arrays });
};

/** Reads what `savePopularity` wrote; throws `version_mismatch` or `damaged`. */
export const loadPopularity = (bytes: Uint8Array): PopularityModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const take = (name: (typeof ARRAYS)[number]): Uint32Array => takeArray(arrays, name, Uint32Array);
  const said = savedNumbers(about, ['items', 'people', 'categories', 'regions']);
  const model: PopularityModel = {
    kind: KIND,
    ...said,
    buyers: take('buyers'),
    category: take('category'),
    regionPeople: take('regionPeople'),
    regionStart: take('regionStart'),
    regionItem: take('regionItem'),
    regionBuyers: take('regionBuyers'),
  };
  const { buyers, category, regionPeople, regionStart, regionItem, regionBuyers } = model;
  checkSaved('its items do not fit', buyers.length === said.items);
  checkSaved(
    'its regions do not fit',
    cutsInto(regionStart, said.regions, regionItem.length) &&
      regionItem.length === regionBuyers.length &&
      regionPeople.length === said.regions &&
      allBelow(regionItem, said.items),
  );
  checkSaved(
    'its categories do not fit',
    category.length === (said.categories > 0 ? said.items : 0) && allBelow(category, said.categories),
  );
  return model;
};
