import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { allBelow, cutsInto, savedNumbers } from '../models/saved.ts';
import { EVIDENCE } from './evidence.ts';
import { type GiftModel, STRATUM_COUNT } from './gift-model.ts';
import type { LikelihoodTable } from './likelihood-table.ts';

const KIND = 'gift';
const NUMBERS = ['items', 'prior', 'floor', 'priceSpread', 'quantitySpread', 'intercept', 'damping'] as const;
const TABLES = [...Array.from({ length: STRATUM_COUNT }, (_, s) => `taste ${s}`), 'price', 'quantity'];

export const saveGiftModel = (model: GiftModel): Uint8Array => {
  const { similar, taste, price, quantity, strength } = model;
  const tables = [...taste, price, quantity].flatMap((table, t) => [
    [`${TABLES[t]} edge`, table.edge] as const,
    [`${TABLES[t]} logRatio`, table.logRatio] as const,
  ]);
  return writeModelFile({
    kind: KIND,
    version: 1,
    about: {
      items: model.items,
      prior: model.prior,
      floor: model.floor,
      priceSpread: model.priceSpread,
      quantitySpread: model.quantitySpread,
      intercept: model.intercept,
      damping: similar.damping,
    },
    arrays: {
      buyers: similar.buyers,
      start: similar.start,
      item: similar.item,
      both: similar.both,
      usual: similar.usual,
      strength,
      ...Object.fromEntries(tables),
    },
  });
};

/** Reads what `saveGiftModel` wrote, without a copy. @throws EngineError `version_mismatch`, `damaged` */
export const loadGiftModel = (bytes: Uint8Array): GiftModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const { damping, ...numbers } = savedNumbers(about, NUMBERS);
  const column = (name: string): Float64Array => takeArray(arrays, name, Float64Array);
  const tables = TABLES.map(
    (name): LikelihoodTable => ({ edge: column(`${name} edge`), logRatio: column(`${name} logRatio`) }),
  );
  const start = takeArray(arrays, 'start', Uint32Array);
  const item = takeArray(arrays, 'item', Uint32Array);
  const [buyers, both, usual, strength] = [
    column('buyers'),
    column('both'),
    column('usual'),
    column('strength'),
  ];
  if (
    !cutsInto(start, numbers.items, item.length) ||
    !allBelow(item, numbers.items) ||
    both.length !== item.length ||
    buyers.length !== numbers.items ||
    usual.length !== numbers.items ||
    strength.length !== EVIDENCE.length ||
    tables.some(({ edge, logRatio }) => edge.length + 1 !== logRatio.length)
  )
    throw engineError('damaged', 'the gift model’s file does not fit itself', { what: KIND });
  return {
    kind: KIND,
    ...numbers,
    similar: {
      items: numbers.items,
      buyers,
      start,
      item,
      both,
      usual,
      damping,
    },
    taste: tables.slice(0, STRATUM_COUNT),
    price: tables[STRATUM_COUNT] as LikelihoodTable,
    quantity: tables[STRATUM_COUNT + 1] as LikelihoodTable,
    strength,
  };
};
