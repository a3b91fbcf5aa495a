import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { checkSaved, cutsInto, savedNumbers } from '../saved.ts';
import type { ContentModel } from './model.ts';

/**
 * The model as bytes: 8 per item, 8 per word of an item.
 *
 * @example loadContent(saveContent(model))
 */
export const saveContent = (model: ContentModel): Uint8Array<ArrayBuffer> => {
  const { kind, parent, node, priceBin, textStart, textTerm, textWeight, ...about } = model;
  const arrays = { parent, node, priceBin, textStart, textTerm, textWeight };
  return writeModelFile({ kind, version: 1, about, arrays });
};

/**
 * Reads what `saveContent` wrote, without a copy.
 *
 * @throws EngineError `damaged`, `version_mismatch`
 * @example contentTaste(loadContent(bytes))
 */
export const loadContent = (bytes: Uint8Array): ContentModel => {
  const { about, arrays } = readModelFile(bytes, { kind: 'content', versions: [1] });
  const said = savedNumbers(about, ['items', 'categoryShare', 'textShare', 'priceShare', 'priceFactor']);
  const model: ContentModel = {
    kind: 'content',
    ...said,
    parent: takeArray(arrays, 'parent', Int32Array),
    node: takeArray(arrays, 'node', Int32Array),
    priceBin: takeArray(arrays, 'priceBin', Int32Array),
    textStart: takeArray(arrays, 'textStart', Uint32Array),
    textTerm: takeArray(arrays, 'textTerm', Uint32Array),
    textWeight: takeArray(arrays, 'textWeight', Float32Array),
  };
  const { items, node, priceBin, parent, textStart, textTerm, textWeight } = model;
  checkSaved(
    'its columns do not fit its items',
    node.length === items &&
      priceBin.length === items &&
      cutsInto(textStart, items, textTerm.length) &&
      textWeight.length === textTerm.length,
  );
  checkSaved(
    'its categories do not fit its tree',
    node.every((one) => one >= -1 && one < parent.length),
  );
  return model;
};
