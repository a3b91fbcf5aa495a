import { readModelFile, takeArray, writeModelFile } from '../../../model-file/index.ts';
import { checkSaved, savedNumbers } from '../saved.ts';
import type { RebuyModel } from './fit.ts';

const KIND = 'rebuy';

/** The model as bytes: 24 per item. */
export const saveRebuy = ({ rate, logGap, popular, ...model }: RebuyModel): Uint8Array => {
  const { items, gapSpread, pairSpread, pairDays, gaps, nowMs } = model;
  const about = { items, gapSpread, pairSpread, pairDays, gaps, nowMs };
  return writeModelFile({ kind: KIND, version: 1, about, arrays: { rate, logGap, popular } });
};

/** Reads what `saveRebuy` wrote, without a copy; throws `version_mismatch` or `damaged`. */
export const loadRebuy = (bytes: Uint8Array): RebuyModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const said = savedNumbers(about, ['items', 'gapSpread', 'pairSpread', 'pairDays', 'gaps', 'nowMs']);
  const rate = takeArray(arrays, 'rate', Float64Array);
  const logGap = takeArray(arrays, 'logGap', Float64Array);
  const popular = takeArray(arrays, 'popular', Float64Array);
  const fits = [rate, logGap, popular].every(({ length }) => length === said.items);
  checkSaved('its items do not fit', fits);
  return { kind: KIND, ...said, rate, logGap, popular };
};
