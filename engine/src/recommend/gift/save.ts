import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { allBelow, cutsInto, savedNumbers } from '../models/saved.ts';
import { EVIDENCE } from './evidence.ts';
import { type GiftModel, STRATUM_COUNT } from './gift-model.ts';
import type { LikelihoodTable } from './likelihood-table.ts';

const KIND = 'gift';
const NUMBERS = [
  'items',
  'prior',
  'floor',
  'priceSpread',
  'quantitySpread',
  'intercept',
  'damping',
  'usualRepeats',
] as const;
const TABLES = [
  ...Array.from({ length: STRATUM_COUNT }, (_, s) => `taste ${s}`),
  'price',
  'quantity',
  'repeats',
];

export const saveGiftModel = (model: GiftModel): Uint8Array => {
  const { similar, repeats, taste, price, quantity, strength } = model;
  const tables = [...taste, price, quantity, repeats.none].flatMap((table, t) => [
    [`${TABLES[t]} edge`, table.edge] as const,
    [`${TABLES[t]} logRatio`, table.logRatio] as const,
  ]);
  return writeModelFile({
    kind: KIND,
    version: 2,
    about: {
      items: model.items,
      prior: model.prior,
      floor: model.floor,
      priceSpread: model.priceSpread,
      quantitySpread: model.quantitySpread,
      intercept: model.intercept,
      damping: similar.damping,
      usualRepeats: repeats.usual,
    },
    arrays: {
      buyers: similar.buyers,
      start: similar.start,
      item: similar.item,
      both: similar.both,
      usual: similar.usual,
      again: repeats.again,
      chances: repeats.chances,
      strength,
      ...Object.fromEntries(tables),
    },
  });
};

/** Reads what `saveGiftModel` wrote, without a copy. @throws EngineError `version_mismatch`, `damaged` */
export const loadGiftModel = (bytes: Uint8Array): GiftModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [2] });
  const { damping, usualRepeats, ...numbers } = savedNumbers(about, NUMBERS);
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
  const [again, chances] = [column('again'), column('chances')];
  if (
    !cutsInto(start, numbers.items, item.length) ||
    !allBelow(item, numbers.items) ||
    both.length !== item.length ||
    buyers.length !== numbers.items ||
    usual.length !== numbers.items ||
    again.length !== numbers.items ||
    chances.length !== numbers.items ||
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
    repeats: { again, chances, usual: usualRepeats, none: tables[STRATUM_COUNT + 2] as LikelihoodTable },
    taste: tables.slice(0, STRATUM_COUNT),
    price: tables[STRATUM_COUNT] as LikelihoodTable,
    quantity: tables[STRATUM_COUNT + 1] as LikelihoodTable,
    strength,
  };
};
